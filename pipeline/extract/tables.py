"""Claims of tables: a figure's indicator from label and head, its unit, period, place and statement from head, label, caption.

The unit comes, in this order, from the cell, the head, the row's unit column, the label, the head over the labels, the
caption or its note (``单位：亿元、%``); rates of growth, shares and ranks need none.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.confidence import confidence_of
from pipeline.extract.cues import hits
from pipeline.extract.frames import Sentence, Slot, strip_brackets
from pipeline.extract.grid import YEAR, Figure, Row, figures, plain_head, table_words
from pipeline.extract.measures import Measure, measure_of
from pipeline.extract.model import Claim, Period, Quantity
from pipeline.extract.numerals import fold
from pipeline.extract.periods import Clock, find_times
from pipeline.extract.phrases import trim_lead, trim_tail
from pipeline.extract.places import named_region
from pipeline.extract.statements import Setting, statement_of
from pipeline.extract.table_cells import INDEX, RANK, is_unit, read_cell

_BRACKET = re.compile(r"[（(\[〔]([^（()）\[\]〔〕]{1,12})[）)\]〕]")
_UNIT_NOTE = re.compile(r"(?:计量)?单位\s?[:：]\s?([^）)\]\s]{1,24})")
_TRAILING = re.compile(r"[/／]\s?([^/／\s]{1,8})$|(%|‰|百分点)$")
_MARKS = re.compile(r"[#＃★☆*＊①-⑳±＋+]|[\[〔]\d{1,2}[\]〕]")
_NUMBERING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}(?:[、．]|\.(?!\d))|其中[:：]?|[:：、])\s*"
)
_CAPTION = re.compile(r"^.{0,8}?(?:附表|表|专栏)\s?[\d一二三四五六七八九十]+(?:[-—.－]\d+)*\s*[:：、.．]?")
_OF_YEARS = re.compile(r"(?:19|20)\d{2}\s?年?\s?(?:[—–\-－~～至到]|——)\s?(?:19|20)\d{2}\s?年?(?:度|间|期间)?")
_MONTH = re.compile(r"(?<![\d—–\-－~～至到])(1[0-2]|[1-9])月(?![份均底末\d日—–\-－~～至到])")
_COUNTED = re.compile(r"(?P<of>[个户人次件家项台辆])?(?:数|数量)$")


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
        quantity = quantity_of(text, figure, setup.captions)
        if quantity is not None:
            yield figure, _claim(figure, quantity, setup), quantity


def quantity_of(text: str, figure: Figure, captions: Sequence[str]) -> Quantity | None:
    """The quantity of a figure in the unit that its surroundings give; None where they give none."""
    return read_cell(text, figure.cell.start, figure.cell.end, _unit(figure, captions))


def _unit(figure: Figure, captions: Sequence[str]) -> str:
    head, label = figure.heads[0], figure.label
    if _kind_in("rank", head) or _kind_in("rank", label):
        return RANK
    growing = is_growth(head)
    notes = [unit for note in (*figure.notes[::-1], *captions[::-1]) for unit in units_in(note)]
    percents = [unit for unit in notes if unit in ("%", "％")]
    if growing:
        return next(iter([*units_in(head), *percents]), "%")
    told = [
        *units_in(head),
        *([figure.unit] if is_unit(figure.unit) else []),
        *units_in(label),
        *units_in(figure.about),
    ]
    name = _name(head) or _name(label)
    rated = is_growth(label) or any(name.endswith(word) for word in table_words("percent_noun"))
    if told or (rated and not name.endswith("指数")):
        return told[0] if told else "%"
    if name.endswith("指数"):
        return INDEX
    others = [unit for unit in notes if unit not in percents]
    if others or percents:
        return (others or percents)[0]
    counted = _COUNTED.search(name)
    return (counted["of"] or "个") if counted else ""


def units_in(text: str) -> list[str]:
    """The units that a head, label or caption prints: ``产值（亿元）``, ``单位：亿元、%``, ``增速%``, ``产量/万吨``."""
    noted = _UNIT_NOTE.search(text)
    parts = re.split(r"[、，,；;和及]", noted[1]) if noted else [m[1] for m in _BRACKET.finditer(text)]
    if not parts and (trailing := _TRAILING.search(text.strip())):
        parts = [trailing[1] or trailing[2]]
    cleaned = [re.sub(r"^单位\s?[:：]?|^[±+＋]", "", part.strip()) for part in parts]
    return [part for part in cleaned if is_unit(part)]


def is_growth(head: str) -> bool:
    """Whether a head says that its column holds growth: 同比（%）, 比上年增减, 增速."""
    plain = _MARKS.sub(lambda mark: "±" if mark[0] == "±" else "", strip_brackets(head)).strip()
    plain = re.sub(r"[\s%％]", "", plain)
    return any(plain.endswith(word) for word in table_words("growth"))


def _kind_in(kind: str, head: str) -> bool:
    return any(plain_head(head).endswith(word) for word in table_words(kind))


def _claim(figure: Figure, quantity: Quantity, setup: Setup) -> Claim | None:
    place = _place(figure.label, setup.home)
    by_head = _place(figure.heads[0].split(" ")[0], setup.home) if place is None else None
    about = _subject(figure, setup) if place is None else None
    timed = place is None and about is None and _is_time(figure.label, setup.clock)
    labels = "" if place or about or timed or plain_head(figure.label) in table_words("total") else _name(figure.label)
    head = "" if by_head else _head_name(figure)
    indicator = _joined(labels, head) or _name(figure.about) or _caption_name(setup.captions) or _name(figure.group)
    indicator = _specified(indicator, setup.captions)
    measure = _measure(figure, quantity)
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
    window = _plain(figure.label) + _plain(head)
    slot = Slot(quantity, 0, quantity.start, quantity.end, window, "", True, True)
    told = measure_of(slot, window, None, None)
    if quantity.unit == "rank":
        return Measure("rank", "none", None, "rank_column")
    if not (is_growth(head) or (is_growth(figure.label) and quantity.unit in ("percent", "percentage_point"))):
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
    own = _name(figure.heads[0])
    if own or not (is_growth(figure.heads[0]) or _kind_in("rank", figure.heads[0])):
        return own
    return next((_name(head) for head in figure.heads[1:] if not is_growth(head) and not _kind_in("rank", head)), "")


def _plain(text: str) -> str:
    """Without numbering, marks, brackets and a unit behind a stroke."""
    plain = re.sub(r"\s", " ", strip_brackets(_MARKS.sub("", text)))
    if trailing := _TRAILING.search(plain.strip()):
        plain = plain.strip()[: trailing.start()] if not trailing[1] or is_unit(trailing[1]) else plain
    while (numbered := _NUMBERING.match(plain)) is not None and numbered.end():
        plain = plain[numbered.end() :]
    return plain.strip()


def _name(text: str) -> str:
    """The indicator in a head or label: nothing for words that only tell what a column holds, for times and growth."""
    parts = []
    for part in _plain(text).split(" "):
        part = _OF_YEARS.sub("", part)
        part = re.sub(r"^(?:19|20)\d{2}年?|^(?:1[0-2]|[1-9])月(?:份)?", "", fold(part)) if part[:1].isdigit() else part
        named = part
        while True:
            before = named
            named = next((named[: -len(w)] for w in _sorted("growth") if named.endswith(w)), named)
            named = next((named[: -len(w)] for w in _sorted("rank") if named.endswith(w) and named != w), named)
            if named == before:
                break
        named = named if named in _LEAVE else trim_lead(named)
        tail = trim_tail(named)[0]
        named = tail if len(tail) >= 2 else named
        if named and named not in table_words("generic") and named not in table_words("rank"):
            parts.append(named)
    return "".join(parts)


_LEAVE = frozenset({"新增就业", "实有"})


def _sorted(kind: str) -> list[str]:
    return sorted(table_words(kind), key=lambda word: (-len(word), word))


def _joined(label: str, head: str) -> str:
    if not label or not head:
        return label or head
    if head in label:
        return label
    return head if label in head else label + head


def _caption_name(captions: Sequence[str]) -> str:
    """What a table is called, without its number, time, place and the word for a table."""
    for caption in reversed(captions):
        named = _UNIT_NOTE.sub("", strip_brackets(caption))
        named = trim_lead(_OF_YEARS.sub("", _CAPTION.sub("", named.strip())))
        for _ in range(2):
            named = next((named[: -len(w)] for w in _sorted("caption_end") if named.endswith(w)), named)
        named = re.sub(r"^(?:各市|各区县?|各县区?|各地区?|分市|分月|分季度|历年|近年来?|主要)", "", named).strip(
            " ：:，"
        )
        if len(named) >= 2 and named not in table_words("generic"):
            return named
    return ""


def _specified(indicator: str, captions: Sequence[str]) -> str:
    """产量 in a table of 粮食产量 is 粮食产量."""
    named = _caption_name(captions)
    return named if named and len(named) <= 16 and named.endswith(indicator) else indicator


def _place(text: str, home: str | None) -> str | None:
    return named_region(re.sub(r"\s", "", _plain(text)), home)


def _caption_place(setup: Setup) -> str | None:
    """The one place that the caption opens with."""
    for caption in reversed(setup.captions):
        words = _OF_YEARS.sub("", _CAPTION.sub("", caption.strip())).strip()
        words = re.sub(r"^(?:19|20)\d{2}年(?:度|\d{1,2}月份?)?", "", words)
        for length in range(min(12, len(words)), 1, -1):
            if (found := named_region(words[:length], setup.home)) is not None:
                return found
    return None


def _subject(figure: Figure, setup: Setup) -> str | None:
    """The organisation or project a row is about: the head over the labels says so, or it is a known name."""
    named = _plain(figure.label)
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
    return bool(label) and not _name(label) and bool(_times(label, clock, clock.year))


def _period(figure: Figure, setup: Setup) -> Period | None:
    """Head, then label, then caption, then section; a month takes its year from the wider ones. A column of growth holds
    for the time of the column of levels to its left."""
    told: Period | None = setup.section
    year = _year(told) or setup.clock.year
    for caption in setup.captions:
        if times := _times(caption, setup.clock, year):
            told, year = times[-1], _year(times[-1])
    by_label = _times(figure.label, setup.clock, year)
    heads = figure.heads if is_growth(figure.heads[0]) or _kind_in("rank", figure.heads[0]) else figure.heads[:1]
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
