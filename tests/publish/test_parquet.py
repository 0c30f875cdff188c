"""Deterministic Parquet: bytes and hashes depend on the rows alone."""

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.contract import ALL, empty, schema
from pipeline.publish.parquet import FOOTER, file_hash, footer_hash, logical_hash, write_table
from tests.gates.builders import changed, world

CLAIMS = world()["claims"]


def in_chunks(table: pa.Table, rows: int) -> pa.Table:
    """The same rows in pieces of so many."""
    return pa.concat_tables([table.slice(at, rows) for at in range(0, table.num_rows, rows)])


def through_pandas(table: pa.Table) -> pa.Table:
    """The same rows with the metadata that pandas leaves behind."""
    return table.replace_schema_metadata({"pandas": '{"index_columns": []}', "written": "yesterday"})


def with_field_metadata(table: pa.Table) -> pa.Table:
    """The same rows with a remark on each field."""
    return table.cast(pa.schema([field.with_metadata({"remark": "made on a machine"}) for field in table.schema]))


def bytes_of(table: pa.Table, folder: Path) -> bytes:
    write_table(table, folder / "table.parquet")
    return (folder / "table.parquet").read_bytes()


SAME_ROWS = {
    "again": lambda table: table,
    "one row a chunk": lambda table: in_chunks(table, 1),
    "four rows a chunk": lambda table: in_chunks(table, 4),
    "cut from a longer table": lambda table: pa.concat_tables([table, table]).combine_chunks().slice(table.num_rows),
    "through Python": lambda table: pa.Table.from_pylist(table.to_pylist(), schema=table.schema),
    "with metadata": through_pandas,
    "with metadata on fields": with_field_metadata,
}


@pytest.mark.parametrize("same", SAME_ROWS.values(), ids=SAME_ROWS.keys())
def test_the_same_rows_give_the_same_bytes_and_the_same_hash(same, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    other = same(CLAIMS)
    assert bytes_of(other, tmp_path) == bytes_of(CLAIMS, tmp_path)
    assert logical_hash(other) == logical_hash(CLAIMS)


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_every_table_comes_back_from_its_file_as_it_was(table, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for found in (world()[table.name], empty(table.name)):
        first = bytes_of(found, tmp_path)
        back = pq.read_table(tmp_path / "table.parquet")
        assert back.equals(found)
        assert back.schema.equals(schema(table), check_metadata=True)
        assert bytes_of(back, tmp_path) == first
        assert logical_hash(back) == logical_hash(found)


def test_a_file_tells_nothing_of_the_machine(tmp_path: Path) -> None:
    write_table(through_pandas(CLAIMS), tmp_path / "claims.parquet")
    metadata = pq.read_metadata(tmp_path / "claims.parquet")
    assert set(metadata.metadata or {}) == {b"ARROW:schema", FOOTER}
    assert str(tmp_path).encode() not in (tmp_path / "claims.parquet").read_bytes()
    assert metadata.num_row_groups == 1
    assert {metadata.row_group(0).column(at).compression for at in range(metadata.num_columns)} == {"ZSTD"}


def test_a_file_states_the_hash_of_its_rows(tmp_path: Path) -> None:
    assert write_table(CLAIMS, tmp_path / "claims.parquet") == logical_hash(CLAIMS)
    assert footer_hash(tmp_path / "claims.parquet") == logical_hash(pq.read_table(tmp_path / "claims.parquet"))
    pq.write_table(CLAIMS, tmp_path / "of_somebody.parquet")
    assert footer_hash(tmp_path / "of_somebody.parquet") is None


@pytest.mark.parametrize(
    "other",
    [
        changed(CLAIMS, value=121.0),
        changed(CLAIMS, value=None),
        changed(CLAIMS, unit="km"),
        changed(CLAIMS, period_end=date(2021, 12, 30)),
        CLAIMS.slice(1),
        CLAIMS.take(list(reversed(range(CLAIMS.num_rows)))),
        CLAIMS.rename_columns(["other", *CLAIMS.column_names[1:]]),
        CLAIMS.select(CLAIMS.column_names[1:]),
        CLAIMS.cast(CLAIMS.schema.set(0, CLAIMS.schema.field(0).with_nullable(True))),
        CLAIMS.cast(CLAIMS.schema.set(0, pa.field("claim_id", pa.large_string(), nullable=False))),
    ],
    ids=["value", "null", "string", "date", "row less", "order", "name", "column less", "nullability", "type"],
)
def test_anything_that_differs_gives_another_hash(other: pa.Table) -> None:
    assert logical_hash(other) != logical_hash(CLAIMS)


def test_neighbouring_cells_do_not_run_into_each_other() -> None:
    first = pa.table({"a": ["河", "湾县"], "b": ["x", "y"]})
    second = pa.table({"a": ["河湾", "县"], "b": ["x", "y"]})
    assert logical_hash(first) != logical_hash(second)


def test_a_type_the_contract_does_not_know_has_no_hash() -> None:
    with pytest.raises(TypeError, match="the contract has no type for"):
        logical_hash(pa.table({"at": [datetime(2022, 3, 1, 12)], "raw": [b"bytes"]}))


def test_the_hash_of_a_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    assert file_hash(tmp_path / "empty") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
