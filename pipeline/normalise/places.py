"""The place whose name opens a text."""

from collections.abc import Iterable
from functools import cached_property

from pipeline.normalise.model import Row


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
        if scope is None:
            return True
        seen: set[str] = set()
        while region_id is not None and region_id not in seen:
            if region_id == scope:
                return True
            seen.add(region_id)
            region_id = self._parent.get(region_id)
        return False

    def opening(self, text: str, scope: str | None) -> tuple[str, str] | None:
        """The longest name of a place below the scope that opens the text, and the place; of two the first by code."""
        for length in range(min(self._longest, len(text)), 0, -1):
            for region_id in self._named.get(text[:length], ()):
                if region_id != scope and self.within(region_id, scope):
                    return text[:length], region_id
        return None
