"""The days of a period written as the guideline does."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

_WHOLE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?")


def _bounds(text: str) -> tuple[date, date]:
    match = _WHOLE.fullmatch(text)
    if not match:
        raise ValueError(f"no period: {text}")
    year = int(match[1])
    if match[2]:
        first = 3 * int(match[2]) - 2
        return date(year, first, 1), date(year, first + 2, monthrange(year, first + 2)[1])
    if match[4]:
        day = date(year, int(match[3]), int(match[4]))
        return day, day
    if match[3]:
        month = int(match[3])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)


@lru_cache(maxsize=1024)
def period_dates(text: str) -> tuple[date | None, date]:
    """First and last day of a guideline period; the first is None for an open start (``/2025``). ValueError for other strings.

    >>> period_dates("2021-Q1")
    (datetime.date(2021, 1, 1), datetime.date(2021, 3, 31))
    """
    first, slash, final = text.partition("/")
    if not slash:
        return _bounds(text)
    return (_bounds(first)[0] if first else None), _bounds(final)[1]


def crossed(text: str) -> bool:
    """Whether a period would end before it begins, as 2025-2021年 does: then it is none.

    >>> crossed("2025/2021"), crossed("/2025")
    (True, False)
    """
    first, last = period_dates(text)
    return first is not None and first > last
