"""Faults that a table may get between a stage and its release, one small function a kind.

A kind lists its *sites* in a table: where, and the change to make there. A site changes one row, one column, or what
a row holds together; it always gives another table than the one it was given. Where a table has no site the kind does not
apply to it, and :data:`KINDS` says what it would need.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from pipeline.contract import Column, Table
from pipeline.contract.codes import codes_of

Row = dict[str, Any]
Rows = list[Row]
Tables = Mapping[str, pa.Table]
WAN = 10_000
LATER = 30
"""Years by which a date is put into the future."""


@dataclass(frozen=True)
class Site:
    """Where a fault can be put: a row (none for the whole table), what part of it, and the table with the fault."""

    row: int | None
    part: str
    faulty: Callable[[], pa.Table]

    def __str__(self) -> str:
        return f"{self.part or 'whole'}{'' if self.row is None else f' of row {self.row}'}"


@dataclass(frozen=True)
class Kind:
    """A kind of fault. ``needs``: what a table must have for it."""

    name: str
    needs: str
    sites: Callable[[Table, pa.Table, Tables, random.Random], Iterator[Site]]


def with_rows(found: pa.Table, rows: Rows) -> pa.Table:
    """The rows under the table's schema, in the order given and however wrong they are."""
    return pa.Table.from_pylist(rows, schema=found.schema)


def in_row(found: pa.Table, at: int, values: Row) -> Site:
    """Other values in one row."""

    def faulty() -> pa.Table:
        head, row, tail = found.slice(0, at), found.slice(at, 1).to_pylist()[0], found.slice(at + 1)
        return pa.concat_tables([head, with_rows(found, [row | values]), tail])

    return Site(at, ", ".join(values), faulty)


def measured(table: Table) -> list[str]:
    """Columns whose numbers are figures: neither offsets nor years."""
    kinds = [c for c in table.columns if c.kind in ("int", "float") and c.unit not in ("code point", "calendar year")]
    return [column.name for column in kinds]


def coded(table: Table, codes: str) -> list[str]:
    """Columns that hold codes of a list."""
    return [column.name for column in table.columns if column.codes == codes]


def rows_dropped(table: Table, found: pa.Table, tables: Tables, draw: random.Random) -> Iterator[Site]:
    """One row is gone."""
    for at in range(found.num_rows):
        yield Site(at, "", lambda at=at: pa.concat_tables([found.slice(0, at), found.slice(at + 1)]))


def _scaled(times: int) -> Callable[[Table, pa.Table, Tables, random.Random], Iterator[Site]]:
    def sites(table: Table, found: pa.Table, tables: Tables, draw: random.Random) -> Iterator[Site]:
        for at, row in enumerate(found.to_pylist()):
            for name in measured(table):
                if row[name]:
                    yield in_row(found, at, {name: type(row[name])(row[name] * times)})

    sites.__doc__ = f"One figure is {times:,} times as large."
    return sites


def wan_and_yi(table: Table, found: pa.Table, tables: Tables, draw: random.Random) -> Iterator[Site]:
    """亿 read as 万 or 万 as 亿: all figures of a row, value, ends and resolution, are scaled together."""
    for at, row in enumerate(found.to_pylist()):
        told = [name for name in measured(table) if row[name]]
        for times in (WAN, 1 / WAN):
            scaled = {name: type(row[name])(row[name] * times) for name in told}
            if any(scaled[name] != row[name] for name in told):
                yield in_row(found, at, scaled)


def regions_swapped(table: Table, found: pa.Table, tables: Tables, draw: random.Random) -> Iterator[Site]:
    """Another place of the same level stands where a row names one; two places bear each other's names."""
    level = {row["region_id"]: row["level"] for row in tables["regions"].to_pylist()}
    of_level: dict[str, list[str]] = {}
    for region_id, name in level.items():
        of_level.setdefault(name, []).append(region_id)
    named = [c.name for c in table.columns if c.references == "regions.region_id"]
    rows = found.to_pylist()
    for at, row in enumerate(rows):
        for name in named:
            others = [one for one in of_level.get(level.get(row[name] or "", ""), []) if one != row[name]]
            if others:
                yield in_row(found, at, {name: draw.choice(others)})
        if table.name == "regions" and at + 1 < len(rows):
            yield in_row(found, at, {part: rows[at + 1][part] for part in ("name_zh", "name_short")})


