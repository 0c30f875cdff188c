"""Numbers and signs with which headings and list items begin: rows of ``heading_marks.csv``."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from pipeline.contract.seed import seed_rows


@dataclass(frozen=True, slots=True)
class Style:
    """A way of numbering. ``rank`` orders styles from the outermost to the innermost; 0 is a mark of list items only.

    ``heading`` tells whether a line with the mark is a heading always, when it reads like a title, or never; ``run_in``
    whether the text may go on in the line of the title.
    """

    name: str
    rank: int
    pattern: re.Pattern[str]
    heading: Literal["always", "title", "never"]
    run_in: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark at the start of a line: its style, the label as printed, and where the words after it begin."""

    style: Style
    label: str
    end: int


@cache
def styles() -> tuple[Style, ...]:
    """All styles, in file order. Raises ValueError where the table names an unknown kind of heading."""
    found = []
    for row in seed_rows("heading_marks"):
        heading = row["heading"]
        if heading not in ("always", "title", "never"):
            raise ValueError(f"heading_marks.csv: {row['style']}: unknown kind of heading {heading}")
        found.append(
            Style(row["style"], int(row["rank"] or 0), re.compile(row["pattern"]), heading, row["run_in"] == "yes")  # type: ignore[arg-type]
        )
    return tuple(found)


@cache
def _any_of() -> re.Pattern[str]:
    """What any of the styles matches: most lines have no mark, and one call tells so."""
    return re.compile("|".join(f"(?:{style.pattern.pattern})" for style in styles()))


LONGEST_KEPT = 500
"""Characters of a line above which its mark is not kept for the next rule that asks."""


def mark_of(line: str) -> Mark | None:
    """The mark a line begins with, None where there is none.

    >>> mark = mark_of("（二）夯实数字底座")
    >>> mark.style.name, mark.label, mark.end
    ('ideograph_bracket', '（二）', 3)
    >>> mark_of("3.5亿元投资到位") is None
    True
    """
    return _kept_mark(line) if len(line) <= LONGEST_KEPT else _mark(line)


def _mark(line: str) -> Mark | None:
    if _any_of().match(line) is None:
        return None
    for style in styles():
        if match := style.pattern.match(line):
            end = match.end()
            while end < len(line) and line[end] in " \t":
                end += 1
            return Mark(style, match.group().strip(), end)
    return None


# Each line is asked for its mark by five rules.
_kept_mark = lru_cache(maxsize=2048)(_mark)
