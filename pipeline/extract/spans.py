"""Quarters and months that are told by another: 季内, 上一季, 上月; the financial year to come; a run of months by its last.

A word that goes back counts from the quarter or month its paragraph named last, else from the month of publication.
"""

import re

_SPAN = re.compile(r"(?P<year>\d{4})-(?:Q(?P<quarter>[1-4])|(?P<month>\d{2}))")


def is_span(text: str) -> bool:
    """Whether a period is one quarter or one month."""
    return len(text) == len("2025-Q3") and _SPAN.fullmatch(text) is not None


def spoken_span(reading: str, published: str | None, named: str | None) -> tuple[str, str] | None:
    """Text and kind of the period that a word stands for; None where nothing tells it or the word is another's.

    ``published`` is the month of publication, ``named`` the quarter or month named last.

    >>> spoken_span("quarter:-1", "2025-11", None), spoken_span("quarter:-1", "2025-11", "2025-Q3")
    (('2025-Q3', 'span'), ('2025-Q2', 'span'))
    >>> spoken_span("financial:1", "2018-02", None)
    ('2018/2019', 'span')
    """
    kind, _, shift = reading.partition(":")
    if kind in ("quarter", "month") and shift:
        return _shifted(kind, int(shift), published, named)
    if kind == "financial" and published and len(published) == 7:
        first = int(published[:4]) + int(shift) - (int(published[5:]) < 4)
        return f"{first}/{first + 1}", "span"
    if kind == "ahead" and published and len(published) == 7:
        return f"{published}/{int(published[:4]) + int(shift)}{published[4:]}", "span"
    return None


def _shifted(kind: str, shift: int, published: str | None, named: str | None) -> tuple[str, str] | None:
    per_year = 4 if kind == "quarter" else 12
    found = _SPAN.fullmatch(named or "")
    if found and found[kind]:
        count = int(found["year"]) * per_year + int(found[kind]) - 1
    elif published and len(published) == 7 and (shift or kind == "month"):
        count = int(published[:4]) * per_year + (int(published[5:]) - 1) // (12 // per_year)
    else:
        return None
    year, rest = divmod(count + shift, per_year)
    return (f"{year}-Q{rest + 1}" if kind == "quarter" else f"{year}-{rest + 1:02d}"), "span"


def months_until(year: int, month: int, count: int) -> str:
    """So many months up to one (截至十一月底的三个月)."""
    first = year * 12 + month - count
    return f"{first // 12:04d}-{first % 12 + 1:02d}/{year}-{month:02d}"
