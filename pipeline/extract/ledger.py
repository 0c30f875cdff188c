"""The ledger of a document: every numeral run of the raw text has exactly one claim or one reason.

The runs come from ``scanner``, which knows no grammar. A run belongs to the claim whose quote holds it, else to the claim whose
reading needs it (a shared unit or bound), else it has the reason of the quantity, name or removed stretch it lies in.

Runs are columns of numbers from the scanner to the table: a page has thousands, nearly all of them in its markup.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.contract import schema
from pipeline.extract.scanner import Offsets, Runs

_Kind = TypeVar("_Kind", bound=np.generic)


class Taken(NamedTuple):
    """A claim's quote and reading in raw offsets."""

    claim_id: str
    start: int
    end: int
    reading_start: int
    reading_end: int


@dataclass(frozen=True, slots=True)
class Entries:
    """The runs of one document, the place among ``claim_ids`` of each that is taken (-1 for the others), and the place among
    the ledger's reasons of each that is not (-1 where one is)."""

    runs: Runs
    claims: Offsets
    reasons: Offsets
    claim_ids: Sequence[str]


def assign(starts: Offsets, ends: Offsets, taken: Sequence[Taken]) -> Offsets:
    """The place in ``taken`` of the claim of each run, -1 where none takes it. Runs are in order.

    Where several enclose a run the one that begins last has it; a quote goes before a reading.
    """
    found = np.full(len(starts), -1, np.int64)
    readings = sorted((t.reading_start, t.reading_end, t.claim_id, at) for at, t in enumerate(taken))
    quotes = sorted((t.start, t.end, t.claim_id, at) for at, t in enumerate(taken))
    spans = readings + quotes
    first = np.searchsorted(starts, [start for start, *_ in spans]).tolist()
    behind = np.searchsorted(ends, [end for _, end, *_ in spans], "right").tolist()
    for begin, end, (*_, at) in zip(first, behind, spans, strict=True):
        found[begin:end] = at
    return found


class Ledger:
    """The rows of ``numerals``, document by document in the order of their ids."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """``reasons`` are the codes that entries count by."""
        self._reasons = list(reasons)
        self._source_ids: list[str] = []
        self._entries: list[Entries] = []

    def add(self, source_id: str, entries: Entries) -> None:
        """The entries of a document whose id comes after those of all before it."""
        self._source_ids.append(source_id)
        self._entries.append(entries)

    def table(self) -> pa.Table:
        """All entries as the table ``numerals``."""
        entries = self._entries
        counts = [len(one.runs.starts) for one in entries]
        starts = _joined(np.int64, (one.runs.starts for one in entries))
        ends = _joined(np.int64, (one.runs.ends for one in entries))
        points = _joined(np.uint32, (one.runs.points for one in entries))
        reasons = _joined(np.int64, (one.reasons for one in entries))
        before = np.cumsum([0, *(len(one.claim_ids) for one in entries)]).tolist()
        claims = _joined(
            np.int64, (np.where(e.claims < 0, -1, e.claims + b) for e, b in zip(entries, before, strict=False))
        )
        columns = (
            _picked(self._source_ids, np.repeat(np.arange(len(counts)), counts)),
            pa.array(starts),
            pa.array(ends),
            _strings(points, ends - starts),
            _picked([claim_id for one in entries for claim_id in one.claim_ids], claims),
            _picked(self._reasons, reasons),
        )
        return pa.Table.from_arrays(columns, schema=schema("numerals"))


def _joined(kind: type[_Kind], arrays: Iterable[NDArray[_Kind]]) -> NDArray[_Kind]:
    return np.concatenate([np.empty(0, kind), *arrays])


def _picked(texts: Sequence[str], at: Offsets) -> pa.Array:
    """The text at each place; null at -1."""
    return pa.array(texts, pa.string()).take(pa.array(at, mask=at < 0))


def _strings(points: NDArray[np.uint32], lengths: Offsets) -> pa.Array:
    """Texts from the code points of all of them and the number of each."""
    size = 1 + sum((points >= least).astype(np.int32) for least in (0x80, 0x800, 0x10000))  # bytes in UTF-8
    offsets = np.cumsum(np.append(0, size))[np.cumsum(np.append(0, lengths))].astype(np.int32)
    data = points.astype("<u4").tobytes().decode("utf-32-le").encode()
    return pa.StringArray.from_buffers(len(lengths), pa.py_buffer(offsets), pa.py_buffer(data))
