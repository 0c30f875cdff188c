"""Rows in files come back by the key, wherever they were cut into files."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.publish import parquet, stored
from pipeline.publish.parquet import logical_hash, write_table
from pipeline.publish.stored import Stored

KEY = ("of", "at")
ROWS = pa.table({"of": ["a", "a", "b", "b", "b", "c", "d"], "at": [1, 2, 1, 3, 5, 2, 1]})


def written(folder: Path, tables: Sequence[pa.Table]) -> list[Path]:
    paths = [folder / f"{number}.parquet" for number in range(len(tables))]
    for table, path in zip(tables, paths, strict=True):
        pq.write_table(table, path)
    return paths


def whole(found: Stored) -> pa.Table:
    return pa.Table.from_batches(found.to_batches(), found.schema)


def cut(*places: int) -> list[pa.Table]:
    """The rows in files that end at these places."""
    ends = [0, *places, ROWS.num_rows]
    return [ROWS.slice(start, end - start) for start, end in pairwise(ends)]


@pytest.mark.parametrize(
    "tables",
    [
        cut(),
        cut(2, 5),
        cut(2, 2, 5),
        cut(3),
        cut(5)[::-1],
        [ROWS.take([0, 3, 6]), ROWS.take([1, 4]), ROWS.take([2, 5])],
        [ROWS.take([0, 1]), ROWS.take([2, 6]), ROWS.take([3, 4]), ROWS.take([5])],
    ],
    ids=[
        "one file",
        "a file a document or more",
        "an empty file",
        "within a document",
        "backwards",
        "mixed",
        "one overlaps two",
    ],
)
def test_rows_come_by_the_key(tables: list[pa.Table], tmp_path: Path) -> None:
    found = Stored(written(tmp_path, tables), KEY)
    assert whole(found).equals(ROWS)
    assert whole(found).equals(ROWS), "and once more"


def test_files_without_rows_are_a_table_without_rows(tmp_path: Path) -> None:
    found = Stored(written(tmp_path, [ROWS.slice(0, 0)] * 2), KEY)
    assert list(found.to_batches()) == []
    assert logical_hash(found) == logical_hash(ROWS.slice(0, 0))


def test_files_that_do_not_overlap_are_not_sorted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Stored(written(tmp_path, cut(2, 5, 6)), KEY)
    monkeypatch.setattr(stored, "ROW_GROUP", 2)
    assert max(batch.num_rows for batch in found.to_batches()) == 2
    assert [run for run in found._runs() if len(run) > 1] == []


@pytest.mark.parametrize("group", [1, 2, 3, 7, 8])
def test_a_file_is_the_same_bytes_however_its_rows_were_cut(
    group: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROW_GROUP", group)
    assert write_table(ROWS, tmp_path / "whole.parquet") == logical_hash(ROWS)
    assert pq.read_metadata(tmp_path / "whole.parquet").num_row_groups == -(-ROWS.num_rows // group)
    for tables in (cut(2, 5), cut(1, 2, 3, 4, 5, 6)):
        (tmp_path / "parts").mkdir(exist_ok=True)
        write_table(Stored(written(tmp_path / "parts", tables), KEY), tmp_path / "streamed.parquet")
        assert (tmp_path / "streamed.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()
