"""Arrow projection of the contract: schemas, and tables built from rows in the contract's order."""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from pipeline.contract.model import Table
from pipeline.contract.tables import BY_NAME

ARROW_TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
}


def schema(table: str | Table) -> pa.Schema:
    """Arrow schema of a table, columns in contract order with their nullability."""
    declared = BY_NAME[table] if isinstance(table, str) else table
    return pa.schema([pa.field(c.name, ARROW_TYPES[c.kind], nullable=c.nullable) for c in declared.columns])


def empty(table: str) -> pa.Table:
    """The table with no rows."""
    return schema(table).empty_table()


def build(table: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows as an Arrow table with the contract's schema, sorted by the table's key.

    Raises ValueError where a row has a column the contract does not declare, lacks a non-nullable one, or holds a value
    of another type: a misspelt column must not vanish in silence.
    """
    declared = BY_NAME[table]
    names = {c.name for c in declared.columns}
    required = [c.name for c in declared.columns if not c.nullable]
    taken = []
    for row in rows:
        if unknown := row.keys() - names:
            raise ValueError(f"{table}: the contract has no column {', '.join(sorted(unknown))}")
        if missing := [name for name in required if row.get(name) is None]:
            raise ValueError(f"{table}: no value for {', '.join(missing)} in {dict(row)}")
        taken.append({c.name: row.get(c.name) for c in declared.columns})
    taken.sort(key=lambda row: tuple(row[part] for part in declared.key))
    try:
        return pa.Table.from_pylist(taken, schema=schema(declared))
    except pa.ArrowException as error:
        raise ValueError(f"{table}: {error}") from error
