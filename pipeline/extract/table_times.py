"""The time a figure of a table holds for: of head, label, caption or section, and what a head parts further (本月, 累计)."""

import re
from collections.abc import Sequence
from typing import Protocol

from pipeline.contract.late import Late
from pipeline.extract.grid import YEAR, Figure
from pipeline.extract.model import Claim, Period
from pipeline.extract.numerals import fold
from pipeline.extract.periods import Clock, find_times
from pipeline.extract.table_words import is_growth, name_of, of_kind

_MONTH = Late(r"(?<![\d—–\-－~～至到])(1[0-2]|[1-9])月(?![份均底末\d日—–\-－~～至到])")
_MONTHS = re.compile(r"(?:\d{4}-01/)?(\d{4})-(\d{2})")
_LAST_MONTH, _SUM = re.compile(r"[本当](?:月|期月)"), re.compile(r"累计|年初")
# 价格指数（上年同期=100）: the base of an index.
_BASE_HUNDRED = Late(r"[（(][^（）()]*[=＝为]\s?100[^（）()]*[）)]")
_SAME_TIME = Late(r"(?<![比较])(?:上年|去年)(?:同期|同月|同季)|(?<!年)同期(?:数|值|$)")


class Timed(Protocol):
    """What the document says of time around a table."""

    @property
    def captions(self) -> tuple[str, ...]: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def section(self) -> Period | None: ...


def times_in(text: str, clock: Clock, year: int | None) -> list[Period]:
    """Periods of a head, label or caption that are no base of a comparison; a bare year or month is one too."""
    text = _BASE_HUNDRED.sub("", text)
    words = _MONTH.sub(
        r"\1月份",
        YEAR.sub(
            lambda m: m[0] if text[m.end() : m.end() + 1] in tuple("年—–-－~～至到/") else m[0] + "年", fold(text)
        ),
    )
    return [time.period for time in find_times(words, 0, len(words), clock, year) if not time.base]


def is_time(label: str, clock: Clock) -> bool:
    """A label that is a time and nothing else: 2023年, 1—2月, 第一季度."""
    return bool(label) and not name_of(label) and bool(times_in(label, clock, clock.year))


def period_of(figure: Figure, setup: Timed) -> Period | None:
    """Head, then label, then caption, then section; a month takes its year from the wider ones. A column of growth holds
    for the time of the column of levels to its left."""
    told: Period | None = setup.section
    year = _year(told) or setup.clock.year
    for caption in setup.captions:
        if times := times_in(caption, setup.clock, year):
            told, year = times[-1], _year(times[-1])
    yearly = "年均" in figure.heads[0] or figure.cumulative
    if yearly and told is not None and told.text.count("/") and not times_in(figure.heads[0], setup.clock, year):
        return told
    if yearly and (between := _between(figure, setup)):
        return between
    by_label = times_in(figure.label, setup.clock, year)
    heads = figure.heads if is_growth(figure.heads[0]) or of_kind("rank", figure.heads[0]) else figure.heads[:1]
    for head in _latest_first(heads, setup.clock, year):
        if _SAME_TIME.search(head):
            continue
        times = times_in(head, setup.clock, _year(by_label[-1]) if by_label else year)
        if times and not _closer(told, times[-1], head):
            told, year = times[-1], _year(times[-1])
            break
        if head is not figure.heads[0] and not is_growth(head):
            break
    by_label = times_in(figure.label, setup.clock, year)
    return by_label[-1] if by_label else _within(figure, told, setup)


def _between(figure: Figure, setup: Timed) -> Period | None:
    """The years behind that of the base up to that of the goal, where the columns to the left are of two years."""
    heads = (time for head in figure.heads[1:] for time in times_in(head, setup.clock, None))
    years = sorted({year for time in heads if (year := _year(time)) is not None})
    return Period(f"{years[0] + 1}/{years[-1]}", "span", "plan") if len(years) > 1 else None


def _latest_first(heads: Sequence[str], clock: Clock, year: int | None) -> Sequence[str]:
    """The heads of a column of growth and of those to its left; of levels of several times side by side the latest first:
    growth is told for that one."""
    end = next((at for at in range(1, len(heads)) if is_growth(heads[at])), len(heads))
    timed = [(_year(times[-1]) or 0, -at) for at in range(1, end) if (times := times_in(heads[at], clock, year))]
    if not is_growth(heads[0]) or len(timed) < 2 or times_in(heads[0], clock, year):
        return heads
    latest = -max(timed)[1]
    return (heads[0], heads[latest], *heads[1:latest], *heads[latest + 1 :])


def finer(told: Period | None, tabled: Period | None) -> Period | None:
    """The time of the table before, where it is told more closely than that of the document."""
    return tabled if tabled and _MONTHS.fullmatch(tabled.text) and (not told or tabled.text[:4] == told.text) else told


def later(tabled: Period | None, claim: Claim | None) -> Period | None:
    """The later of the time of the figures before and that of one more."""
    period = claim.period if claim else None
    return period if period and (tabled is None or period.text > tabled.text) else tabled


def _within(figure: Figure, told: Period | None, setup: Timed) -> Period | None:
    """A time that the head parts further: 本月 is the last month of a bulletin's months, 累计 all months up to it, 上年同期
    the same time a year before."""
    head = figure.heads[0]
    if is_growth(head):
        head = next((h for h in figure.heads if not (is_growth(h) or _SAME_TIME.search(h)) or _SUM.search(h)), "")
    times = times_in(head, setup.clock, _year(told))
    if told is None or (times and not _closer(told, times[-1], head) and not _SAME_TIME.search(head)):
        return told
    months = _MONTHS.fullmatch(told.text)
    if months and _LAST_MONTH.search(head) and not _SUM.search(head):
        told = Period(f"{months[1]}-{months[2]}", "span", told.rule)
    elif months and _SUM.search(head) and not figure.cumulative:
        told = Period(f"{months[1]}-01/{months[1]}-{months[2]}", "span", told.rule)
    return _year_before(told) if _SAME_TIME.search(head) else told


def _closer(told: Period | None, time: Period, head: str) -> bool:
    """The months told for a table are closer than the year of a head that prints none (本年累计)."""
    return bool(told and _MONTHS.fullmatch(told.text) and time.text == str(_year(told)) and not re.search(r"\d", head))


def _year_before(period: Period) -> Period:
    return Period(re.sub(r"\d{4}", lambda year: f"{int(year[0]) - 1}", period.text), period.kind, period.rule)


def _year(period: Period | None) -> int | None:
    years = re.findall(r"\d{4}", period.text) if period else []
    return int(years[-1]) if years else None
