"""Rows of a table that lie in Parquet files, read batch by batch: memory holds a batch, however many rows there are."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.publish.parquet import ROW_GROUP


class Stored:
    """A table in one file or several, :class:`~pipeline.publish.parquet.Rows`.

    Each file holds its rows by ``key``, which may be left out where there is one file. Most tables go document by document, so that
    a file ends where the next one begins; files that overlap (a correction stands in many documents) are sorted together.
    """

    def __init__(self, files: Sequence[Path], key: Sequence[str] = ()) -> None:
        self._files, self._key = files, key

    @property
    def schema(self) -> pa.Schema:
        """Columns of every file."""
        return pq.read_schema(self._files[0])

    def to_batches(self) -> Iterator[pa.RecordBatch]:
        """The rows in the order of the key."""
        for together in self._runs():
            if len(together) == 1:
                yield from _batches(together[0])
            else:
                whole = pa.concat_tables(map(pq.read_table, together))
                yield from whole.sort_by([(part, "ascending") for part in self._key]).to_batches(ROW_GROUP)

    def _runs(self) -> Iterator[list[Path]]:
        """The files in order, those that overlap together."""
        if len(self._files) == 1:
            yield list(self._files)
            return
        run: list[Path] = []
        highest = None
        for file in self._files:
            first = pq.read_table(file, columns=[self._key[0]]).column(0)
            if not len(first):
                continue
            if run and first[0].as_py() > highest:
                yield run
                run = []
            run.append(file)
            last = first[-1].as_py()
            highest = last if len(run) == 1 else max(highest, last)
        if run:
            yield run


def _batches(file: Path) -> Iterator[pa.RecordBatch]:
    # Without threads of Arrow, which keep memory each and are no faster on files of this size.
    with pq.ParquetFile(file, memory_map=True) as opened:
        yield from opened.iter_batches(ROW_GROUP, use_threads=False)
