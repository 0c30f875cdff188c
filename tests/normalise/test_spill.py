"""Rows on disk come back by their key, and in the order they came in where that is one."""

from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.normalise import spill
from pipeline.normalise.spill import Spill

SCHEMA = pa.schema(
    [pa.field("name", pa.string(), False), pa.field("day", pa.date32()), pa.field("value", pa.float64())]
)


def rows(*values: tuple[str, float | None]) -> pa.Table:
    return pa.Table.from_pylist([{"name": name, "value": value} for name, value in values], SCHEMA)


@pytest.mark.parametrize("part", [1, 3, 1000])
def test_rows_are_sorted_by_code_point_and_then_as_they_came(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill, "PART", part)
    with Spill() as kept:
        kept.add("figures", rows(("乙", 1.0), ("a", 0.1 + 0.2), ("Z", None)))
        kept.add("figures", rows())
        kept.add("figures", rows(("乙", -1.0), ("甲", 1e300), ("乙", 0.0)))
        found = kept.sorted("figures", SCHEMA, ("name",)).read_all()
    assert found.schema == SCHEMA
    assert found.column("name").to_pylist() == sorted(["乙", "a", "Z", "乙", "甲", "乙"])
    assert found.column("value").to_pylist() == [None, 0.1 + 0.2, 1.0, -1.0, 0.0, 1e300]


def test_a_table_without_rows_is_empty() -> None:
    with Spill() as kept:
        kept.add("figures", rows())
        assert kept.sorted("figures", SCHEMA, ("name",)).read_all() == SCHEMA.empty_table()
        assert kept.sorted("others", SCHEMA, ("name",)).read_all() == SCHEMA.empty_table()


def test_nothing_is_left_on_the_disk_also_after_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(spill, "PART", 1)
    with pytest.raises(KeyError), Spill() as kept:
        kept.add("figures", rows(("a", 1.0)))
        assert any(tmp_path.iterdir())
        raise KeyError
    assert not any(tmp_path.iterdir())
