"""What was read of one document, each stretch once: passages for their claims, and the same again for the ledger."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.extract.currencies import HOME, localised
from pipeline.extract.model import Quantity
from pipeline.extract.numerals import holds_numeral
from pipeline.extract.quantities import Reading, read

if TYPE_CHECKING:
    from pipeline.extract.numeral_marks import Numerals

_NOTHING = Reading((), (), ())


class Readings:
    """The clean text of a document, read passage by passage as it is asked for. ``passages`` are their stretches, in order;
    ``currency`` is what 元 stands for, ``numerals`` what the text holds of them, where that is known."""

    def __init__(
        self,
        text: str,
        passages: Iterable[tuple[int, int]] = (),
        currency: str = HOME,
        numerals: "Numerals | None" = None,
    ) -> None:
        self.text, self.currency, self._numerals = text, currency, numerals
        self._plain = numerals is not None and numerals.plain
        self._passages = list(passages)
        self._starts = [start for start, _ in self._passages]
        self._read: dict[tuple[int, int], Reading] = {}

    def quantities(self, start: int, end: int) -> list[Quantity]:
        """The quantities of ``text[start:end]``, in order, offsets into the text."""
        found = self._reading(start, end).quantities
        if self.currency == HOME:
            return list(found)
        return [localised(one, self.text[one.reading_start : one.reading_end], self.currency) for one in found]

    def around(self, place: int) -> tuple[int, int]:
        """The passage that holds a place; between two passages, all that stands there."""
        at = bisect_right(self._starts, place) - 1
        before = self._passages[at] if at >= 0 else (0, 0)
        if place < before[1]:
            return before
        return before[1], self._starts[at + 1] if at + 1 < len(self._starts) else len(self.text)

    def labelled(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """Start, end and what they are of the stretches of a passage that give no claim: an exclusion's reason, or the rule of a
        borderline quantity."""
        part = self._reading(start, end)
        out = [(start + x.start, start + x.end, x.reason) for x in part.exclusions]
        return out + [(q.start, q.end, q.rule) for q in part.quantities if q.borderline]

    def _reading(self, start: int, end: int) -> Reading:
        """What ``text[start:end]`` says by itself."""
        known = self._read.get((start, end))
        if known is None:
            known = read(self.text[start:end], start, self._plain) if self._holds_numeral(start, end) else _NOTHING
            self._read[start, end] = known
        return known

    def _holds_numeral(self, start: int, end: int) -> bool:
        if self._numerals is None:
            return holds_numeral(self.text[start:end])
        places = self._numerals.places
        at = bisect_left(places, start)
        return at < len(places) and places[at] < end
