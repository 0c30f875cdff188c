"""Place names of a text, and the place a figure is about.

Names are rows of ``regions.csv`` (full, short, aliases). A place inside an organisation's name, a title or
a project's name gives none; places a figure is compared with (全国, 东北三省) are its ``reference``, never its region.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pipeline.contract.late import Late
from pipeline.contract.seed import seed_rows
from pipeline.extract.borders import cut_right, is_common, is_full, is_local, is_tailed, opens_left


class Place(NamedTuple):
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
def place_names() -> tuple[str, ...]:
    """Every name of a place and every scope word."""
    return tuple(sorted(_names()))


def place_prefix(text: str) -> int:
    """Length of the place name or scope word of the document (全省, 沈阳市) that opens the text; 0 where none does."""
    for name in _openings().get(text[:2], ()):
        if text.startswith(name):
            if _is_county(name) and (is_common(name) or cut_right(name, text, len(name))):
                continue
            return len(name)
    return 0


@cache
def _openings() -> dict[str, tuple[str, ...]]:
    """The names that may open a text, by their first two characters, longest first."""
    found: dict[str, list[str]] = {}
    for name, (scope, _) in _names().items():
        if scope != "reference" and 2 <= len(name) <= 12:
            found.setdefault(name[:2], []).append(name)
    return {opening: tuple(sorted(names, key=len, reverse=True)) for opening, names in found.items()}


def named_region(name: str, home: str | None) -> str | None:
    """The region that these characters name whole (沈阳市, 全市, 全国), as the label of a table's row does; None for other words."""
    entry = _names().get(name)
    if entry is None:
        return None
    scope, ids = entry
    if scope == "reference":
        return NATION if name in _NATIONAL else None
    if scope != "region":
        return scope_region(scope, home, None)
    if not _is_county(name):
        return choose(ids, home)
    near = _near(ids, home)
    if is_common(name):
        return near if near and home in {near, regions()[near].parent_id} else None
    return near or (None if is_local(name) else choose(ids, home))


NATION, TAIWAN = "100000", "710000"
_NATIONAL = frozenset({"全国", "中国", "我国"})


@cache
def _exceptions() -> dict[str, tuple[Late, Late]]:
    never = r"(?!)"
    return {
        row["name"]: (Late(rf"(?:{row['before'] or never})$"), Late(row["after"] or never))
        for row in seed_rows("place_exceptions")
    }


@cache
def _is_county(name: str) -> bool:
    """A full name that counties alone bear; only such names need the care of ``borders``."""
    scope, ids = _names()[name]
    return scope == "region" and is_full(name) and all(regions()[i].level == "county" for i in ids)


def find_places(
    text: str,
    hits: Sequence[tuple[int, int, int]],
    taken: list[tuple[int, int]],
    home: str | None = None,
    all_names: bool = False,
) -> list[Place]:
    """Places of the whole text in order; none inside a ``taken`` stretch (names of organisations, titles), sorted and not
    overlapping. Of two names that overlap the first holds, of two that begin together the longer. ``hits`` are those of
    ``place_names`` in the text (``lexicon``), ``home`` is the document's region. ``all_names`` keeps those that
    ``place_exceptions.csv`` would drop: they may begin an organisation's name."""
    names = place_names()
    ends = [end for _, end in taken]
    found: list[Place] = []
    free, barred, led = 0, -1, None
    for index, start, end in hits:
        if start < free or start == barred:
            continue
        name = names[index]
        scope, ids = _names()[name]
        if county := _is_county(name):
            if cut_right(name, text, end):
                continue
            decided = _decide(name, ids, home, led, text, start)
            joined = led is not None and led.end == start
            strict = is_tailed(name) or is_local(name) or is_common(name) or not _near(ids, home)
            if strict and not joined and not opens_left(text, start):
                barred = start
                continue
            free = end
            if decided is None and (len(ids) == 1 or is_common(name)):
                continue
            ids = (decided,) if decided else ids
        free = end
        at = bisect_left(ends, end)
        if at < len(taken) and taken[at][0] <= start:
            continue
        if not county and name in _exceptions() and not all_names:
            before, after = _exceptions()[name]
            if before.search(text, max(0, start - 6), start) or after.match(text, end):
                continue
        place = Place(start, end, name, scope, ids)
        found.append(place)
        if scope == "region" and len(ids) == 1:
            led = place
    return found


_STOP = Late(r"[。；;！？!?\n]")
_REACH = 40


def _decide(name: str, ids: tuple[str, ...], home: str | None, led: Place | None, text: str, start: int) -> str | None:
    """The county a full name means: by the place right before it, the document's region, a place before it in the sentence;
    else the only one that bears the name, if the name is no word of many cities."""
    told = _under(ids, led.regions[0]) if led is not None else None
    if told and led is not None and led.end == start:
        # 云南省城区 names no district: a common word needs its own city before it.
        wide = is_common(name) and regions()[led.regions[0]].level == "province"
        return None if wide else told
    near = _near(ids, home)
    if is_common(name):
        return near if near == home else None
    if near:
        return near
    if told and led is not None and start - led.end <= _REACH and not _STOP.search(text, led.end, start):
        return told
    return ids[0] if len(ids) == 1 and not is_local(name) else None


def _under(candidates: tuple[str, ...], region_id: str) -> str | None:
    """The one candidate inside a province or city, or beside a county; never by the nation."""
    region = regions()[region_id]
    scope = region.parent_id if region.level == "county" else region_id
    found = [c for c in candidates if scope != NATION and inside(c, (scope,))]
    return found[0] if len(found) == 1 else None


def choose(candidates: tuple[str, ...], home: str | None) -> str | None:
    """The region a name means: the only one that bears it, or the one nearest to the document's region (铁西区 of Shenyang in a
    text on Shenyang); None where several are as near."""
    return candidates[0] if len(candidates) == 1 else _near(candidates, home)


def _near(candidates: tuple[str, ...], home: str | None) -> str | None:
    """The one candidate inside the place, or inside the city or province it lies in; None where there are several or none."""
    while home and home != NATION:
        found = [c for c in candidates if inside(c, (home,))]
        if found:
            return found[0] if len(found) == 1 else None
        home = regions()[home].parent_id if home in regions() else None
    return None


def inside(region_id: str, wider: tuple[str, ...]) -> bool:
    """Whether a place is one of some places or lies in one."""
    at: str | None = region_id
    while at:
        if at in wider:
            return True
        at = regions()[at].parent_id if at in regions() else None
    return False


@cache
def group_names() -> frozenset[str]:
    """Names of groups of places (东部地区, 长三角)."""
    rows = [row for row in seed_rows("regions") if row["kind"] == "group"]
    return frozenset(name for r in rows for name in (r["name_zh"], r["name_short"], *r["aliases"].split("|")) if name)


def scope_region(scope: str, home: str | None, city: str | None) -> str | None:
    """The region that 全省, 全市, 全区 stand for: the document's at that level, or the city spoken of."""
    level = {"province": "province", "city": "city", "county": "county"}[scope]
    if (
        scope == "city"
        and home in regions()
        and regions()[home].level == "county"
        and regions()[home].name.endswith("市")
    ):
        return home
    found = within(home, level) or (within(city, level) if scope == "province" else None)
    if found:
        return found
    if scope == "city":
        return within(city, "city") or home
    return home
