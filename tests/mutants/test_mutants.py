"""The gates see the faults they are there for: a sample on the tables of figures, and the matrix of all tables as committed."""

from pathlib import Path

import pyarrow as pa
import pytest

from expectations.gates import run_gate
from pipeline.contract import BY_NAME, PUBLISHED
from tests.mutants.base import green_tables
from tests.mutants.judge import Judge, remembering
from tests.mutants.matrix import (
    LEAST,
    NO_SURVIVOR,
    OF_TABLES,
    PAGE,
    Cell,
    demanded,
    page,
    read_matrix,
    read_reasons,
    shape,
    shortcomings,
)
from tests.mutants.operators import KINDS, Kind, drawn
from tests.mutants.run import survivors

EACH, SEED = 4, 2
OTHERS = [kind.name for kind in KINDS if kind.name not in NO_SURVIVOR]

Tables = dict[str, pa.Table]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return green_tables(tmp_path_factory.mktemp("green"))


@pytest.fixture(scope="module")
def judge(tables: Tables) -> Judge:
    return Judge(tables)


@pytest.mark.parametrize("kind", NO_SURVIVOR)
@pytest.mark.parametrize("table", OF_TABLES)
def test_no_fault_of_a_figure_survives(table: str, kind: str, judge: Judge) -> None:
    with remembering():
        cell, alive = survivors(judge, table, kind, EACH, SEED, bounded_last=False)
    assert [str(site) for site in alive] == []
    assert cell.applied == EACH or (table, kind) == ("observations", "offsets shifted")


@pytest.mark.parametrize("table", OF_TABLES)
def test_hardly_any_other_fault_survives(table: str, judge: Judge) -> None:
    with remembering():
        found = [survivors(judge, table, kind, EACH, SEED, bounded_last=False)[0] for kind in OTHERS]
    applied = sum(cell.applied for cell in found)
    assert applied >= EACH * 7
    assert sum(cell.killed for cell in found) >= LEAST * applied


def test_the_gates_are_green_before_a_fault_is_put_in(tables: Tables) -> None:
    for table in OF_TABLES:
        results = run_gate(table, tables.__getitem__, core=True)
        assert [r.check for r in results if r.severity == "error" and not r.passed] == []


@pytest.mark.parametrize("kind", ["place swapped", "value x10", "target as fact"])
def test_what_the_judge_calls_killed_is_a_red_gate(kind: str, tables: Tables) -> None:
    """The whole gate, with nothing remembered, says what the judge says after the first red check."""
    (asked,) = (one for one in KINDS if one.name == kind)
    (site,) = drawn(asked, BY_NAME["claims"], tables, 1, SEED)
    faulty = {**tables, "claims": site.faulty()}
    killer = Judge(tables).killer("claims", faulty["claims"])
    assert killer is not None
    results = run_gate(killer.table, faulty.__getitem__, core=True)
    name = killer.rule.name if killer.rule else "contract"
    assert name in [result.check for result in results if result.severity == "error" and not result.passed]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_fault_changes_its_table_and_is_the_same_for_the_same_seed(kind: Kind, tables: Tables) -> None:
    seen = 0
    for table in PUBLISHED:
        sites, again = (drawn(kind, table, tables, 2, SEED) for _ in range(2))
        assert [str(site) for site in sites] == [str(site) for site in again]
        for site, other in zip(sites, again, strict=True):
            faulty = site.faulty()
            assert not faulty.equals(tables[table.name]), f"{table.name}: {site}"
            assert faulty.equals(other.faulty())
            seen += 1
    assert seen


def test_ends_of_ranges_and_texts_are_among_the_faults(tables: Tables) -> None:
    by_name = {kind.name: kind for kind in KINDS}
    parts = {site.part for site in drawn(by_name["value x10"], BY_NAME["claims"], tables, 20, 1)}
    assert {"value", "value_low", "value_high", "resolution"} <= parts
    garbled = {site.part for site in drawn(by_name["encoding broken"], BY_NAME["claims"], tables, 20, 1)}
    assert {"indicator_text", "quote", "context"} <= garbled


def test_the_committed_matrix_is_of_the_tables_and_kinds_there_are_and_meets_what_is_demanded() -> None:
    assert shortcomings(read_matrix(), read_reasons()) == []


def test_the_page_shows_the_committed_matrix() -> None:
    assert Path(PAGE).read_text(encoding="utf-8") == page(read_matrix(), read_reasons())


def test_a_matrix_that_falls_short_is_told() -> None:
    full = [Cell(table, kind, 10, 10, 10) for table, kind in shape()]
    assert shortcomings(full, {}) == []
    assert "run `make mutants`" in shortcomings(full[1:], {})[0]
    at = shape().index(("claims", "value x10"))
    (none_may, no_reason) = shortcomings([*full[:at], Cell("claims", "value x10", 10, 9, 9), *full[at + 1 :]], {})
    assert none_may == "claims, value x10: none may survive" and "without a reason" in no_reason
    assert demanded("claims", "value x10") and not demanded("claims", "row dropped")
    assert shortcomings(full, {("codes", "row dropped"): "why"}) == ["codes, row dropped: a reason, and no survivor"]
    few = [Cell(cell.table, cell.kind, 10, 9, 9) for cell in full]
    assert shortcomings(few, dict.fromkeys(shape(), "why"))[-1].endswith("less than 95%")
