"""The vocabulary of the contract: what a column and a table declare."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["string", "int", "float", "bool", "date"]
Stage = Literal["ingest", "clean", "extract", "normalise", "publish"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``codes`` names a code list, ``references`` a key ``table.column``.

    ``unit`` is the unit of measure where the column has a fixed one, a name in ``contract.units``; ``unit_from`` the column
    that tells the unit of each row (``unit``, or ``observations.unit`` where it stands in the table referred to). ``policy``
    marks text of a document that the source's evidence policy governs; ``field`` is its name in the JSON of ``liaoning
    extract``; ``concept`` its SDMX concept.
    """

    name: str
    kind: Kind
    en: str
    zh: str
    nullable: bool = False
    unit: str | None = None
    unit_from: str | None = None
    codes: str | None = None
    references: str | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    policy: bool = False
    field: str | None = None
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its grain ("a row is ..."), columns in order, key (also its sort order) and floors.

    ``minimum_rows`` holds for every build; ``core_rows`` for builds that hold the documents of the bundled registry.
    ``published`` is False for parts that only travel between stages.
    """

    name: str
    stage: Stage
    en: str
    zh: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    minimum_rows: int = 0
    core_rows: int = 0
    published: bool = True
    owner: str = field(default="team:liaoning-data")

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.name}: a column is declared twice")
        for part in self.key:
            if part not in names:
                raise ValueError(f"{self.name}: key column {part} is not declared")
            if self.column(part).nullable:
                raise ValueError(f"{self.name}: key column {part} is nullable")
        if not (self.en.strip() and self.zh.strip()):
            raise ValueError(f"{self.name}: what a row is must be said in English and in Chinese")
        for column in self.columns:
            if not (column.en.strip() and column.zh.strip()):
                raise ValueError(f"{self.name}: column {column.name} must be described in English and in Chinese")
            if column.kind in ("int", "float") and not (column.unit or column.unit_from):
                raise ValueError(f"{self.name}: column {column.name} is a number and must have a unit")

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")


def schema_version(table: Table) -> str:
    """What tells one schema of a table from another: 16 digits of a sha256 over key and columns, their order and meaning.

    Wordings and bounds of values do not count: a reader's code does not depend on them.
    """
    columns = [[c.name, c.kind, c.nullable, c.unit, c.unit_from, c.codes, c.references] for c in table.columns]
    said = json.dumps([table.name, table.key, columns], separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:16]
