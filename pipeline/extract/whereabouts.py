"""Which place a figure is about: its clause, the city that opened its paragraph, its heading, the document's region.

A place counts where it opens a clause (大连市…, 在沈阳…). Several places in a list (沈阳、大连等5市) mean the document's region; a
zone without a code (沈抚示范区) is a subject, not a region; a name that several places bear and nothing decides gives none.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from pipeline.extract.phrases import trim_lead
from pipeline.extract.places import Place, choose, inside, regions, scope_region

_LIST_AFTER = re.compile(r"^(?:[、和与及]|等)")
_LATER = re.compile(r"(?:……|—)在$")


@dataclass(frozen=True, slots=True)
class Where:
    """From ``start`` on, figures are about ``region_id``, or about the zone or group named ``subject``."""

    start: int
    region_id: str | None
    subject: str | None = None


@dataclass
class Whereabouts:
    """The places in force while a document is read from top to bottom. ``home`` is the document's region."""

    home: str | None
    headings: dict[int, str] = field(default_factory=dict)
    paragraph: str | None = None

    def heading(self, text: str, places: list[Place], level: int) -> None:
        """A heading that names one place governs its section."""
        for deeper in [key for key in self.headings if key >= level]:
            del self.headings[deeper]
        named = {choose(p.regions, self.home) for p in places if p.scope == "region"}
        if len(named) == 1 and (region := named.pop()) is not None and regions()[region].kind == "adcode":
            self.headings[level] = region
        self.paragraph = None

    def begin(self) -> None:
        """A paragraph begins."""
        self.paragraph = None

    @property
    def base(self) -> str | None:
        """The region where no clause names one."""
        if self.paragraph is not None:
            return self.paragraph
        return self.headings[max(self.headings)] if self.headings else self.home

    def sentence(
        self, text: str, clauses: tuple[tuple[int, int], ...], places: list[Place], opens: bool
    ) -> list[Where]:
        """Where in the sentence which place begins to hold; ``places`` are those of the sentence."""
        found: list[Where] = []
        for index, (start, end) in enumerate(clauses):
            here = [p for p in places if start <= p.start and p.end <= end and p.scope != "reference"]
            if not here:
                continue
            place = here[0]
            before = text[start : place.start]
            if _LATER.search(text[max(0, place.start - 3) : place.start]) and not found:
                found.append(self._where(place, clauses[0][0]))
            if trim_lead(before):
                continue
            place = _narrowest(here)
            if _LIST_AFTER.match(text[place.end : place.end + 1]) or (index and text[start - 1 : start] == "、"):
                found.append(Where(place.end, self.home))
                continue
            where = self._where(place, place.end)
            found.append(where)
            if opens and index == 0 and place.scope == "region" and where.region_id not in {None, self.home}:
                self.paragraph = where.region_id
            elif index == 0 and self.paragraph is not None:
                self.paragraph = where.region_id if where.region_id != self.home else None
        return found

    def at(self, place: Place) -> Where:
        """What a place named for one figure alone holds."""
        return self._where(place, place.end)

    def _where(self, place: Place, start: int) -> Where:
        if place.scope != "region":
            return Where(start, scope_region(place.scope, self.home, self.base))
        region_id = choose(place.regions, self.base) or choose(place.regions, self.home)
        if region_id is not None and regions()[region_id].kind != "adcode":
            return Where(start, None, place.name)
        return Where(start, region_id)


def _narrowest(places: list[Place]) -> Place:
    """The last of the places that stand joined from the widest to the narrowest (云南省大理白族自治州宾川县)."""
    place = places[0]
    for inner in places[1:]:
        if inner.start != place.end or inner.scope != "region" or not inside(inner.regions[0], place.regions):
            break
        place = inner
    return place


def where_at(found: list[Where], at: int) -> Where | None:
    """What holds at an offset of the sentence."""
    index = bisect_right([w.start for w in found], at) - 1
    return found[index] if index >= 0 else None
