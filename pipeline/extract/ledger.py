"""The ledger of a document: every numeral run of the raw text has exactly one claim or one reason.

The runs come from ``scanner``, which knows no grammar. A run belongs to the claim whose quote holds it, else to the claim whose
reading needs it (a shared unit or bound), else it has the reason of the quantity, name or removed stretch it lies in.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any


@dataclass(frozen=True, slots=True)
class Taken:
    """A claim's quote and reading in raw offsets."""

    claim_id: str
    start: int
    end: int
    reading_start: int
    reading_end: int


def assign(runs: Sequence[tuple[int, int]], taken: Sequence[Taken]) -> list[str | None]:
    """The claim of each run, or None. Runs and claims are sorted by where they begin."""
    quotes = _Spans([(t.start, t.end, t.claim_id) for t in taken])
    readings = _Spans([(t.reading_start, t.reading_end, t.claim_id) for t in taken])
    return [quotes.around(start, end) or readings.around(start, end) for start, end in runs]


class _Spans:
    """Labelled stretches, asked which one encloses another; the one that begins last wins."""

    REACH = 8

    def __init__(self, spans: list[tuple[int, int, str]]) -> None:
        self.spans = sorted(spans)
        self.starts = [start for start, _, _ in self.spans]
        # The furthest end of the spans up to each: most runs of a page lie in none, and one look tells so.
        self.reached = list(accumulate((end for _, end, _ in self.spans), max))

    def around(self, start: int, end: int) -> str | None:
        at = bisect_right(self.starts, start)
        if at == 0 or self.reached[at - 1] < end:
            return None
        for span_start, span_end, label in reversed(self.spans[max(0, at - self.REACH) : at]):
            if span_start <= start and end <= span_end:
                return label
        return None


def numeral_columns(
    source_id: str,
    raw: str,
    runs: Sequence[tuple[int, int]],
    taken: Sequence[Taken],
    reasons: Sequence[str],
) -> dict[str, list[Any]]:
    """Columns of ``numerals``. ``reasons`` has one code a run, used where no claim takes it."""
    claims = assign(runs, taken)
    return {
        "source_id": [source_id] * len(runs),
        "raw_start": [start for start, _ in runs],
        "raw_end": [end for _, end in runs],
        "numeral": [raw[start:end] for start, end in runs],
        "claim_id": claims,
        "reason": [None if claim_id else reason for claim_id, reason in zip(claims, reasons, strict=True)],
    }
