"""The place whose name opens a text."""

from collections.abc import Iterable
from functools import cached_property

from pipeline.extract.borders import cut_right, is_common, is_full
from pipeline.normalise.model import Row
from pipeline.normalise.nesting import outwards


class Places:
    """Names of places, short ones and aliases included, to look up at the head of a text."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = sorted(rows, key=lambda row: str(row["region_id"]))
        self._parent: dict[str, str | None] = {row["region_id"]: row["parent_id"] for row in self._rows}

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self._rows:
            for name in {row["name_zh"], row["name_short"], *(row["aliases"] or "").split("|")} - {""}:
                found.setdefault(name, []).append(row["region_id"])
        return found

    @cached_property
    def _longest(self) -> int:
        return max((len(name) for name in self._named), default=0)

    def within(self, region_id: str | None, scope: str | None) -> bool:
        """Whether a place is the scope or lies in it; everything lies in no scope."""
        return scope is None or scope in outwards(region_id, self._parent)

    def opening(self, text: str, scope: str | None) -> tuple[str, str] | None:
        """The longest name of a place below the scope that opens the text, and the place; none by a name that is a common
        word too (城区) or that several places below the scope bear."""
        for length in range(min(self._longest, len(text)), 0, -1):
            name = text[:length]
            below = [r for r in self._named.get(name, ()) if r != scope and self.within(r, scope)]
            if len(below) == 1 and not is_common(name) and not (is_full(name) and cut_right(name, text, length)):
                return name, below[0]
        return None
