"""Place names of a text, and the place a figure is about.

Names are rows of ``regions.csv`` (full, short, aliases), found in one pass. A place inside an organisation's name, a title or
a project's name gives none; places a figure is compared with (全国, 东北三省) are its ``reference``, never its region.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from pipeline.contract.seed import seed_rows


@dataclass(frozen=True, slots=True)
class Place:
    """A place name or scope word at ``start``-``end``. ``scope`` is region, province, city, county (the document's own) or reference."""

    start: int
    end: int
    name: str
    scope: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A row of the gazetteer as far as the grammar needs it."""

    region_id: str
    kind: str
    level: str
    parent_id: str
    name: str


@cache
def regions() -> dict[str, Region]:
    """Regions by id."""
    return {
        row["region_id"]: Region(row["region_id"], row["kind"], row["level"], row["parent_id"], row["name_zh"])
        for row in seed_rows("regions")
    }


def within(region_id: str | None, level: str) -> str | None:
    """The region itself or the one above it at a level; None where there is none."""
    while region_id:
        region = regions().get(region_id)
        if region is None:
            return None
        if region.level == level:
            return region_id
        region_id = region.parent_id
    return None


@cache
def _names() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Every name with its scope and the regions that bear it, sorted."""
    found: dict[str, list[str]] = {}
    for row in seed_rows("regions"):
        for name in {row["name_zh"], row["name_short"], *row["aliases"].split("|")} - {""}:
            found.setdefault(name, []).append(row["region_id"])
    names = {name: ("region", tuple(sorted(ids))) for name, ids in found.items()}
    return names | {row["word"]: (row["scope"], ()) for row in seed_rows("scope_words")}


@cache
def _matcher() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    names = tuple(sorted(_names()))
    return ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), names


def place_prefix(text: str) -> int:
    """Length of the place name or scope word of the document (全省, 沈阳市) that opens the text; 0 where none does."""
    for length in range(min(12, len(text)), 1, -1):
        entry = _names().get(text[:length])
        if entry is not None and entry[0] != "reference":
            return length
    return 0


def named_region(name: str, home: str | None) -> str | None:
    """The region that these characters name whole (沈阳市, 全市, 全国), as the label of a table's row does; None for other words."""
    entry = _names().get(name)
    if entry is None:
        return None
    scope, ids = entry
    if scope == "reference":
        return NATION if name in _NATIONAL else None
    return choose(ids, home) if scope == "region" else scope_region(scope, home, None)


NATION, TAIWAN = "100000", "710000"
_NATIONAL = frozenset({"全国", "中国", "我国"})


@cache
def _exceptions() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    never = r"(?!)"
    return {
        row["name"]: (re.compile(rf"(?:{row['before'] or never})$"), re.compile(row["after"] or never))
        for row in seed_rows("place_exceptions")
    }


def find_places(text: str, taken: list[tuple[int, int]], all_names: bool = False) -> list[Place]:
    """Places of the whole text in order; none inside a ``taken`` stretch (names of organisations, titles), sorted and not
    overlapping. ``all_names`` keeps those that ``place_exceptions.csv`` would drop: they may begin an organisation's name."""
    matcher, names = _matcher()
    ends = [end for _, end in taken]
    found = []
    for index, start, end in matcher.find_matches_as_indexes(text):
        at = bisect_left(ends, end)
        if at < len(taken) and taken[at][0] <= start:
            continue
        name = names[index]
        if name in _exceptions() and not all_names:
            before, after = _exceptions()[name]
            if before.search(text, max(0, start - 6), start) or after.match(text, end):
                continue
        scope, ids = _names()[name]
        found.append(Place(start, end, name, scope, ids))
    return found


def choose(candidates: tuple[str, ...], home: str | None) -> str | None:
    """The region a shared name means: the one inside the document's own region, else the highest (铁西区 of Shenyang in a text on Shenyang)."""
    if len(candidates) == 1:
        return candidates[0]
    near = [c for c in candidates if home and _inside(c, home)]
    pool = near or list(candidates)
    ranked = sorted(pool, key=lambda c: (_ORDER.get(regions()[c].level, 9), c))
    return ranked[0] if ranked else None


_ORDER = {"nation": 0, "province": 1, "city": 2, "county": 3, "zone": 4, "group": 5}


def _inside(region_id: str, home: str) -> bool:
    at: str | None = region_id
    while at:
        if at == home:
            return True
        at = regions()[at].parent_id if at in regions() else None
    return False


def scope_region(scope: str, home: str | None, city: str | None) -> str | None:
    """The region that 全省, 全市, 全区 stand for: the document's at that level, or the city spoken of."""
    level = {"province": "province", "city": "city", "county": "county"}[scope]
    found = within(home, level)
    if found:
        return found
    if scope == "city":
        return within(city, "city") or home
    return home
