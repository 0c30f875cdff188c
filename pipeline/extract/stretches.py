"""Stretches of time told by their two ends, or by their beginning alone: days (10月1日至4日), months (2024年12月至2025年2月, and in two
clauses 自去年10月以来，到今年5月), from a year or month to publication (自2015年以来)."""

import re
from calendar import monthrange
from itertools import pairwise

from pipeline.contract.late import Late
from pipeline.extract.clock import Clock, Time
from pipeline.extract.model import Period

_MONTH, _DAY = r"1[0-2]|0?[1-9]", r"[12]\d|3[01]|0?[1-9]"
_DAYS = re.compile(
    rf"(?:自|从)?(?:(?P<year>(?:19|20)\d{{2}})年|今年)?(?<!\d)(?P<m1>{_MONTH})月(?P<d1>{_DAY})日?(?:起)?\s*(?:至|到|-|—{{1,2}}|－|–|～|~)\s*"
    rf"(?:(?:(?P<year2>(?:19|20)\d{{2}})年)?(?P<m2>{_MONTH})月)?(?P<d2>{_DAY})日"
)
_BEGUN_AT = Late(r"[^，。；\d]{0,8}(?:以来|开始|起|启动|开展|实施)[^，。；\d]{0,6}[，,]?(?:一直)?")
# A time that 自…以来 alone may have been told to go on from.
_BEGUN = frozenset({"month", "since"})
_SPAN_BEGIN = re.compile(r"\d{4}(?:-\d{2})?")
_SINCE = Late(
    r"[^，。；、\d]{0,8}?(?:以来|至今|迄今)|[^，。；、\d]{0,8}?(?<!内)(?:起|后)[^。；\d]{0,24}?(?:(?<!如)已经?|累计|至今|迄今|先后|合共)"
)
_ONE_MONTH = re.compile(r"\d{4}-\d{2}")
_FROM = re.compile(r"(?:自|从)(?:“|「)?$")


def days_in(text: str, start: int, end: int, year: int | None) -> list[tuple[int, int, str]]:
    """Where ``text[start:end]`` names a stretch of days, and the days; ``year`` is that of days named without one."""
    found: list[tuple[int, int, str]] = []
    if text.find("日", start, end) < 0:
        return found
    for match in _DAYS.finditer(text, start, end):
        first_year = int(match["year"] or year or 0)
        first = (first_year, int(match["m1"]), int(match["d1"]))
        last = (int(match["year2"] or first_year), int(match["m2"] or match["m1"]), int(match["d2"]))
        real = first_year > 0 and all(1 <= day <= monthrange(y, month)[1] for y, month, day in (first, last))
        if real and first < last:
            texts = [f"{y}-{month:02d}-{day:02d}" for y, month, day in (first, last)]
            found.append((match.start(), match.end(), "/".join(texts)))
    return found


def days_prefix(text: str) -> int:
    """Length of the stretch of days that opens the text, 0 where none does."""
    match = _DAYS.match(text)
    return match.end() if match else 0


def joined(text: str, times: list[Time]) -> list[Time]:
    """The times, where one that a stretch began with (自…以来) and the one it went on to (到…) are both given the stretch."""
    found = list(times)
    for at, (one, two) in enumerate(pairwise(times)):
        first = one.period.text.partition("/")[0]
        months = one.period.rule in _BEGUN and two.period.rule == "month" and first < two.period.text
        begins = _FROM.search(text, max(0, one.start - 3), one.start) and _BEGUN_AT.fullmatch(text, one.end, two.start)
        if months and begins and text[two.start] in "到至截":
            whole = Period(f"{first}/{two.period.text}", "span", "months")
            found[at], found[at + 1] = one._replace(period=whole), two._replace(period=whole)
    return found


def are_months(first: Period, last: Period) -> bool:
    """Two months, of which 至 makes a span: 2024年12月至2025年2月."""
    return all(_ONE_MONTH.fullmatch(one.text) for one in (first, last)) and first.text < last.text


def since_then(text: str, start: int, end: int, period: Period, clock: Clock) -> Period | None:
    """自2015年成立以来, 自2015年起已: from then to the month of publication; None for other times."""
    if not clock.published or clock.standing or not _SPAN_BEGIN.fullmatch(period.text) or period.text > clock.published:
        return None
    if text[max(0, start - 1) : start] not in ("自", "从"):
        return None
    return Period(f"{period.text}/{clock.published[:7]}", "span", "since") if _SINCE.match(text, end) else None
