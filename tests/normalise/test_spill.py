"""Rows on disk come back by their key, and in the order they came in where that is one."""

from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.normalise import spill
from pipeline.normalise.spill import Spill, in_order, spilled

SCHEMA = pa.schema(
    [pa.field("name", pa.string(), False), pa.field("day", pa.date32()), pa.field("value", pa.float64())]
)


def rows(*values: tuple[str, float | None]) -> pa.Table:
    return pa.Table.from_pylist([{"name": name, "value": value} for name, value in values], SCHEMA)


@pytest.mark.parametrize("part", [1, 3, 1000])
def test_rows_are_sorted_by_code_point_and_then_as_they_came(
    part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spill, "PART", part)
    first, second = folders(tmp_path)
    with Spill(first) as kept:
        kept.add("figures", rows(("乙", 1.0), ("a", 0.1 + 0.2), ("Z", None)))
        kept.add("figures", rows())
        kept.add("figures", rows(("乙", -1.0), ("甲", 1e300)))
    with Spill(second) as kept:
        kept.add("figures", rows(("乙", 0.0)))
    found = in_order(spilled([first, second], "figures"), SCHEMA, ("name",)).read_all()
    assert found.schema == SCHEMA
    assert found.column("name").to_pylist() == sorted(["乙", "a", "Z", "乙", "甲", "乙"])
    assert found.column("value").to_pylist() == [None, 0.1 + 0.2, 1.0, -1.0, 0.0, 1e300]
    some = in_order(spilled([second, first], "figures"), SCHEMA, ("name",), ("a", "乙")).read_all()
    assert some.column("value").to_pylist() == [0.1 + 0.2, 0.0, 1.0, -1.0]


def test_a_table_without_rows_is_empty(tmp_path: Path) -> None:
    with Spill(tmp_path) as kept:
        kept.add("figures", rows())
    assert spilled([tmp_path], "figures") == spilled([tmp_path], "others") == []
    assert in_order([], SCHEMA, ("name",)).read_all() == SCHEMA.empty_table()


def test_sorting_leaves_nothing_on_the_disk_also_where_it_is_broken_off(tmp_path: Path) -> None:
    with Spill(tmp_path) as kept:
        kept.add("figures", rows(*((str(n), None) for n in range(5000))))
    reader = in_order(spilled([tmp_path], "figures"), SCHEMA, ("name",))
    assert reader.read_next_batch().num_rows
    assert len(list(tmp_path.iterdir())) == 2
    reader.close()
    del reader
    assert [path.name for path in tmp_path.iterdir()] == ["figures.parquet"]


def folders(place: Path) -> tuple[Path, Path]:
    first, second = place / "1", place / "2"
    first.mkdir()
    second.mkdir()
    return first, second
