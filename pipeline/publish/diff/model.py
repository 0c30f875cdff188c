"""What a diff holds: the schema's changes, coverage in numbers, and single changes with their causes."""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["lost", "value", "reading", "added"]
KINDS: tuple[Kind, ...] = ("lost", "value", "reading", "added")
"""In the order a reader wants them: losses first."""
CAUSES = (
    "new_document",
    "revised_document",
    "withdrawn_document",
    "correction",
    "registry",
    "table",
    "code",
    "undecided",
)
"""The code list ``change_cause``, what is sure first: where a row has several causes, the first one is told."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something changed, and what proves it."""

    code: str
    evidence: str


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """A table or column that is gone, new or other. ``breaks``: what worked with the older release may not work now."""

    table: str
    column: str | None
    what: str
    breaks: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of something (rows of a table, documents, series) each release holds, and how many came and went."""

    what: str
    old: int
    new: int
    lost: int
    added: int
    changed: int


@dataclass(frozen=True, slots=True)
class Change:
    """One row that differs. ``old`` and ``new`` are the columns that differ, or the figure of a row that has no partner."""

    table: str
    kind: Kind
    old_key: str | None
    new_key: str | None
    about: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    old_value: float | None
    new_value: float | None
    unit: str | None
    relative: float | None
    cause: Cause
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The whole diff of ``old`` and ``new`` (labels), changes ranked."""

    old: str
    new: str
    schema: tuple[SchemaChange, ...]
    coverage: tuple[Coverage, ...]
    changes: tuple[Change, ...]

    def of(self, kind: Kind) -> list[Change]:
        """The changes of a kind, in their rank."""
        return [change for change in self.changes if change.kind == kind]

    @property
    def empty(self) -> bool:
        """Whether the releases say the same."""
        return not (self.schema or self.changes or any(one.lost or one.added or one.changed for one in self.coverage))
