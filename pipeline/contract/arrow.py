"""Arrow projection of the contract: schemas, and tables built from rows in the contract's order.

Arrow is imported when the first table is made: a tenth of a second that the help, and the claims of one document, do without.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pipeline.contract.model import Table
from pipeline.contract.tables import BY_NAME

if TYPE_CHECKING:
    import pyarrow as pa


def schema(table: str | Table) -> "pa.Schema":
    """Arrow schema of a table, columns in contract order with their nullability."""
    import pyarrow as pa

    from pipeline.contract.columns import ARROW_TYPES

    declared = BY_NAME[table] if isinstance(table, str) else table
    return pa.schema([pa.field(c.name, ARROW_TYPES[c.kind], nullable=c.nullable) for c in declared.columns])


def key_of(table: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The key of a row, in whose order the rows of the table stand."""
    return tuple(row[part] for part in BY_NAME[table].key)


def filled(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with all columns of the table, None where it lacks one."""
    return {column.name: row.get(column.name) for column in BY_NAME[table].columns}


def empty(table: str) -> "pa.Table":
    """The table with no rows."""
    return schema(table).empty_table()


def build(table: str, rows: Iterable[Mapping[str, Any]]) -> "pa.Table":
    """Rows as an Arrow table with the contract's schema, sorted by the table's key.

    Raises ValueError where a row has a column the contract does not declare, lacks a non-nullable one, or holds a value
    of another type: a misspelt column must not vanish in silence.
    """
    taken = list(rows)
    made = unsorted(table, taken)
    return _sorted(table, made, [key_of(table, row) for row in taken])


def build_columns(table: str, columns: Mapping[str, Sequence[Any]]) -> "pa.Table":
    """As ``build``, from all columns of the table, equally long: a dictionary for each row of the largest tables took longer
    than what is in them. Raises ValueError as ``build`` does, KeyError where a column is missing."""
    if unknown := columns.keys() - set(schema(table).names):
        raise ValueError(f"{table}: the contract has no column {', '.join(sorted(unknown))}")
    keys = list(zip(*(columns[part] for part in BY_NAME[table].key), strict=True))
    return _sorted(table, of_columns(table, columns), keys)


def _sorted(table: str, made: "pa.Table", keys: Sequence[tuple[Any, ...]]) -> "pa.Table":
    """The rows in the order of their keys."""
    if all(one <= other for one, other in pairwise(keys)):
        return made
    import pyarrow as pa

    from pipeline.contract.columns import column

    order = sorted(range(len(keys)), key=keys.__getitem__)
    return made.take(column(order, pa.int64()))


def unsorted(table: str, rows: Sequence[Mapping[str, Any]]) -> "pa.Table":
    """As ``build``, the rows in the order given."""
    declared = schema(table)
    names = frozenset(declared.names)
    if unknown := frozenset().union(*(row.keys() - names for row in rows if not row.keys() <= names)):
        raise ValueError(f"{table}: the contract has no column {', '.join(sorted(unknown))}")
    return of_columns(table, {name: [row.get(name) for row in rows] for name in declared.names})


def of_columns(table: str, columns: Mapping[str, Sequence[Any]]) -> "pa.Table":
    """All columns of a table, each a value a row, as an Arrow table with the contract's schema, the rows in the order given.

    Raises ValueError where a column lacks a value that may not be null, or holds one of another type; KeyError where a
    column is missing.
    """
    import pyarrow as pa

    from pipeline.contract.columns import column

    declared = schema(table)
    arrays = []
    for field in declared:
        values = columns[field.name]
        try:
            made = column(values, field.type)
        except (pa.ArrowException, ValueError) as error:
            raise ValueError(f"{table}: {error}") from error
        if made.null_count and not field.nullable:
            at = next(at for at, value in enumerate(values) if value is None)
            row = {name: others[at] for name, others in columns.items()}
            raise ValueError(f"{table}: no value for {field.name} in {row}")
        arrays.append(made)
    return pa.Table.from_arrays(arrays, schema=declared)
