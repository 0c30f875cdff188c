"""Claims of tables: a figure's indicator from label and head, its unit, period, place and statement from head, label, caption.

The unit comes, in this order, from the cell, the head, the row's unit column, the label, the head over the labels, the
caption or its note (``单位：亿元、%``); rates of growth, shares and ranks need none.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.contract.late import Late
from pipeline.extract.confidence import confidence_of
from pipeline.extract.currencies import currency_of
from pipeline.extract.frames import Sentence, Slot
from pipeline.extract.grid import Figure, Row, figures, plain_head, table_words
from pipeline.extract.measures import Measure, measure_cues, measure_of
from pipeline.extract.model import Claim, Period, Quantity
from pipeline.extract.periods import Clock
from pipeline.extract.places import named_region
from pipeline.extract.statements import Setting, statement_of
from pipeline.extract.table_cells import is_classifier
from pipeline.extract.table_times import is_time, period_of
from pipeline.extract.table_units import quantity_of
from pipeline.extract.table_words import (
    CAPTION,
    OF_YEARS,
    caption_name,
    grows,
    is_growth,
    is_part,
    joined,
    measured,
    name_of,
    noun_told,
    of_kind,
    part_of,
    plain,
    specified,
    units_in,
    without_fixed,
)

_RATES = frozenset({"percent", "percentage_point", "per_mille", "multiple"})


# 完成预算%: the part of a goal that was reached.
_FULFILS = Late(
    r"(?:完成|占|为)(?:年度|全年|年初|年|调整)?(?P<goal>预算|计划|目标|任务)数?(?:的|比例|比重|进度)?[%％]?$"
)


@dataclass(frozen=True, slots=True)
class Setup:
    """What the document says around a table: its captions (nearest last), date, place, time and mood, and how a period settles."""

    captions: tuple[str, ...]
    clock: Clock
    section: Period | None
    home: str | None
    base: str | None
    setting: Setting
    names: frozenset[str]
    settle: Callable[[Period | None, str, Measure, str], Period | None]


def table_claims(text: str, rows: Sequence[Row], setup: Setup) -> Iterator[tuple[Figure, Claim | None, Quantity]]:
    """The figures of a table, each with its claim; None where no unit is told, which makes it no claim."""
    over = ("", "")
    for figure in figures(text, rows):
        quantity = quantity_of(text, figure, setup.captions, currency_of(setup.home))
        unit = _row_unit(figure)
        if quantity is not None:
            yield figure, _claim(figure, quantity, setup, over[0] if unit == over[1] else ""), quantity
        if not is_part(figure.label):
            over = (noun_told(figure.label), unit)


def _row_unit(figure: Figure) -> str:
    """The unit of a row's levels as row, label or head print it."""
    told = [figure.unit, *units_in(figure.label)]
    told += [unit for head in figure.heads if not is_growth(head) for unit in units_in(head)]
    return next((unit for unit in told if unit), "")


def _claim(figure: Figure, quantity: Quantity, setup: Setup, over: str) -> Claim | None:
    place = _place(figure.label, setup.home)
    by_head = _place(figure.heads[0].split(" ")[0], setup.home) if place is None else None
    about = _subject(figure, setup) if place is None else None
    timed = place is None and about is None and is_time(figure.label, setup.clock)
    labels = (
        "" if place or about or timed or plain_head(figure.label) in table_words("total") else name_of(figure.label)
    )
    head = "" if by_head else _head_name(figure)
    if not head and quantity.unit != "rank":
        labels = part_of(figure.label, labels, over) or measured(labels, setup.captions, _counted(figure, quantity))
    indicator = joined(labels, head) or name_of(figure.about) or caption_name(setup.captions) or name_of(figure.group)
    indicator = specified(indicator, setup.captions)
    measure = _measure(figure, quantity)
    if measure.measure == "level" and quantity.unit == "percent" and _of_growth(figure, setup):
        measure = Measure("growth_rate", "yoy" if "上年" in "".join(setup.captions) else "none", None, "growth_caption")
    if measure.measure == "growth_rate" and "年均" in figure.heads[0] and not figure.cumulative:
        indicator += "年均增长"
    period = period_of(figure, setup)
    statement, rule = _statement(figure, quantity, period, setup)
    period = setup.settle(period, statement, measure, figure.heads[0])
    owner = about or (_owner(setup) if place is None else None)
    region = place or by_head or _caption_place(setup) or setup.base
    return Claim(
        quantity,
        indicator + ("排名" if measure.measure == "rank" and not indicator.endswith("排名") else ""),
        measure.measure,
        measure.basis,
        measure.reference,
        statement,
        period,
        None if owner else region,
        owner,
        figure.row[0].start,
        figure.row[-1].end,
        f"{quantity.rule}/{measure.rule}/{rule}/{period.rule if period else 'undated'}",
        confidence_of(quantity),
    )


def _counted(figure: Figure, quantity: Quantity) -> bool:
    """The row counts things: the figure does, or the unit that row or label print."""
    return quantity.unit == "count" or any(is_classifier(unit) for unit in (figure.unit, *units_in(figure.label)))


