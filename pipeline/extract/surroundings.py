"""What is in force around the figures of a document while it is read: its names and places, and the times, places and subjects
that sentences without figures leave to those behind them.
"""

from bisect import bisect_left

from pipeline.extract.clock import Clock
from pipeline.extract.currencies import HOME, currency_of
from pipeline.extract.governing import Governing
from pipeline.extract.hearing import Heard
from pipeline.extract.item_subjects import item_subject
from pipeline.extract.lexicon import Sought
from pipeline.extract.model import TELLING, Meta, Name, Passage
from pipeline.extract.names import find_names, named_stretches
from pipeline.extract.places import Place, find_places
from pipeline.extract.subjects import Subjects
from pipeline.extract.whereabouts import Whereabouts


class Surroundings:
    """The surroundings of one document, whose clean text is ``text``; ``title`` as its source or its first passage tells it;
    ``sought`` what it holds of the word lists."""

    def __init__(self, meta: Meta, text: str, title: str | None, clock: Clock, sought: Sought) -> None:
        self.text = text
        everywhere = find_places(text, sought.places, [], meta.region_id, all_names=True)
        self.names = find_names(text, everywhere, sought.known, sought.suffixes, sought.operators)
        self.places = find_places(text, sought.places, named_stretches(text, self.names), meta.region_id)
        self._name_starts = [name.start for name in self.names]
        self._place_starts = [place.start for place in self.places]
        overseas = currency_of(meta.region_id) != HOME
        self.governing = Governing(
            clock,
            sought.times,
            flowing=meta.document_type in {"news", "press_release", "press_conference", "other"},
            fresh=meta.document_type in {"news", "press_release"} and overseas,
        )
        self.whereabouts = Whereabouts(meta.region_id)
        carries = meta.document_type in TELLING
        self.subjects = Subjects(carries, sought.carried_signs if carries else sought.signs, sought.carried_signs)
        if meta.document_type == "news":
            self.subjects.item = item_subject(title, text, self.names)
        self._marks = sorted([*sought.times, *self._name_starts, *self._place_starts, *self.subjects.awaited])

    def places_in(self, start: int, end: int) -> list[Place]:
        """The places that begin in a stretch of the text."""
        first, last = _stretch(self._place_starts, start, end)
        return self.places[first:last]

    def names_in(self, start: int, end: int) -> list[Name]:
        """The names that begin in a stretch of the text."""
        first, last = _stretch(self._name_starts, start, end)
        return self.names[first:last]

    def _is_marked(self, start: int, end: int) -> bool:
        """A place, a name, a mark of times or a word that tells of a firm begins in a stretch of the text."""
        at = bisect_left(self._marks, start)
        return at < len(self._marks) and self._marks[at] < end

    def is_silent(self, passage: Passage) -> bool:
        """A passage without figures that leaves nothing to those behind it: it tells no time, place or name, is no
        heading of goals, and stands in no text that goes on from one paragraph to the next. Half of a plan is such."""
        return not (
            self.governing.flowing
            or self.subjects.carries
            or (passage.kind in {"heading", "title"} and self.governing.goals == (passage.level or 1))
            or self.whereabouts.listens
            or self._is_marked(passage.start, passage.end)
        )

    def pass_over(self, start: int, end: int, opens: bool) -> None:
        """A sentence without figures: what it leaves to those behind it, and nothing of what figures alone ask for. ``opens``:
        it is the first of its passage. Most hold no mark, and leave less than they end."""
        if not (self._is_marked(start, end) or self.whereabouts.listens or self.subjects.awaits):
            self.governing.pass_over(self.text, start, end, opens)
            return
        heard = Heard(self.text, start, end)
        self.governing.sentence(self.text, start, end, opens)
        places, names = self.places_in(start, end), self.names_in(start, end)
        if not self.subjects.carries:
            self.whereabouts.pass_over(self.text, heard, places, opens)
            if not self.subjects.pass_over(self.text, start, end, names):
                self.subjects.of(self.text, heard.clauses, names, placed=False)
            return
        placed = False
        if places or self.whereabouts.listens:
            where = self.whereabouts.sentence(self.text, heard.clauses, places, opens)
            placed = bool(where) and where[0].start <= heard.clauses[0][1]
        if names or self.subjects.listens(start, end):
            self.subjects.of(self.text, heard.clauses, names, placed)


def _stretch(starts: list[int], start: int, end: int) -> tuple[int, int]:
    """The first of those that start in a stretch of the text, and the first behind it."""
    first = last = bisect_left(starts, start)
    while last < len(starts) and starts[last] < end:
        last += 1
    return first, last
