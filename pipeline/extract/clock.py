"""What times are read against, and a time as it was found."""

from dataclasses import dataclass
from typing import NamedTuple

from pipeline.extract.model import Period


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative words are read against: the date of publication, at the precision known (``2021``, ``2021-11``, ``2021-11-04``).

    ``about``: the year of a yearly report, for which 上年 is the year before its own; ``republic``: years may be those of
    the Republic (114年 is 2025), as Taiwan counts; ``standing``: 当年 and 上年度 are those of whoever applies, as in
    a policy, and no time; ``holidays``: the name and days of each that the document dates."""

    published: str | None
    about: int | None = None
    republic: bool = False
    standing: bool = False
    holidays: tuple[tuple[str, str], ...] = ()

    @property
    def year(self) -> int | None:
        if self.about is not None:
            return self.about
        return int(self.published[:4]) if self.published else None

    @property
    def reviewed(self) -> int | None:
        """The last year that 一年来 or a yearly report looks back on: the one before, or from November on its own."""
        if self.year is None:
            return None
        return self.year if (self.month or "")[5:7] in {"11", "12"} else self.year - 1

    @property
    def month(self) -> str | None:
        return self.published[:7] if self.published else None


class Time(NamedTuple):
    """A time expression at ``start``-``end``. ``base``: only compared with. ``titled``: in a document's title. ``bound``: 从2022年的…, 到2025年的…, of one figure only."""

    start: int
    end: int
    period: Period
    base: bool = False
    titled: bool = False
    bound: bool = False