def _measure(figure: Figure, quantity: Quantity) -> Measure:
    head = figure.heads[0]
    window = plain(figure.label) + plain(head)
    slot = Slot(quantity, 0, quantity.start, quantity.end, window, "", True, True)
    told = measure_of(slot, window, None, None)
    if quantity.unit == "rank":
        return Measure("rank", "none", None, "rank_column")
    if figure.cumulative and quantity.unit == "percentage_point":
        return Measure("change", "cumulative", None, "cumulative_column")
    if figure.cumulative and is_growth(head) and quantity.unit == "percent":
        return Measure("growth_rate", "cumulative", None, "cumulative_column")
    if _FULFILS.search(plain(head)) and quantity.unit == "percent":
        return Measure("share", "none", None, "fulfilled")
    if of_kind("increment", head):
        return Measure("increment", "none", None, "increment_column")
    if figure.cumulative and is_growth(head) and _levels(figure) > 1:
        return Measure("increment", "cumulative", None, "cumulative_column")
    if not grows(figure) or (quantity.unit not in _RATES and not is_growth(head)):
        return Measure("level", told.basis, None, "cell") if told.measure in ("growth_rate", "change", "gap") else told
    measure = {"percent": "growth_rate", "multiple": "growth_rate", "per_mille": "growth_rate"}.get(
        quantity.unit, "change"
    )
    basis = next((hit.row["basis"] for hit in reversed(measure_cues(window)) if hit.row["basis"] != "none"), "none")
    return Measure(measure, basis, None, "growth_column")


def _of_growth(figure: Figure, setup: Setup) -> bool:
    """A table whose caption tells growth (居民消费价格涨跌幅度), where neither row nor column is a rate of its own."""
    named = next((name for caption in setup.captions[::-1] if (name := caption_name([caption]))), "")
    own = name_of(figure.label) + name_of(figure.heads[0])
    return is_growth(named) and not any(own.endswith(word) for word in table_words("percent_noun"))


def _levels(figure: Figure) -> int:
    """Figures of a row that are no total in brackets: with two of them, the total is what lies between them."""
    return sum(cell.bare and cell.text[:1] not in ("[", "〔", "(", "（") for cell in figure.row)


def _statement(figure: Figure, quantity: Quantity, period: Period | None, setup: Setup) -> tuple[str, str]:
    """What head or label say, nearest first; else time, headings and kind of document."""
    if _FULFILS.search(plain(figure.heads[0])):
        return "actual", "head"
    for told in (plain_head(figure.heads[0]), plain_head(figure.label)):
        for kind in ("target", "forecast", "actual"):
            if kind == "target" and _closed_budget(told, setup):
                continue
            if any(word in without_fixed(told) for word in table_words(kind)):
                return kind, "head"
    slot = Slot(quantity, 0, quantity.start, quantity.end, "", "", True, True)
    return statement_of(slot, Sentence(quantity.start, quantity.end, "", (), ()), [], period, setup.setting)


def _closed_budget(told: str, setup: Setup) -> bool:
    """The budget column of a table that closes the accounts (决算) tells what had been granted, no intention."""
    closed = any("决算" in caption for caption in setup.captions)
    return closed and "预算" in told


def _head_name(figure: Figure) -> str:
    """What the head measures; a column of growth or rank goes with the column of levels to its left."""
    own = name_of(figure.heads[0])
    if fulfilled := _FULFILS.search(plain(figure.heads[0])):
        return f"占{fulfilled['goal']}比重"
    if of_kind("increment", figure.heads[0]):
        own = _without_increment(own)
    elif own or not (is_growth(figure.heads[0]) or of_kind("rank", figure.heads[0])):
        return own
    if own:
        return own
    passed: tuple[str, ...] = ("growth", "rank", "increment")
    passed = (*passed, "percent_noun") if is_growth(figure.heads[0]) else passed
    levels = (head for head in figure.heads[1:] if not is_growth(head) and not any(of_kind(k, head) for k in passed))
    return next((name_of(head) for head in levels), "")


def _without_increment(name: str) -> str:
    """新增就业人数 says what grew, 名义增量 only that it did."""
    return next((name.removesuffix(word) for word in sorted(table_words("increment")) if name.endswith(word)), name)


def _place(text: str, home: str | None) -> str | None:
    return named_region(re.sub(r"\s", "", plain(text)), home)


def _caption_place(setup: Setup) -> str | None:
    """The one place that the caption opens with."""
    for caption in reversed(setup.captions):
        words = OF_YEARS.sub("", CAPTION.sub("", caption.strip())).strip()
        words = re.sub(r"^(?:19|20)\d{2}年(?:度|\d{1,2}月份?)?", "", words)
        for length in range(min(12, len(words)), 1, -1):
            if (found := named_region(words[:length], setup.home)) is not None:
                return found
    return None


def _subject(figure: Figure, setup: Setup) -> str | None:
    """The organisation or project a row is about: the head over the labels says so, or it is a known name."""
    named = plain(figure.label)
    if not named or plain_head(figure.label) in table_words("total"):
        return None
    return named if plain_head(figure.about) in table_words("subject") or named in setup.names else None


def _owner(setup: Setup) -> str | None:
    """The organisation whose figures the caption says they are: 表1 某某会决算."""
    words = [CAPTION.sub("", caption.strip()).strip() for caption in setup.captions]
    return next((name for word in words for name in sorted(setup.names) if word.startswith(name)), None)
