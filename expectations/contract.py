"""The suite that the contract implies for a table.

Values (nullability, codes, patterns, limits, the key) are judged by Great Expectations on the frame. What a frame cannot
tell is compared here with the Parquet file itself and reported as an expectation like the others: columns and their
order, Arrow types, nullability of the fields, the floor of rows, the sort order, foreign keys.
"""

from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.contract import BY_NAME, STAGES, Table, empty, schema
from pipeline.contract.codes import codes_of


def value_expectations(table: Table) -> list[tuple[str, dict[str, Any]]]:
    """Great Expectations types with their arguments, in the contract's order of columns."""
    suite: list[tuple[str, dict[str, Any]]] = []
    for column in table.columns:
        if not column.nullable:
            suite.append(("ExpectColumnValuesToNotBeNull", {"column": column.name}))
        if column.codes:
            suite.append(
                ("ExpectColumnValuesToBeInSet", {"column": column.name, "value_set": sorted(codes_of(column.codes))})
            )
        if column.pattern:
            suite.append(("ExpectColumnValuesToMatchRegex", {"column": column.name, "regex": column.pattern}))
        if column.minimum is not None or column.maximum is not None:
            limits = {"min_value": column.minimum, "max_value": column.maximum}
            suite.append(("ExpectColumnValuesToBeBetween", {"column": column.name, **limits}))
    if len(table.key) == 1:
        suite.append(("ExpectColumnValuesToBeUnique", {"column": table.key[0]}))
    else:
        suite.append(("ExpectCompoundColumnsToBeUnique", {"column_list": list(table.key)}))
    return suite


def file_findings(table: Table, found: pa.Table, core: bool) -> list[tuple[str, bool, dict[str, Any]]]:
    """(expectation, passed, observed) for what only the Arrow table shows. ``core``: the bundled documents are in the build.

    A table that may be empty has no expectation about its rows: one that cannot fail would say nothing.
    """
    expected = schema(table)
    floor = table.core_rows if core and table.core_rows else table.minimum_rows
    same_names = found.schema.names == expected.names
    wrong_types = [f.name for f in expected if same_names and found.schema.field(f.name).type != f.type]
    wrong_nulls = [f.name for f in expected if same_names and found.schema.field(f.name).nullable != f.nullable]
    findings: list[tuple[str, bool, dict[str, Any]]] = [
        ("columns_as_declared", same_names, {"columns": len(found.schema.names), "declared": len(expected.names)}),
        ("types_as_declared", same_names and not wrong_types, {"wrong": wrong_types}),
        ("nullability_as_declared", same_names and not wrong_nulls, {"wrong": wrong_nulls}),
        ("sorted_by_key", same_names and _is_sorted(table, found), {"key": list(table.key)}),
    ]
    if floor:
        findings.append(("rows_at_least", found.num_rows >= floor, {"rows": found.num_rows, "floor": floor}))
    return findings


def _is_sorted(table: Table, found: pa.Table) -> bool:
    columns = [found.column(part).to_pylist() for part in table.key]
    keys = list(zip(*columns, strict=True))
    if any(part is None for key in keys for part in key):
        return False
    return keys == sorted(keys)


def foreign_keys(table: Table) -> list[tuple[str, str, str, str]]:
    """(child, column, parent, key) checked with this table: its own, and those of earlier stages that point to it.

    A key is checked with whichever of the two tables is made later, the child where both are of one stage.
    """
    pairs = []
    for child in BY_NAME.values():
        for column in child.columns:
            if column.references is None:
                continue
            parent, key = column.references.split(".")
            parent_later = STAGES.index(BY_NAME[parent].stage) > STAGES.index(child.stage)
            if table.name == (parent if parent_later else child.name):
                pairs.append((child.name, column.name, parent, key))
    return pairs


def dangling(connection: duckdb.DuckDBPyConnection, child: str, column: str, parent: str, key: str) -> int:
    """Rows of ``child`` whose ``column`` is set and stands in no row of ``parent``."""
    found = connection.execute(
        f'SELECT count(*) FROM "{child}" AS c WHERE c."{column}" IS NOT NULL'
        f' AND NOT EXISTS (SELECT 1 FROM "{parent}" AS p WHERE p."{key}" = c."{column}")'
    ).fetchone()
    assert found is not None
    return int(found[0])


def questions(table: Table, core: bool) -> list[tuple[str, str | None]]:
    """(expectation, column) of everything the contract suite asks of a table, in order."""
    asked: list[tuple[str, str | None]] = [(kind, None) for kind, _, _ in file_findings(table, empty(table.name), core)]
    asked += [(kind, arguments.get("column")) for kind, arguments in value_expectations(table)]
    keys = foreign_keys(table)
    return asked + [("foreign_key", column if child == table.name else None) for child, column, _, _ in keys]


def tables_needed(table: Table) -> set[str]:
    """Every table that the contract suite of this one reads."""
    return {table.name} | {name for child, _, parent, _ in foreign_keys(table) for name in (child, parent)}


def view_of(tables: Mapping[str, pa.Table]) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection on which the tables are views."""
    connection = duckdb.connect()
    for name, found in tables.items():
        connection.register(name, found)
    return connection
