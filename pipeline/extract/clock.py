"""What times are read against, and a time as it was found."""

from typing import NamedTuple

from pipeline.extract.model import Period


class Clock:
    """What relative words are read against: the date of publication, at the precision known (``2021``, ``2021-11``, ``2021-11-04``).

    ``about``: the year of a yearly report, for which 上年 is the year before its own; ``republic``: years may be those of
    the Republic (114年 is 2025), as Taiwan counts; ``standing``: 当年 and 上年度 are those of whoever applies, as in
    a policy, and no time; ``holidays``: the name and days of each that the document dates. ``reviewed``: the last year that 一年来 or
    a yearly report looks back on, the one before, or from November on its own."""

    __slots__ = ("about", "holidays", "month", "published", "republic", "reviewed", "standing", "year")

    def __init__(
        self,
        published: str | None,
        about: int | None = None,
        republic: bool = False,
        standing: bool = False,
        holidays: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.published, self.about, self.republic, self.standing = published, about, republic, standing
        self.holidays = holidays
        self.year: int | None = about if about is not None else int(published[:4]) if published else None
        self.month: str | None = published[:7] if published else None
        last = self.month is not None and self.month[5:7] in ("11", "12")
        self.reviewed: int | None = None if self.year is None else self.year if last else self.year - 1


class Time(NamedTuple):
    """A time expression at ``start``-``end``. ``base``: only compared with. ``titled``: in a document's title. ``bound``: 从2022年的…, 到2025年的…, of one figure only."""

    start: int
    end: int
    period: Period
    base: bool = False
    titled: bool = False
    bound: bool = False