def dates_in_future(table: Table, found: pa.Table, tables: Tables, draw: random.Random) -> Iterator[Site]:
    """A date or period is years later: one column alone, or all of a row together."""
    dated = [c.name for c in table.columns if c.kind == "date" or c.unit == "calendar year" or c.name in DATES]
    for at, row in enumerate(found.to_pylist()):
        moved = {name: _later(row[name]) for name in dated if row[name] is not None}
        moved = {name: value for name, value in moved.items() if value != row[name]}
        for name, value in moved.items():
            yield in_row(found, at, {name: value})
        if len(moved) > 1:
            yield in_row(found, at, moved)


DATES = ("published", "first_published", "retrieved", "period")


def _later(value: Any) -> Any:
    if isinstance(value, date):
        return value.replace(year=value.year + LATER, day=min(value.day, 28))
    if isinstance(value, int):
        return value + LATER
    return re.sub(r"\d{4}", lambda year: str(int(year[0]) + LATER), value)


def keys_doubled(table: Table, found: pa.Table, tables: Tables, draw: random.Random) -> Iterator[Site]:
    """A row is there twice, or has the key of the row before it."""
    rows = found.to_pylist()
    for at, row in enumerate(rows):
        yield Site(at, "", lambda at=at: pa.concat_tables([found.slice(0, at + 1), found.slice(at)]))
        if at + 1 < len(rows):
            yield in_row(found, at + 1, {part: row[part] for part in table.key})


def offsets_shifted(table: Table, found: pa.Table, tables: Tables, draw: random.Random) -> Iterator[Site]:
    """A stretch begins and ends one character later or earlier, in the row's identifier too where that tells offsets."""
    starts = [c.name for c in table.columns if c.name.endswith("_start") and c.kind == "int"]
    for at, row in enumerate(found.to_pylist()):
        for start in starts:
            end = start.replace("_start", "_end")
            if row[start] is None or row[end] is None:
                continue
            for step in (1, -1):
                first, last = row[start] + step, row[end] + step
                if first < 0:
                    continue
                yield in_row(found, at, {start: first, end: last})
                told = f"{row[start]}-{row[end]}"
                renamed = {k: row[k].replace(told, f"{first}-{last}") for k in table.key if told in str(row[k])}
                if start == "raw_start" and table.name == "claims":
                    renamed = {"claim_id": row["claim_id"].replace(told, f"{first}-{last}")}
                if renamed:
                    yield in_row(found, at, {start: first, end: last, **renamed})


OPPOSITE = {"ge": "le", "le": "ge", "gt": "lt", "lt": "gt", "eq": "ge", "approx": "eq"}


def bounds_flipped(table: Table, found: pa.Table, tables: Tables, draw: random.Random) -> Iterator[Site]:
    """At least becomes at most, an exact figure a floor."""
    for at, row in enumerate(found.to_pylist()):
        for name in coded(table, "bound"):
            yield in_row(found, at, {name: OPPOSITE.get(row[name], "eq")})


def targets_as_facts(table: Table, found: pa.Table, tables: Tables, draw: random.Random) -> Iterator[Site]:
    """What is aimed at is told as reached, what was reported as a goal."""
    for at, row in enumerate(found.to_pylist()):
        for name in coded(table, "statement"):
            yield in_row(found, at, {name: "target" if row[name] == "actual" else "actual"})


def units_swapped(table: Table, found: pa.Table, tables: Tables, draw: random.Random) -> Iterator[Site]:
    """Another unit of the list."""
    every = sorted(codes_of("unit"))
    for at, row in enumerate(found.to_pylist()):
        for name in coded(table, "unit"):
            if row[name] is not None:
                yield in_row(found, at, {name: draw.choice([one for one in every if one != row[name]])})


