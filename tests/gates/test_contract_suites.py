"""Every expectation that the contract implies turns red on a counterexample, and only what it touches turns red with it.

The counterexamples are small mutations of the valid world of ``builders``; the world itself is the neighbour that stays
green. Cases come from the contract: a column declared tomorrow has its counterexample tomorrow.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pytest

from expectations import contract
from expectations.adapter import run_contract
from expectations.rule import Result
from pipeline.contract import ALL, BY_NAME, Table
from pipeline.contract.codes import codes_of
from tests.gates.builders import World, changed, doubled, swapped, world

NO_SUCH = "no such value"
"""In no code list, in no key, and of no pattern: it holds spaces."""

Key = tuple[str, str]
"""An expectation of a suite: its type, and the column or foreign key it is about."""

COLUMNS: Key = ("columns_as_declared", "")
TYPES: Key = ("types_as_declared", "")
NULLABILITY: Key = ("nullability_as_declared", "")
SORTED: Key = ("sorted_by_key", "")
ROWS: Key = ("rows_at_least", "")


@dataclass(frozen=True)
class Case:
    """A mutation, the expectation that must see it, and the column that it touches (none: nothing else may turn red)."""

    table: str
    key: Key
    mutate: Callable[[World], World]
    touched: str | None = None
    core: bool = False
    note: str = ""

    def __str__(self) -> str:
        return "-".join(part for part in (self.table, *self.key, self.note) if part)


def key_of(result: Result) -> Key:
    """Which expectation a result is about."""
    if result.expectation == "foreign_key":
        seen = json.loads(result.observed)
        return "foreign_key", f"{seen['column']}>{seen['references']}"
    return result.expectation, result.column or ""


def gate(table: str, tables: World, core: bool = False) -> list[Result]:
    """The contract suite of one table on these tables."""
    needed = contract.tables_needed(BY_NAME[table])
    return run_contract(table, {name: tables[name] for name in sorted(needed)}, core)


def red(results: list[Result]) -> set[Key]:
    """What did not hold."""
    return {key_of(result) for result in results if not result.passed}


def in_table(table: str, change: Callable[[pa.Table], pa.Table]) -> Callable[[World], World]:
    """The world with one table changed."""
    return lambda tables: {**tables, table: change(tables[table])}


def in_cell(table: str, column: str, value: Any) -> Callable[[World], World]:
    """The world with another value in one column of a table's first row."""
    return in_table(table, lambda found: changed(found, **{column: value}))


def of_values(table: Table) -> Iterator[Case]:
    """A null, a code of no list, a string of no pattern, a figure beyond its limits, a key given twice."""
    for kind, arguments in contract.value_expectations(table):
        column = arguments.get("column", "")
        if kind in ("ExpectColumnValuesToBeUnique", "ExpectCompoundColumnsToBeUnique"):
            yield Case(table.name, (kind, column), in_table(table.name, doubled))
            continue
        values: dict[str, Any] = {"": NO_SUCH}
        if kind == "ExpectColumnValuesToNotBeNull":
            values = {"": None}
        elif kind == "ExpectColumnValuesToBeBetween":
            low, high = arguments["min_value"], arguments["max_value"]
            values = {"below": None if low is None else low - 1, "above": None if high is None else high + 1}
            values = {note: value for note, value in values.items() if value is not None}
        for note, value in values.items():
            yield Case(table.name, (kind, column), in_cell(table.name, column, value), column, note=note)


OTHER_TYPES = {
    pa.string(): pa.large_string(),
    pa.int64(): pa.int32(),
    pa.float64(): pa.float32(),
    pa.bool_(): pa.string(),
    pa.date32(): pa.date64(),
}


def other_type(found: pa.Table, column: str) -> pa.Table:
    """One column under another Arrow type that could pass for the declared one."""
    at = found.schema.get_field_index(column)
    field = found.schema.field(at)
    other = OTHER_TYPES[field.type]
    return found.set_column(at, field.with_type(other), found.column(at).cast(other))


def other_nullability(found: pa.Table) -> pa.Table:
    """The first column under a schema that says the opposite about nulls."""
    field = found.schema.field(0)
    return found.cast(found.schema.set(0, field.with_nullable(not field.nullable)))


def first_rows(table: Table, rows: int) -> Callable[[World], World]:
    """The world with only so many rows in one table."""
    return in_table(table.name, lambda found: found.slice(0, rows))


