"""What the contract asks of a table's rows, counted: values that are missing, unknown or out of bounds, keys out of order or given twice.

Counts of parts are added up, so each part of a table is looked at once, where it is made, and the table never as a whole.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from expectations.contract import value_expectations
from expectations.tables import File, Tables
from pipeline.contract import BY_NAME, Table, schema

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one expectation about values saw: rows that lack a value, and rows that go against it; None where it could not look."""

    missing: int
    unexpected: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A table, or a part of one.

    ``columns``: their number; ``wrong_types`` and ``wrong_nulls``: names of columns declared otherwise, all None where other columns
    are declared. ``values``: what the expectations of :func:`value_expectations` saw, in order. ``in_order``: whether each row's key is at
    least that of the row before; ``first`` and ``last``: keys of these rows. ``apart``: whether keys given twice could all be counted.
    """

    rows: int
    columns: int
    wrong_types: tuple[str, ...] | None
    wrong_nulls: tuple[str, ...] | None
    values: tuple[Seen, ...]
    in_order: bool
    first: Key | None
    last: Key | None
    apart: bool = True

    def told(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    @staticmethod
    def read(told: Mapping[str, Any]) -> "Counted":
        """What :meth:`told` gave, out of JSON."""
        tuples: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in told.items()
        }
        tuples["values"] = tuple(Seen(**seen) for seen in told["values"])
        return Counted(**tuples)


@cache
def _suite(name: str) -> list[tuple[str, dict[str, Any]]]:
    return value_expectations(BY_NAME[name])


def count(table: Table, found: pa.Table) -> Counted:
    """Look at the rows of a table, or of a part of it."""
    declared = schema(table)
    if found.schema.names != declared.names:
        return Counted(found.num_rows, found.num_columns, None, None, (), False, None, None)
    fields = [(found.schema.field(field.name), field) for field in declared]
    key = found.select(list(table.key)).combine_chunks()
    in_order, doubled = _order(key)
    values = []
    for kind, arguments in _suite(table.name):
        if kind in KEYS:
            values.append(doubled)
        else:
            values.append(_seen(kind, arguments, found.column(arguments["column"])))
    return Counted(
        found.num_rows,
        found.num_columns,
        tuple(field.name for field, wanted in fields if field.type != wanted.type),
        tuple(field.name for field, wanted in fields if field.nullable != wanted.nullable),
        tuple(values),
        in_order,
        _at(key, 0),
        _at(key, -1),
    )


def _at(key: pa.Table, row: int) -> Key | None:
    return tuple(column[row].as_py() for column in key.columns) if key.num_rows else None


KEYS = ("ExpectColumnValuesToBeUnique", "ExpectCompoundColumnsToBeUnique")


def _order(key: pa.Table) -> tuple[bool, Seen]:
    """Whether rows stand in the order of their keys, all of which are whole; and keys given more than once."""
    columns = key.columns
    before = [column.slice(0, max(key.num_rows - 1, 0)) for column in columns]
    after = [column.slice(1) for column in columns]
    behind, same = pa.scalar(False), pa.scalar(True)
    for one, other in zip(before, after, strict=True):
        behind = pc.or_(behind, pc.and_(same, pc.greater(one, other)))
        same = pc.and_(same, pc.equal(one, other))
    whole = not any(column.null_count for column in columns)
    in_order = whole and not pc.any(behind, min_count=0).as_py()
    if in_order and not pc.any(same, min_count=0).as_py():
        return True, Seen(0, 0)
    empty = pa.scalar(True)
    for column in columns:
        empty = pc.and_(empty, pc.is_null(column))
    given = key.filter(pc.invert(empty))
    groups = given.group_by(given.schema.names).aggregate([([], "count_all")])["count_all"]
    doubled = pc.sum(groups.filter(pc.greater(groups, 1)), min_count=0).as_py()
    return in_order, Seen(key.num_rows - given.num_rows, doubled)


def _seen(kind: str, arguments: Mapping[str, Any], column: pa.ChunkedArray) -> Seen:
    """What an expectation sees in a column. A null is missing, never against a set, a pattern or limits."""
    missing = column.null_count
    if kind == "ExpectColumnValuesToNotBeNull":
        return Seen(0, missing)
    try:
        return Seen(missing, AGAINST[kind](arguments, column.drop_null()))
    except pa.ArrowException:
        return Seen(missing, None)


def _not_in_set(arguments: Mapping[str, Any], column: pa.ChunkedArray) -> int:
    known = pa.array(arguments["value_set"], column.type)
    return len(column) - _true(pc.is_in(column, known))


def _not_of_pattern(arguments: Mapping[str, Any], column: pa.ChunkedArray) -> int:
    pattern = re.compile(arguments["regex"])
    return sum(pattern.search(value) is None for value in column.cast(pa.string()).to_pylist())


def _beyond_limits(arguments: Mapping[str, Any], column: pa.ChunkedArray) -> int:
    within: Any = pa.scalar(True)
    if arguments["min_value"] is not None:
        within = pc.and_(within, pc.greater_equal(column, arguments["min_value"]))
    if arguments["max_value"] is not None:
        within = pc.and_(within, pc.less_equal(column, arguments["max_value"]))
    return len(column) - _true(within)


AGAINST: Mapping[str, Callable[[Mapping[str, Any], pa.ChunkedArray], int]] = {
    "ExpectColumnValuesToBeInSet": _not_in_set,
    "ExpectColumnValuesToMatchRegex": _not_of_pattern,
    "ExpectColumnValuesToBeBetween": _beyond_limits,
}


def _true(values: Any) -> int:
    return int(pc.sum(values, min_count=0).as_py())


def added(parts: Sequence[Counted], ordered: bool) -> Counted:
    """Counts of a table from those of its parts, one at least, in the order of its rows. ``ordered``: whether each part must follow the one before.

    Keys that stand in two parts are told only where each part ends before the next one begins; else ``apart`` is False.
    """
    ends = [(part.first, part.last) for part in parts if part.first and part.last]
    in_order = all(part.in_order for part in parts)
    # A key that lacks a value has no place in the order.
    follow = in_order and all(last <= first for (_, last), (first, _) in pairwise(ends))
    apart = follow and all(last != first for (_, last), (first, _) in pairwise(ends))
    known = [part for part in parts if part.wrong_types is not None]
    first = parts[0]
    return Counted(
        sum(part.rows for part in parts),
        next((part.columns for part in parts if part.wrong_types is None), first.columns),
        _either([part.wrong_types for part in parts]),
        _either([part.wrong_nulls for part in parts]),
        tuple(map(_sum, zip(*(part.values for part in known), strict=True))) if len(known) == len(parts) else (),
        in_order and (follow or not ordered),
        next((part.first for part in parts if part.rows), None),
        next((part.last for part in reversed(parts) if part.rows), None),
        all(part.apart for part in parts) and (len(parts) == 1 or apart),
    )


def _either(names: Sequence[tuple[str, ...] | None]) -> tuple[str, ...] | None:
    if any(some is None for some in names):
        return None
    return tuple(dict.fromkeys(name for some in names if some is not None for name in some))


def _sum(seen: Sequence[Seen]) -> Seen:
    unexpected = [one.unexpected for one in seen]
    known = [number for number in unexpected if number is not None]
    return Seen(sum(one.missing for one in seen), sum(known) if len(known) == len(unexpected) else None)


def of_parts(table: Table, parts: Sequence[Counted]) -> Counted:
    """Counts of a table from those of its files, one at least.

    Within a file rows stand in order; files follow one another where the key begins with the document, which lies in one of them.
    """
    return added(parts, ordered=table.key[0] == "source_id")


def count_files(table: Table, tables: Tables) -> Counted:
    """Look at a table in the files it lies in, from one end to the other."""
    return of_parts(table, [_count_file(table, file) for file in tables.files(table.name)])


def _count_file(table: Table, file: File) -> Counted:
    parts = [count(table, pa.Table.from_batches([rows])) for rows in file.stream()]
    return added(parts or [count(table, file.schema.empty_table())], ordered=True)


def looked_up(table: Table, found: Counted, tables: Tables) -> Counted:
    """The counts with keys given twice, which are looked up where some may stand in two files."""
    if found.apart or not found.values:
        return found
    names = ", ".join(f'"{part}"' for part in table.key)
    doubled = tables.number(
        "SELECT coalesce(sum(n), 0)"
        f' FROM (SELECT count(*) AS n FROM "{table.name}" GROUP BY {names} HAVING count(*) > 1)'
    )
    *values, keys = found.values
    return replace(found, values=(*values, replace(keys, unexpected=doubled)), apart=True)
