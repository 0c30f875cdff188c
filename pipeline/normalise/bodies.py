"""Bodies that every place has: governments, party committees, bureaus, zones, universities, firms named after their seat.

A body is a place and a word of ``public_bodies.csv`` right after it (甲市科技局), or a word of level for the place the document
speaks for (省政府, 市科技局). A word that belongs to a level is read only there: a province has a 厅, a city a 局. Patterns of
``named_bodies.csv`` hold ``{place}``, the name of a province or city: what they match is the name (大连海洋大学).
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ahocorasick_rs

from pipeline.contract.seed import seed_rows
from pipeline.extract.borders import is_common, opens_left
from pipeline.normalise.anchors import Anchored
from pipeline.normalise.model import Row
from pipeline.normalise.name_borders import begins_none, cuts_a_word
from pipeline.normalise.nesting import outwards

# The word of level, and the level of the place it means.
LEVELS = {"省": "province", "市": "city", "区": "county", "县": "county"}
OWN = ("我", "本")
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
# Two characters name too much beside a zone.
SHORTEST_ZONE = 2
PARTY = re.compile(r"(?:中共|中国共产党)$")


@dataclass(frozen=True, slots=True)
class Body:
    """A body at a stretch of a text."""

    start: int
    end: int
    body_id: str
    type: str
    name: str
    region_id: str | None

    def row(self) -> dict[str, Any]:
        """Its row of the table ``organisations``."""
        return {
            "organisation_id": "-".join(["org", *([self.region_id.lower()] if self.region_id else []), self.body_id]),
            "name_zh": self.name,
            "name_en": None,
            "type": self.type,
            "stock_code": None,
            "region_id": self.region_id,
            "aliases": None,
        }


class Patterns:
    """Rows of a table with a ``regex`` each; ``place`` stands for ``{place}`` in it."""

    def __init__(self, rows: Sequence[Row], place: str = "") -> None:
        self._rows = [(row, re.compile(row["regex"].replace("{place}", place))) for row in rows]
        self._anchored = Anchored([row["regex"].replace("{place}", ".") for row in rows])

    @property
    def words(self) -> frozenset[str]:
        """Words of which a text must hold one for any to match."""
        return self._anchored.words

    def find(self, text: str) -> Iterator[tuple[Row, re.Match[str]]]:
        """Rows whose expression matches, in table order, each with its matches."""
        for at in self._anchored.present(text):
            row, pattern = self._rows[at]
            for match in pattern.finditer(text):
                yield row, match


class Bodies:
    """Finds bodies of the places of a table of regions."""

    def __init__(self, regions: Iterable[Row]) -> None:
        self._regions = {row["region_id"]: row for row in sorted(regions, key=lambda row: str(row["region_id"]))}
        self._parent: dict[str, str | None] = {name: row["parent_id"] for name, row in self._regions.items()}

    @cached_property
    def _named(self) -> dict[str, list[Row]]:
        """Places by full and short name; a zone also by its aliases, for it is written in many ways."""
        found: dict[str, list[Row]] = {}
        for row in self._regions.values():
            aliases = (row["aliases"] or "").split("|") if row["kind"] == "zone" else []
            for name in sorted({row["name_zh"], row["name_short"], *aliases} - {""}):
                found.setdefault(name, []).append(row)
        return found

    @cached_property
    def _longest(self) -> int:
        return max((len(name) for name in self._named), default=0)

    @cached_property
    def _zone_names(self) -> tuple[ahocorasick_rs.AhoCorasick, tuple[Row, ...]]:
        """All names of zones, to be found in one pass over a text, and the zone of each."""
        zones = {
            name: rows[0]
            for name, rows in self._named.items()
            if rows[0]["kind"] == "zone" and len(name) > SHORTEST_ZONE
        }
        return ahocorasick_rs.AhoCorasick(list(zones)), tuple(zones.values())

    @cached_property
    def _patterns(self) -> "Patterns":
        """Patterns of names; the group ``place`` is their seat."""
        wide = [row for row in self._regions.values() if row["level"] in ("province", "city")]
        names = {row["name_short"] for row in wide} | {row["name_zh"] for row in wide}
        place = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
        rows = seed_rows("named_bodies") if names else ()
        return Patterns(rows, f"(?P<place>{place})")

    @cached_property
    def _words(self) -> "Patterns":
        return Patterns(seed_rows("public_bodies"))

    @property
    def words(self) -> frozenset[str]:
        """Words of which a text must hold one to name any body."""
        zones = (name for name, rows in self._named.items() if rows[0]["kind"] == "zone" and len(name) > SHORTEST_ZONE)
        return self._words.words | self._patterns.words | frozenset(zones)

    def find(self, text: str, scope: str | None) -> Iterator[Body]:
        """Bodies in a text; they may overlap. ``scope``: the place the document speaks for."""
        yield from self._zones(text)
        yield from self._seated(text)
        for row, match in self._words.find(text):
            if match.end() > match.start() and not cuts_a_word(text, match.end()):
                body = self._of_place(text, match, row) or self._of_level(text, match, row, scope)
                if body is not None:
                    yield body

    def _zones(self, text: str) -> Iterator[Body]:
        """Zones that the table of places knows: each has an administration of its own."""
        automaton, zones = self._zone_names
        for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            zone = zones[index]
            yield Body(start, end, "zone", "zone", zone["name_zh"], zone["region_id"])

    def _seated(self, text: str) -> Iterator[Body]:
        for row, match in self._patterns.find(text):
            if not cuts_a_word(text, match.end()):
                name = match.group()
                # Such names are too many for identifiers in words.
                body_id = f"{row['body_id']}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
                seat = self._named[match["place"]][0]["region_id"] if match["place"] else None
                yield Body(*match.span(), body_id, row["type"], name, seat)

    def _of_place(self, text: str, match: re.Match[str], row: Row) -> Body | None:
        """The body of the place whose name stands right before the word."""
        for length in range(min(self._longest, match.start()), 1, -1):
            start = match.start() - length
            found = self._named.get(text[start : match.start()], [])
            if not found:
                continue
            name, place = text[start : match.start()], found[0]
            if row["full"] == "yes" and name != place["name_zh"]:
                continue
            above = self._above(text, start, found)
            if above is not None:
                start, place = above
            elif len(found) > 1 or (place["level"] == "county" and (is_common(name) or not opens_left(text, start))):
                return None
            if not _fits(place, row):
                return None
            return _body(_with_party(text, start), match, row, place, self._parents_name(place))
        return None

    def _above(self, text: str, start: int, places: Iterable[Row]) -> tuple[int, Row] | None:
        """Of places with one name the county whose city stands right before, and where that begins."""
        for place in (place for place in places if place["level"] == "county"):
            parent = self._regions.get(place["parent_id"] or "")
            for name in (parent["name_zh"], parent["name_short"]) if parent else ():
                if text.endswith(name, 0, start):
                    return start - len(name), place
        return None

    def _parents_name(self, place: Row) -> str:
        """The city before a county's name: many cities have a 和平区."""
        parent = self._regions.get(place["parent_id"] or "")
        return str(parent["name_zh"]) if parent and place["level"] == "county" else ""

    def _of_level(self, text: str, match: re.Match[str], row: Row, scope: str | None) -> Body | None:
        """The body of the place that a word of level means for the place the document speaks for."""
        start = match.start() - 1
        level = LEVELS.get(text[start : match.start()]) if start >= 0 and row["levels"] else None
        place = self._ancestor(scope, level) if level else None
        if place is None or not _fits(place, row) or begins_none(text, start):
            return None
        own = text.endswith(OWN, 0, start)
        if level != "province" and not own and not opens_left(text, start):
            return None
        return _body(start, match, row, place, self._parents_name(place))

    def within(self, region_id: str | None, other: str | None) -> bool:
        """Whether a place is another or lies in it."""
        return any(place["region_id"] == other for place in self._line(region_id))

    def _ancestor(self, region_id: str | None, level: str) -> Row | None:
        return next((place for place in self._line(region_id) if place["level"] == level), None)

    def _line(self, region_id: str | None) -> list[Row]:
        """A place of the table and those it lies in, outwards."""
        return [self._regions[name] for name in outwards(region_id, self._parent) if name in self._regions]


def _fits(place: Row, row: Row) -> bool:
    level = "city" if place["region_id"] in MUNICIPALITIES else place["level"]
    return not row["levels"] or level in row["levels"].split("|")


def _with_party(text: str, start: int) -> int:
    """中共 before a committee's place belongs to its name."""
    before = PARTY.search(text, max(0, start - 5), start)
    return before.start() if before else start


def _body(start: int, match: re.Match[str], row: Row, place: Row, above: str) -> Body:
    """A body with its full name."""
    name = f"{row['before']}{above}{place['name_zh']}{row['name']}"
    return Body(start, match.end(), row["body_id"], row["type"], name, place["region_id"])