def of_file(table: Table) -> Iterator[Case]:
    """Other columns, types and nullability, rows out of order, too few rows."""
    names = [column.name for column in table.columns]
    for note, change in {
        "missing": lambda found: found.drop_columns(names[-1:]),
        "renamed": lambda found: found.rename_columns([*names[:-1], f"{names[-1]}_"]),
        "added": lambda found: found.append_column("added", pa.nulls(found.num_rows, pa.string())),
        "reordered": lambda found: found.select([*names[1:], names[0]]),
    }.items():
        yield Case(table.name, COLUMNS, in_table(table.name, change), note=note)
    kinds = {column.kind: column.name for column in table.columns}
    # Claims have columns of every kind; elsewhere one of them shows that types are compared.
    for kind, column in kinds.items() if table.name == "claims" else list(kinds.items())[:1]:
        yield Case(table.name, TYPES, in_table(table.name, lambda found, c=column: other_type(found, c)), note=kind)
    yield Case(table.name, NULLABILITY, in_table(table.name, other_nullability))
    yield Case(table.name, SORTED, in_table(table.name, swapped))
    if table.minimum_rows:
        yield Case(table.name, ROWS, first_rows(table, table.minimum_rows - 1), table.key[0], note="any-build")
    if table.core_rows:
        yield Case(
            table.name, ROWS, first_rows(table, min(1, table.core_rows - 1)), table.key[0], core=True, note="core"
        )


def of_foreign_keys(table: Table) -> Iterator[Case]:
    """A row that points to nothing, in the table itself or in an earlier one that points to it."""
    for child, column, parent, key in contract.foreign_keys(table):
        yield Case(
            table.name, ("foreign_key", f"{child}.{column}>{parent}.{key}"), in_cell(child, column, NO_SUCH), column
        )


def cases_of(table: Table) -> list[Case]:
    """All counterexamples for one suite."""
    return [*of_file(table), *of_values(table), *of_foreign_keys(table)]


def about(key: Key, case: Case) -> bool:
    """Whether an expectation is about what the mutation touched: the column, the key it is part of, or a reference by it.

    Rows that are missing are missed by every reference to them.
    """
    if case.touched is None:
        return False
    kind, subject = key
    if kind in ("sorted_by_key", "ExpectCompoundColumnsToBeUnique"):
        return case.touched in BY_NAME[case.table].key
    if kind == "foreign_key":
        return case.touched in {part.split(".")[1] for part in subject.split(">")} or case.key == ROWS
    return subject == case.touched


CANNOT_BE_TOLD = {COLUMNS: {TYPES, NULLABILITY, SORTED}}
"""With other columns than declared these cannot be looked at, and what was not looked at is red."""


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_the_valid_world_is_green_and_every_expectation_of_the_suite_has_a_counterexample(table: Table) -> None:
    results = gate(table.name, world())
    assert red(results) == set()
    counterexamples = {case.key for case in cases_of(table) if not case.core}
    assert {key_of(result) for result in results} == counterexamples
    assert [result.ordinal for result in results] == list(range(1, len(results) + 1))


@pytest.mark.parametrize("case", [case for table in ALL for case in cases_of(table)], ids=str)
def test_a_counterexample_turns_exactly_its_expectation_red(case: Case) -> None:
    found = red(gate(case.table, case.mutate(world()), case.core))
    assert case.key in found
    others = found - {case.key} - CANNOT_BE_TOLD.get(case.key, set())
    assert {key for key in others if not about(key, case)} == set()


@pytest.mark.parametrize("table", [table for table in ALL if table.core_rows], ids=lambda table: table.name)
def test_a_build_with_the_bundled_documents_needs_the_rows_they_give_and_no_more(table: Table) -> None:
    found = world()[table.name]
    copies = pa.concat_tables([found] * (table.core_rows // found.num_rows + 1))

    def enough(rows: int) -> bool:
        findings = run_contract(table.name, {**world(), table.name: copies.slice(0, rows)}, core=True)
        return next(result.passed for result in findings if result.expectation == "rows_at_least")

    assert enough(table.core_rows)
    assert not enough(table.core_rows - 1)


def test_no_pattern_and_no_code_list_knows_the_wrong_value() -> None:
    columns = [column for table in ALL for column in table.columns]
    assert not [column for column in columns if column.pattern and re.match(column.pattern, NO_SUCH)]
    assert not [column for column in columns if column.codes and NO_SUCH in codes_of(column.codes)]