GARBLED: tuple[Callable[[str], str], ...] = (
    lambda text: text.encode().decode("latin-1"),
    lambda text: text.encode().decode("gb18030", "replace"),
    lambda text: text.encode("gb18030").decode("latin-1"),
    lambda text: text.encode("ascii", "replace").decode(),
)
"""UTF-8 read as Latin, as GB; GB read as Latin; what ASCII lacks lost."""


def encoding_broken(table: Table, found: pa.Table, tables: Tables, draw: random.Random) -> Iterator[Site]:
    """A text is read in another encoding than it was written in."""
    texts = [column.name for column in table.columns if column.kind == "string"]
    for at, row in enumerate(found.to_pylist()):
        for name in texts:
            if row[name] and not row[name].isascii():
                yield in_row(found, at, {name: draw.choice(GARBLED)(row[name])})


def columns_reordered(table: Table, found: pa.Table, tables: Tables, draw: random.Random) -> Iterator[Site]:
    """Two columns change places, their names with them."""
    names = found.schema.names
    for one in range(len(names)):
        for other in range(one + 1, len(names)):
            order = list(names)
            order[one], order[other] = order[other], order[one]
            yield Site(None, f"{names[one]}, {names[other]}", lambda order=order: found.select(order))


def columns_exchanged(table: Table, found: pa.Table, tables: Tables, draw: random.Random) -> Iterator[Site]:
    """Two columns of one type hold each other's values under their own names."""
    columns = list(table.columns)
    for place, one in enumerate(columns):
        for other in columns[place + 1 :]:
            first, second = found.column(one.name), found.column(other.name)
            if one.kind == other.kind and _fits(one, second) and _fits(other, first) and not first.equals(second):
                values = {**{n: found.column(n) for n in found.schema.names}, one.name: second, other.name: first}
                yield Site(
                    None,
                    f"{one.name}, {other.name}",
                    lambda values=values: pa.Table.from_arrays(list(values.values()), schema=found.schema),
                )


def _fits(column: Column, values: pa.ChunkedArray) -> bool:
    return column.nullable or not values.null_count


KINDS = (
    Kind("row dropped", "a row", rows_dropped),
    Kind("value x10", "a number that is no offset and not zero", _scaled(10)),
    Kind("value x10,000", "a number that is no offset and not zero", _scaled(WAN)),
    Kind("万 for 亿", "a number that is no offset and not zero", wan_and_yi),
    Kind("place swapped", "a column that names a place", regions_swapped),
    Kind("date in the future", "a date, a year or a period", dates_in_future),
    Kind("key doubled", "a row", keys_doubled),
    Kind("offsets shifted", "offsets", offsets_shifted),
    Kind("bound flipped", "a column of bounds", bounds_flipped),
    Kind("target as fact", "a column of statements", targets_as_facts),
    Kind("unit swapped", "a column of units", units_swapped),
    Kind("encoding broken", "a text beyond ASCII", encoding_broken),
    Kind("columns reordered", "two columns", columns_reordered),
    Kind("columns exchanged", "two columns of one type", columns_exchanged),
)


def drawn(kind: Kind, table: Table, tables: Tables, most: int, seed: int) -> list[Site]:
    """At most so many sites of a kind in a table, the same for the same seed; every part of a row has its turn."""
    draw = random.Random(f"{seed} {table.name} {kind.name}")
    parts: dict[str, list[Site]] = {}
    for site in kind.sites(table, tables[table.name], tables, draw):
        parts.setdefault(site.part, []).append(site)
    queues = list(parts.values())
    draw.shuffle(queues)
    for queue in queues:
        draw.shuffle(queue)
    taken: list[Site] = []
    while queues and len(taken) < most:
        queues = [queue for queue in queues if queue]
        taken += [queue.pop() for queue in queues]
    return taken[:most]
