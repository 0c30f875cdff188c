"""The rule of versions: what a release is called, and whether it is a major, a minor or a patch."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from pipeline.publish.diff.model import Difference

Level = Literal["major", "minor", "patch"]
Version = tuple[int, int, int]


def parsed(name: str) -> Version:
    """Year, month and count of a version. ValueError where it is none.

    >>> parsed("2024.3.0")
    (2024, 3, 0)
    """
    year, month, count = (int(part) for part in name.split("."))
    return year, month, count


def following(released: date, earlier: Iterable[Version]) -> str:
    """The next version: year and month of the release date, then a count from 0 of the releases of that month.

    A version is never lower than one there is: where the latest source was withdrawn, the month stays and the count goes on.

    >>> following(date(2024, 3, 9), [])
    '2024.3.0'
    >>> following(date(2024, 3, 9), [(2024, 3, 0), (2023, 11, 4)])
    '2024.3.1'
    >>> following(date(2024, 1, 31), [(2024, 3, 1)])
    '2024.3.2'
    """
    last = max(earlier, default=(0, 0, -1))
    month = (released.year, released.month)
    if month > last[:2]:
        return f"{month[0]}.{month[1]}.0"
    return f"{last[0]}.{last[1]}.{last[2] + 1}"


def level(difference: Difference) -> tuple[Level, tuple[str, ...]]:
    """What kind of step a difference is, and why: the first of major, minor and patch that applies.

    Major: a table or column is gone or means something else, a code or a document was withdrawn; what worked may not work.
    Minor: a table, a column, a code or a document came. Patch: figures, words or descriptions only.
    """
    breaks = [
        f"{one.table}{f'.{one.column}' if one.column else ''}: {one.what}" for one in difference.schema if one.breaks
    ]
    held = [change for change in difference.changes if change.table in ("sources", "codes")]
    breaks += [f"{one.table}: {one.about} is gone" for one in held if one.kind == "lost"]
    if breaks:
        return "major", tuple(breaks)
    grows = [f"{one.table}{f'.{one.column}' if one.column else ''}: {one.what}" for one in difference.schema]
    grows += [f"{one.table}: {one.about} is new" for one in held if one.kind == "added"]
    return ("minor", tuple(grows)) if grows else ("patch", ())
