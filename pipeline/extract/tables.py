"""Claims of tables: a figure's indicator from label and head, its unit, period, place and statement from head, label, caption.

The unit comes, in this order, from the cell, the head, the row's unit column, the label, the head over the labels, the
caption or its note (``单位：亿元、%``); rates of growth, shares and ranks need none.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.confidence import confidence_of
from pipeline.extract.cues import hits
from pipeline.extract.currencies import currency_of
from pipeline.extract.frames import Sentence, Slot
from pipeline.extract.grid import YEAR, Figure, Row, figures, plain_head, table_words
from pipeline.extract.measures import Measure, measure_of
from pipeline.extract.model import Claim, Period, Quantity
from pipeline.extract.numerals import fold
from pipeline.extract.periods import Clock, find_times
from pipeline.extract.places import named_region
from pipeline.extract.statements import Setting, statement_of
from pipeline.extract.table_units import quantity_of
from pipeline.extract.table_words import (
    CAPTION,
    OF_YEARS,
    caption_name,
    grows,
    is_growth,
    joined,
    name_of,
    of_kind,
    plain,
    specified,
)

_MONTH = re.compile(r"(?<![\d—–\-－~～至到])(1[0-2]|[1-9])月(?![份均底末\d日—–\-－~～至到])")
_RATES = frozenset({"percent", "percentage_point", "per_mille", "multiple"})


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
    for figure in figures(text, rows):
        quantity = quantity_of(text, figure, setup.captions, currency_of(setup.home))
        if quantity is not None:
            yield figure, _claim(figure, quantity, setup), quantity


def _claim(figure: Figure, quantity: Quantity, setup: Setup) -> Claim | None:
    place = _place(figure.label, setup.home)
    by_head = _place(figure.heads[0].split(" ")[0], setup.home) if place is None else None
    about = _subject(figure, setup) if place is None else None
    timed = place is None and about is None and _is_time(figure.label, setup.clock)
    labels = (
        "" if place or about or timed or plain_head(figure.label) in table_words("total") else name_of(figure.label)
    )
    head = "" if by_head else _head_name(figure)
    indicator = joined(labels, head) or name_of(figure.about) or caption_name(setup.captions) or name_of(figure.group)
    indicator = specified(indicator, setup.captions)
    measure = _measure(figure, quantity)
    if measure.measure == "growth_rate" and "年均" in figure.heads[0] and not figure.cumulative:
        indicator += "年均增长"
    period = _period(figure, setup)
    statement, rule = _statement(figure, quantity, period, setup)
    period = setup.settle(period, statement, measure, figure.heads[0])
    region = place or by_head or _caption_place(setup) or setup.base
    return Claim(
        quantity,
        indicator + ("排名" if measure.measure == "rank" and not indicator.endswith("排名") else ""),
        measure.measure,
        measure.basis,
        measure.reference,
        statement,
        period,
        None if about else region,
        about,
        figure.row[0].start,
        figure.row[-1].end,
        f"{quantity.rule}/{measure.rule}/{rule}/{period.rule if period else 'undated'}",
        confidence_of(quantity),
    )


def _measure(figure: Figure, quantity: Quantity) -> Measure:
    head = figure.heads[0]
    window = plain(figure.label) + plain(head)
    slot = Slot(quantity, 0, quantity.start, quantity.end, window, "", True, True)
    told = measure_of(slot, window, None, None)
    if quantity.unit == "rank":
        return Measure("rank", "none", None, "rank_column")
    if figure.cumulative and quantity.unit == "percentage_point":
        return Measure("change", "cumulative", None, "cumulative_column")
    if not grows(figure) or (quantity.unit not in _RATES and not is_growth(head)):
        return Measure("level", told.basis, None, "cell") if told.measure in ("growth_rate", "change", "gap") else told
    measure = {"percent": "growth_rate", "multiple": "growth_rate", "per_mille": "growth_rate"}.get(
        quantity.unit, "change"
    )
    basis = next(
        (hit.row["basis"] for hit in reversed(hits("measure_cues", window)) if hit.row["basis"] != "none"), "none"
    )
    return Measure(measure, basis, None, "growth_column")


def _statement(figure: Figure, quantity: Quantity, period: Period | None, setup: Setup) -> tuple[str, str]:
    """What head or label say, nearest first; else time, headings and kind of document."""
    for told in (plain_head(figure.heads[0]), plain_head(figure.label)):
        for kind in ("target", "forecast", "actual"):
            if any(word in told for word in table_words(kind)):
                return kind, "head"
    slot = Slot(quantity, 0, quantity.start, quantity.end, "", "", True, True)
    return statement_of(slot, Sentence(quantity.start, quantity.end, "", (), ()), [], period, setup.setting)


def _head_name(figure: Figure) -> str:
    """What the head measures; a column of growth or rank goes with the column of levels to its left."""
    own = name_of(figure.heads[0])
    if own or not (is_growth(figure.heads[0]) or of_kind("rank", figure.heads[0])):
        return own
    return next((name_of(head) for head in figure.heads[1:] if not is_growth(head) and not of_kind("rank", head)), "")


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


def _times(text: str, clock: Clock, year: int | None) -> list[Period]:
    """Periods of a head, label or caption that are no base of a comparison; a bare year or month is one too."""
    words = _MONTH.sub(
        r"\1月份",
        YEAR.sub(
            lambda m: m[0] if text[m.end() : m.end() + 1] in tuple("年—–-－~～至到/") else m[0] + "年", fold(text)
        ),
    )
    return [time.period for time in find_times(words, 0, len(words), clock, year) if not time.base]


def _is_time(label: str, clock: Clock) -> bool:
    """A label that is a time and nothing else: 2023年, 1—2月, 第一季度."""
    return bool(label) and not name_of(label) and bool(_times(label, clock, clock.year))


def _period(figure: Figure, setup: Setup) -> Period | None:
    """Head, then label, then caption, then section; a month takes its year from the wider ones. A column of growth holds
    for the time of the column of levels to its left."""
    told: Period | None = setup.section
    year = _year(told) or setup.clock.year
    for caption in setup.captions:
        if times := _times(caption, setup.clock, year):
            told, year = times[-1], _year(times[-1])
    yearly = "年均" in figure.heads[0] or figure.cumulative
    if yearly and told is not None and told.text.count("/") and not _times(figure.heads[0], setup.clock, year):
        return told
    by_label = _times(figure.label, setup.clock, year)
    heads = figure.heads if is_growth(figure.heads[0]) or of_kind("rank", figure.heads[0]) else figure.heads[:1]
    for head in heads:
        if times := _times(head, setup.clock, _year(by_label[-1]) if by_label else year):
            told, year = times[-1], _year(times[-1])
            break
        if head is not figure.heads[0] and not is_growth(head):
            break
    by_label = _times(figure.label, setup.clock, year)
    return by_label[-1] if by_label else told


def _year(period: Period | None) -> int | None:
    years = re.findall(r"\d{4}", period.text) if period else []
    return int(years[-1]) if years else None
