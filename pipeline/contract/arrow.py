"""Arrow projection of the contract: schemas, and tables built from rows in the contract's order."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
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
    taken = list(rows)
    for row in taken:
        if not row.keys() <= names:
            raise ValueError(
                f"{table}: the contract has no column {', '.join(sorted(str(name) for name in row.keys() - names))}"
            )
    columns = {c.name: [row.get(c.name) for row in taken] for c in declared.columns}
    empty = [c.name for c in declared.columns if not c.nullable and None in columns[c.name]]
    for row in taken if empty else ():
        if missing := [name for name in empty if row.get(name) is None]:
            raise ValueError(f"{table}: no value for {', '.join(missing)} in {dict(row)}")
    return _sorted(declared, columns)


def build_columns(table: str, columns: Mapping[str, Sequence[Any]]) -> pa.Table:
    """As ``build``, from all columns of the table, equally long: a dictionary for each row of the largest tables took longer
    than what is in them. Raises ValueError as ``build`` does, KeyError where a column is missing."""
    declared = BY_NAME[table]
    if unknown := columns.keys() - {c.name for c in declared.columns}:
        raise ValueError(f"{table}: the contract has no column {', '.join(sorted(unknown))}")
    for column in declared.columns:
        if not column.nullable and None in columns[column.name]:
            raise ValueError(f"{table}: no value for {column.name}")
    return _sorted(declared, columns)


def _sorted(declared: Table, columns: Mapping[str, Sequence[Any]]) -> pa.Table:
    keys = list(zip(*(columns[part] for part in declared.key), strict=True))
    if any(one > other for one, other in pairwise(keys)):
        order = sorted(range(len(keys)), key=keys.__getitem__)
        columns = {name: [values[index] for index in order] for name, values in columns.items()}
    made = schema(declared)
    try:
        return pa.Table.from_arrays([pa.array(columns[field.name], field.type) for field in made], schema=made)
    except pa.ArrowException as error:
        raise ValueError(f"{declared.name}: {error}") from error
