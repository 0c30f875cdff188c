"""The ledger of a document: every numeral run of the raw text has exactly one claim or one reason.

The runs come from ``scanner``, which knows no grammar. A run belongs to the claim whose quote holds it, else to the claim whose
reading needs it (a shared unit or bound), else it has the reason of the quantity, name or removed stretch it lies in.

Runs are columns of numbers from the scanner to the table: a page has thousands, nearly all of them in its markup.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.contract import schema
from pipeline.contract.columns import FEW, column
from pipeline.extract.reasons import Reasons, reasons, removed_by
from pipeline.extract.scanner import Offsets, scanned

TAKEN = ("claim_id", "raw_start", "raw_end", "reading_start", "reading_end")
"""The columns of ``claims`` that tell what one takes."""


class Taken(NamedTuple):
    """A claim's quote and reading in raw offsets."""

    claim_id: str
    start: int
    end: int
    reading_start: int
    reading_end: int


def assign(starts: Offsets, ends: Offsets, taken: Sequence[tuple[int, Taken]]) -> Offsets:
    """The place in ``taken`` of the claim of each run, -1 where none takes it. Runs are in order, of texts that stand one behind
    another; with each claim stands where its text begins.

    Where several enclose a run the one that begins last has it; a quote goes before a reading.
    """
    readings = sorted((a + t.reading_start, a + t.reading_end, t.claim_id, at) for at, (a, t) in enumerate(taken))
    quotes = sorted((a + t.start, a + t.end, t.claim_id, at) for at, (a, t) in enumerate(taken))
    spans = readings + quotes
    first = np.searchsorted(starts, [start for start, _, _, _ in spans])
    behind = np.searchsorted(ends, [end for _, end, _, _ in spans], "right")
    held = np.maximum(behind - first, 0)
    # The runs of all spans, span by span: of a run that is there twice the last span has it.
    runs = np.repeat(first - np.cumsum(np.append(0, held))[:-1], held) + np.arange(held.sum())
    found = np.full(len(starts), -1, np.int64)
    found[runs] = np.repeat(np.array([at for _, _, _, at in spans], np.int64), held)
    return found


class Ledger:
    """The rows of ``numerals`` of some documents, in the order of their ids: the runs and what cleaning removed are found for
    all of them at once, the rest is entered document by document."""

    def __init__(self, documents: pa.Table, edits: pa.Table) -> None:
        """``documents`` are sorted by their ids."""
        self._source_ids = documents.column("source_id").to_pylist()
        texts = documents.column("text").to_pylist()
        # A line feed between them keeps the runs of two texts apart.
        runs = scanned("\n".join(texts))
        begins = np.cumsum([0, *(len(text) + 1 for text in texts)], dtype=np.int64)
        self._counts = np.diff(np.searchsorted(runs.starts, begins))
        self._begins = begins[:-1]
        by_run = np.repeat(self._begins, self._counts)
        self._starts, self._ends, self._points = runs.starts - by_run, runs.ends - by_run, runs.points
        self._reasons = self._removed(edits)
        left = np.flatnonzero(self._reasons < 0)
        # As plain numbers: of one document these are few, for which arrays are slow.
        self._left, self._left_starts, self._left_ends = (
            part.tolist() for part in (left, self._starts[left], self._ends[left])
        )
        self._borders = np.searchsorted(left, np.cumsum(np.append(0, self._counts))).tolist()
        self._taken: list[tuple[int, Taken]] = []
        self._entered = np.zeros(len(texts), np.bool_)

    def _removed(self, edits: pa.Table) -> Offsets:
        """Of each run that lies within a single edit, as most runs of a page do, the reason in its rule; -1 for the others."""
        numbers = {source_id: number for number, source_id in enumerate(self._source_ids)}
        of = np.array([numbers.get(source_id, -1) for source_id in edits.column("source_id").to_pylist()], np.int64)
        if not (of >= 0).any():
            return np.full(len(self._starts), -1, np.int64)
        if not (of >= 0).all():  # edits of documents that are not read here
            edits, of = edits.take(column(np.flatnonzero(of >= 0).tolist(), pa.int64())), of[of >= 0]
        begun, ended = (
            np.array(edits.column(name).to_pylist(), np.int64) + self._begins[of] for name in ("raw_start", "raw_end")
        )
        order = np.argsort(begun, kind="stable")
        by_run = np.repeat(self._begins, self._counts)
        over = np.searchsorted(begun[order], self._starts + by_run, "right") - 1
        inside = (over >= 0) & (self._ends + by_run <= ended[order][over])
        removed = removed_by(*(edits.column(name).to_pylist() for name in ("rule", "replacement")))
        return np.where(inside, np.array(removed, np.int64)[order][over], -1)

    def enter(self, number: int, taken: Sequence[Taken], reasons_of: Reasons) -> None:
        """The claims of document ``number``, and the reasons of the runs that neither a claim nor a single edit took."""
        span = slice(self._borders[number], self._borders[number + 1])
        starts, ends = self._left_starts[span], self._left_ends[span]
        free = [True] * len(starts)
        for one in taken:
            for start, end in ((one.start, one.end), (one.reading_start, one.reading_end)):
                for at in range(bisect_left(starts, start), bisect_right(ends, end)):
                    free[at] = False
        left = [at for at, untaken in enumerate(free) if untaken]
        if left:
            told = reasons_of.of([(starts[at], ends[at]) for at in left])
            self._reasons[[self._left[span.start + at] for at in left]] = list(map(reasons().index, told))
        begin = int(self._begins[number])
        self._taken += [(begin, one) for one in taken]
        self._entered[number] = True

    def table(self) -> pa.Table:
        """The runs of all documents that were entered, as the table ``numerals``."""
        begins = np.repeat(self._begins, self._counts)
        claims = assign(self._starts + begins, self._ends + begins, self._taken)
        columns = (
            _picked(self._source_ids, np.repeat(np.arange(len(self._counts)), self._counts)),
            pa.Array.from_buffers(pa.int64(), len(self._starts), [None, pa.py_buffer(self._starts)]),
            pa.Array.from_buffers(pa.int64(), len(self._ends), [None, pa.py_buffer(self._ends)]),
            _strings(self._points, self._ends - self._starts),
            _picked([one.claim_id for _, one in self._taken], claims),
            _picked(reasons(), np.where(claims < 0, self._reasons, -1)),
        )
        made = pa.Table.from_arrays(columns, schema=schema("numerals"))
        return made if self._entered.all() else made.filter(pa.array(np.repeat(self._entered, self._counts)))


def _picked(texts: Sequence[str], at: Offsets) -> pa.Array:
    """The text at each place; null at -1."""
    if len(at) <= FEW:
        return column([texts[place] if place >= 0 else None for place in at.tolist()], pa.string())
    return pa.array(texts, pa.string()).take(pa.array(at, mask=at < 0))


def _strings(points: NDArray[np.uint32], lengths: Offsets) -> pa.Array:
    """Texts from the code points of all of them and the number of each."""
    size = np.ones(len(points), np.int32)  # bytes in UTF-8
    for least in (0x80, 0x800, 0x10000):
        size += points >= least
    offsets = np.cumsum(np.append(0, size))[np.cumsum(np.append(0, lengths))].astype(np.int32)
    data = points.astype("<u4").tobytes().decode("utf-32-le").encode()
    return pa.StringArray.from_buffers(len(lengths), pa.py_buffer(offsets), pa.py_buffer(data))
