"""Which place lies in which: divisions by their parents, groups of provinces by their members."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa

from pipeline.contract.seed import seed_rows
from pipeline.normalise.model import Row


def outwards(region_id: str | None, parents: Mapping[str, str | None]) -> Iterator[str]:
    """A place and the places it lies in, outwards; ``parents``: the place right above each. A ring ends where it closes.

    >>> list(outwards("c", {"a": None, "b": "a", "c": "b"})), list(outwards("x", {"x": "y", "y": "x"}))
    (['c', 'b', 'a'], ['x', 'y'])
    """
    seen: set[str] = set()
    while region_id is not None and region_id not in seen:
        yield region_id
        seen.add(region_id)
        region_id = parents.get(region_id)


class Nesting:
    """The places of the table ``regions``; ``members``: rows of ``region_members.csv``."""

    def __init__(self, regions: pa.Table, members: Iterable[Row] | None = None) -> None:
        self._parent = dict(
            zip(regions.column("region_id").to_pylist(), regions.column("parent_id").to_pylist(), strict=True)
        )
        self._holders: dict[str | None, list[str]] = {}
        self._groups: defaultdict[str, set[str]] = defaultdict(set)
        for row in seed_rows("region_members") if members is None else members:
            self._groups[row["region_id"]].add(row["group_id"])

    def parent(self, region_id: str | None) -> str | None:
        """The place right above; null for the nation and for what is no place."""
        return self._parent.get(region_id or "")

    def holders(self, region_id: str | None) -> list[str]:
        """Every place that holds the whole of a place, outwards, then groups by name."""
        if region_id in self._holders:
            return self._holders[region_id]
        line = list(outwards(region_id, self._parent))
        groups = {group for place in line for group in self._groups.get(place, ())}
        self._holders[region_id] = list(dict.fromkeys([*line[1:], *sorted(groups)]))
        return self._holders[region_id]

    def holds(self, wider: str | None, narrower: str | None) -> bool:
        """Whether the one place holds the whole of the other, which is not the same place."""
        return wider in self.holders(narrower)
