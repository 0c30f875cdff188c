"""How a case of a domain rule is told: a change to a valid world, and whether the rule then holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tests.gates.builders import World, changed, doubled, rows_as_they_are, where, without

Change = Callable[[World], World]


@dataclass(frozen=True)
class Case:
    """Changes to the valid world of the rule, and whether the rule then holds."""

    rule: str
    note: str
    holds: bool
    changes: tuple[Change, ...]

    def __str__(self) -> str:
        return f"{self.rule}-{self.note.replace(' ', '_')}"


def breaks(rule: str, note: str, *changes: Change) -> Case:
    return Case(rule, note, False, changes)


def keeps(rule: str, note: str, *changes: Change) -> Case:
    return Case(rule, note, True, changes)


def row(table: str, /, of: dict[str, Any] | None = None, **values: Any) -> Change:
    """Other values in the first row that has the values ``of``."""
    return lambda tables: {**tables, table: changed(tables[table], where(tables[table], **(of or {})), **values)}


def lost(table: str, /, **of: Any) -> Change:
    """The first row that has these values is gone."""
    return lambda tables: {**tables, table: without(tables[table], where(tables[table], **of))}


def all_lost(table: str, /, **of: Any) -> Change:
    """Every row that has these values is gone."""

    def change(tables: World) -> World:
        rows = [row for row in tables[table].to_pylist() if any(row[name] != value for name, value in of.items())]
        return {**tables, table: rows_as_they_are(tables[table], rows)}

    return change


def twice(table: str) -> Change:
    """The first row is there twice."""
    return lambda tables: {**tables, table: doubled(tables[table])}


def often(table: str, times: int) -> Change:
    """All rows are there so many times."""
    return lambda tables: {**tables, table: pa.concat_tables([tables[table]] * times)}
