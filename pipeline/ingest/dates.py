"""Dates of publication, at the precision they are known, as days in China."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from pipeline.contract.late import Late

# Fixed, as China has had no summer time since 1991: no machine's time zone tables are needed.
SHANGHAI = timezone(timedelta(hours=8))
YEARS = range(1900, 2101)
LONGEST = 64

DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d\d)(\d\d)", re.ASCII)
MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?", re.ASCII)
YEAR = re.compile(r"(\d{4})年?", re.ASCII)
TIME = Late(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[T ]\s*(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
RFC_822 = Late(r"(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d.*")


@dataclass(frozen=True, slots=True)
class Published:
    """A date as ISO 8601 at its precision (``2021-11``), and the first and last day it allows."""

    text: str
    first: date
    last: date


def published(value: str) -> Published:
    """A date as registries and front matter write it. Raises ValueError for anything else.

    A time with a zone becomes the day in Shanghai; one without is taken as told in China.

    >>> published("Sun, 11 Jul 2021 23:15:18 GMT").text
    '2021-07-12'
    >>> published("2021-11").last
    datetime.date(2021, 11, 30)
    """
    value = value.strip()
    if len(value) > LONGEST:
        raise ValueError("longer than any date")
    if match := DAY.fullmatch(value):
        year, month, day = (int(part) for part in match.groups() if part)
        return _day(date(year, month, day))
    if match := MONTH.fullmatch(value):
        return _month(int(match[1]), int(match[2]))
    if match := YEAR.fullmatch(value):
        return _year(int(match[1]))
    if moment := _moment(value):
        return _day((moment.astimezone(SHANGHAI) if moment.tzinfo else moment).date())
    raise ValueError(f"{value!r} is no date: write it as 2021, 2021-11 or 2021-11-30")


def _moment(value: str) -> datetime | None:
    if match := TIME.fullmatch(value):
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
        return _in_years(datetime(year, month, day, hour, minute, second, tzinfo=_zone(match[7])))
    if RFC_822.fullmatch(value):
        from email.utils import parsedate_to_datetime  # which loads the network's modules, for a form that is rare

        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, TypeError, OverflowError) as error:
            raise ValueError(f"{value!r} is no date") from error
        return _in_years(moment.replace(tzinfo=UTC) if value.endswith("-0000") else moment)
    return None


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text in ("Z", "UTC", "GMT"):
        return UTC
    size = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-size if text[0] == "-" else size)


def _in_years(moment: datetime) -> datetime:
    if moment.year not in YEARS:
        raise ValueError(f"no document is of the year {moment.year}")
    return moment


def _day(day: date) -> Published:
    if day.year not in YEARS:
        raise ValueError(f"no document is of the year {day.year}")
    return Published(day.isoformat(), day, day)


def _month(year: int, month: int) -> Published:
    first = _day(date(year, month, 1)).first
    return Published(f"{year:04}-{month:02}", first, date(year, month, calendar.monthrange(year, month)[1]))


def _year(year: int) -> Published:
    return Published(f"{year:04}", _day(date(year, 1, 1)).first, date(year, 12, 31))
