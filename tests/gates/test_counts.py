"""Counts of parts added up are those of the whole table, and a gate says of files what it says of tables in memory."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations import tables as module
from expectations.adapter import run_contract
from expectations.counts import Counted, added, count
from expectations.gates import Judged, run_gate
from expectations.tables import Tables, are_among
from pipeline.contract import ALL, BY_NAME, Table
from tests.gates.builders import doubled, swapped, world

CLAIMS = BY_NAME["claims"]
NAMES = [table.name for table in ALL]


def halves(table: pa.Table, at: int) -> list[pa.Table]:
    """A table cut in two."""
    return [table.slice(0, at), table.slice(at)]


def in_files(folder: Path, tables: Mapping[str, pa.Table]) -> dict[str, list[Path]]:
    """Tables kept in two files each, the smaller half first."""
    kept: dict[str, list[Path]] = {}
    for name, table in tables.items():
        for number, half in enumerate(halves(table, table.num_rows // 3)):
            kept.setdefault(name, []).append(folder / f"{name}.{number}.parquet")
            pq.write_table(half, kept[name][-1])
    return kept


def contract_of(table: Table, parts: list[pa.Table]) -> dict[str, tuple[bool, str]]:
    """What the contract suite of a table says by its counts in parts: expectation and column → passed and observed."""
    tables = {**world(), table.name: pa.concat_tables(parts)}
    results = run_contract(table.name, tables, parts=[count(table, part) for part in parts])
    return {f"{result.ordinal} {result.expectation}": (result.passed, result.observed) for result in results}


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_counts_of_parts_are_those_of_the_whole(table: Table) -> None:
    found = world()[table.name]
    for at in range(found.num_rows + 1)[:: max(found.num_rows // 4, 1)]:
        assert added([count(table, half) for half in halves(found, at)], ordered=True) == count(table, found)


def test_counts_come_back_out_of_json_as_they_went_in() -> None:
    counted = count(CLAIMS, world()["claims"])
    assert Counted.read(json.loads(json.dumps(counted.told()))) == counted


def test_a_key_that_stands_in_two_parts_is_told_once_for_each_row() -> None:
    claims = world()["claims"]
    seen = contract_of(CLAIMS, [claims, claims.slice(1, 2)])
    (unique,) = (value for name, value in seen.items() if name.endswith("ExpectCompoundColumnsToBeUnique"))
    assert unique == (False, '{"element_count":8,"missing_count":0,"unexpected_count":4}')


def test_documents_follow_one_another_from_part_to_part_and_other_keys_need_not() -> None:
    passages, corrections = world()["passages"], world()["corrections"]
    for name, table, holds in (("passages", passages, False), ("corrections", corrections, True)):
        seen = contract_of(BY_NAME[name], halves(table, 1)[::-1])
        assert seen["4 sorted_by_key"][0] is holds
    assert contract_of(BY_NAME["corrections"], [swapped(corrections)])["4 sorted_by_key"][0] is False


def test_parts_with_other_columns_are_told() -> None:
    claims = world()["claims"]
    seen = contract_of(CLAIMS, [claims.slice(0, 0), claims])
    other = added([count(CLAIMS, claims), count(CLAIMS, claims.drop_columns(["fault"]))], ordered=True)
    assert all(passed for passed, _ in seen.values())
    assert (other.columns, other.wrong_types, other.values) == (len(CLAIMS.columns) - 1, None, ())


@pytest.mark.parametrize("name", NAMES)
def test_a_gate_says_of_files_what_it_says_of_tables(name: str, tmp_path: Path) -> None:
    for tables in (world(), {**world(), name: doubled(world()[name])}):
        kept = in_files(tmp_path, tables)
        assert run_gate(name, kept.__getitem__) == run_gate(name, tables.__getitem__)


def test_what_was_judged_in_parts_is_not_looked_at_again() -> None:
    tables = world()
    found = {"offsets_in_passage": [{"source_id": "kreis", "claim_id": "kreis:1-2"}]}
    counts = {"claims": [count(CLAIMS, half) for half in halves(tables["claims"], 2)]}
    results = {r.check: r for r in run_gate("claims", tables.__getitem__, judged=Judged(counts, found))}
    assert json.loads(results["offsets_in_passage"].observed) == {"looked_at": 6, "violations": 1}
    elsewhere = {r.check: r for r in run_gate("claims", tables.__getitem__, judged=Judged({}, found))}
    assert elsewhere["offsets_in_passage"].passed, "a table that lies in no part is looked at"


def test_some_rows_are_read_and_the_others_are_not(tmp_path: Path) -> None:
    passages = world()["passages"]
    names = passages["source_id"].to_pylist()
    for tables in (Tables({"passages": passages}), Tables(in_files(tmp_path, {"passages": passages}))):
        kept = tables.only("passages", "source_id", names[:1])
        assert kept.equals(passages.filter(pa.array([name == names[0] for name in names])))
        assert tables["passages"].equals(passages)
        assert (tables.rows("passages"), tables.number("SELECT count(*) FROM passages")) == (len(names), len(names))
        assert are_among(names, tables.stream("passages", ["source_id"]))
        assert not are_among([*names, "none"], tables.stream("passages", ["source_id"]))


def test_what_does_not_fit_into_memory_goes_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = pa.array(f"{number * 7919 % 300_000:06}" for number in range(300_000))
    kept = {"figures": [tmp_path / "figures.parquet"]}
    pq.write_table(pa.table({"name": names, "told": names}), *kept["figures"])
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    query = "SELECT name, told FROM figures ORDER BY name"
    monkeypatch.setattr(module, "MEMORY_PER_ROW", 0)
    for memory, on_disk in ((16_000_000, True), (160_000_000, False)):
        monkeypatch.setattr(module, "MEMORY", memory)
        tables = Tables(kept)
        answers = tables.answers(query)
        found = [next(answers)["name"]]
        assert any(file.stat().st_size for file in tmp_path.glob("gates-*/*")) is on_disk
        assert found + [row["name"] for row in answers] == sorted(names.to_pylist())
        del answers, tables


def test_the_bound_of_memory_follows_the_rows_of_the_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passages = world()["passages"]
    monkeypatch.setattr(module, "MEMORY", 1 << 30)
    monkeypatch.setattr(module, "MEMORY_PER_ROW", 1 << 30)

    def bound(tables: Tables) -> Any:
        return tables.sql("SELECT current_setting('memory_limit')").fetchall()

    file = tmp_path / "passages.parquet"
    for copies in (1, 9):
        pq.write_table(passages, file)
        assert bound(Tables({"passages": [file] * copies})) == [(f"{1 + copies * passages.num_rows}.0 GiB",)]


def test_tables_in_memory_share_a_database_and_no_rows() -> None:
    one, other = (Tables({"figures": pa.table({"n": [n]})}) for n in (1, 2))
    assert (one.number("SELECT n FROM figures"), other.number("SELECT n FROM figures")) == (1, 2)
    more = {"added": pa.table({"n": [5]})}
    assert one.sql("SELECT f.n + a.n FROM figures f, added a", **more).fetchall() == [(6,)]
    with pytest.raises(duckdb.CatalogException):
        other.sql("SELECT * FROM added")
    assert one.number("SELECT n FROM figures") == 1
