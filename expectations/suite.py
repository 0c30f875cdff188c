"""The suite of a table: everything its gate asks, and what was seen, as findings for the adapter to judge."""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from expectations.contract import foreign_keys, value_expectations
from expectations.counts import Counted, count, count_files, looked_up
from expectations.rule import Rule, Severity
from expectations.tables import Tables
from expectations.violations import RAISED, violations_of
from pipeline.contract import BY_NAME, Table, empty

SHOWN = 3
"""Violations that are named."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One expectation and what was seen. ``violations``: how much goes against it, at least 1 where it could not look; ``named``: some of
    these by their keys, never by a text."""

    table: str
    check: str
    severity: Severity
    expectation: str
    column: str | None
    violations: int
    observed: Mapping[str, Any]
    named: tuple[str, ...] = ()


def contract_findings(name: str, tables: Tables, core: bool = False, counted: Counted | None = None) -> list[Finding]:
    """What the contract asks of table ``name``. ``tables`` holds those that ``contract.tables_needed`` names; ``core``: the bundled
    documents are in the build; ``counted``: the table as it was counted in the parts that it lies in, where that was done as these were made."""
    table = BY_NAME[name]
    counted = looked_up(table, counted or count_files(table, tables), tables)
    found = [*_of_file(table, counted, core)]
    if counted.wrong_types is not None:
        found += [*_of_values(table, counted), *_of_foreign_keys(table, tables)]
    return [Finding(name, "contract", "error", *one) for one in found]


_Found = tuple[str, str | None, int, Mapping[str, Any]]
"""Expectation, column, violations, what was seen."""


def _of_file(table: Table, counted: Counted, core: bool) -> Iterator[_Found]:
    """Columns, types, order, floor of rows. A table that may be empty has no expectation about its rows: one that cannot fail would say nothing."""
    types, nulls = counted.wrong_types, counted.wrong_nulls
    columns = {"columns": counted.columns, "declared": len(table.columns)}
    yield "columns_as_declared", None, int(types is None), columns
    yield "types_as_declared", None, 1 if types is None else len(types), {"wrong": list(types or ())}
    yield "nullability_as_declared", None, 1 if nulls is None else len(nulls), {"wrong": list(nulls or ())}
    yield "sorted_by_key", None, int(not counted.in_order), {"key": list(table.key)}
    floor = table.core_rows if core and table.core_rows else table.minimum_rows
    if floor:
        yield "rows_at_least", None, max(floor - counted.rows, 0), {"rows": counted.rows, "floor": floor}


def _of_values(table: Table, counted: Counted) -> Iterator[_Found]:
    for (kind, arguments), seen in zip(value_expectations(table), counted.values, strict=True):
        column = arguments.get("column")
        if seen.unexpected is None:
            yield kind, column, 1, {"error": "the expectation raised"}
            continue
        told = {"element_count": counted.rows, "unexpected_count": seen.unexpected}
        if kind != "ExpectColumnValuesToNotBeNull":
            told["missing_count"] = seen.missing
        yield kind, column, seen.unexpected, told


def _of_foreign_keys(table: Table, tables: Tables) -> Iterator[_Found]:
    """Rows that point to nothing. A key that cannot be looked up (the other table lacks the column) counts as one."""
    for child, column, parent, key in foreign_keys(table):
        about = {"column": f"{child}.{column}", "references": f"{parent}.{key}"}
        own = column if child == table.name else None
        try:
            dangling = tables.number(
                f'SELECT count(*) FROM "{child}" AS c ANTI JOIN "{parent}" AS p ON p."{key}" = c."{column}"'
                f' WHERE c."{column}" IS NOT NULL'
            )
            yield "foreign_key", own, dangling, {**about, "dangling": dangling}
        except duckdb.Error as error:
            yield "foreign_key", own, 1, {**about, "error": type(error).__name__}


def rule_finding(rule: Rule, tables: Tables) -> Finding:
    """A domain rule, asked of the tables."""
    return finding_of(rule, violations_of(rule, tables), tables.rows(rule.table))


def finding_of(rule: Rule, found: Iterable[Mapping[str, Any]], seen: int) -> Finding:
    """A domain rule with what violates it, and that it looked at something (``seen`` rows) where the table must hold rows."""
    violations, raised = 0, set[str]()

    def named() -> Iterator[str]:
        nonlocal violations
        for row in found:
            if RAISED in row:
                raised.add(str(row[RAISED]))
            violations += 1
            yield ", ".join(f"{name} {value}" for name, value in row.items()) or "a row without a key"

    shown = heapq.nsmallest(SHOWN, named())
    about = (rule.table, rule.name, rule.severity, rule.name, None)
    if raised:
        return Finding(*about, violations, {"error": min(raised), "looked_at": seen})
    blind = seen == 0 and BY_NAME[rule.table].minimum_rows > 0
    return Finding(*about, violations + blind, {"violations": violations, "looked_at": seen}, tuple(shown))


def questions(table: Table, core: bool) -> list[tuple[str, str | None]]:
    """(expectation, column) of everything the contract suite asks of a table, in order."""
    nothing = count(table, empty(table.name))
    asked: list[tuple[str, str | None]] = [(kind, column) for kind, column, *_ in _of_file(table, nothing, core)]
    asked += [(kind, arguments.get("column")) for kind, arguments in value_expectations(table)]
    keys = foreign_keys(table)
    return asked + [("foreign_key", column if child == table.name else None) for child, column, _, _ in keys]
