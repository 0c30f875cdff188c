"""What two releases were made from, held against one another: documents, corrections, word tables, code."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.contract.paths import ROOT
from pipeline.publish.diff.side import Row, Side
from pipeline.publish.diff.words import ChangedTables

READ_BY = {
    "claims": ("contract", "ingest", "clean", "extract"),
    "observations": ("contract", "ingest", "clean", "extract", "normalise"),
}
"""Packages of the pipeline that a row of the table can depend on; all others where the table is not named."""
NO_FIGURE = frozenset({"evaluation.csv", "evaluation_floors.csv", "codes.csv"})
"""Tables under seeds/tables that no figure depends on: recorded accuracy with its floors, and the names of codes."""
REGISTERED = (
    "title",
    "publisher",
    "publisher_type",
    "document_type",
    "published",
    "published_from",
    "published_to",
    "region_id",
    "edition",
    "original_sha256",
    "evidence_policy",
    "duplicate_of",
)
"""Columns of ``sources`` that the registry, the document's head or its neighbours decide and that a reading depends on."""
CORRECTED = ("before", "wrong", "right", "after")


@dataclass(frozen=True)
class Origins:
    """Two releases and the differences in what they were made from."""

    old: Side
    new: Side
    root: Path = ROOT

    @cached_property
    def documents(self) -> dict[str, str]:
        """``new``, ``withdrawn``, ``revised`` or ``same`` for each document of either release: a file name and its bytes."""
        before, after = self.old.by("sources", "source_id"), self.new.by("sources", "source_id")
        found = {}
        for name in sorted(before.keys() | after.keys()):
            if name not in before or name not in after:
                found[name] = "new" if name in after else "withdrawn"
            else:
                found[name] = "same" if before[name].get("sha256") == after[name].get("sha256") else "revised"
        return found

    @cached_property
    def revised(self) -> frozenset[str]:
        """Documents whose file holds other bytes."""
        return frozenset(name for name, state in self.documents.items() if state == "revised")

    @cached_property
    def registered(self) -> dict[str, tuple[str, ...]]:
        """Columns of ``sources`` in which a document that kept its bytes differs."""
        before, after = self.old.by("sources", "source_id"), self.new.by("sources", "source_id")
        found = {}
        for name, state in self.documents.items():
            if state == "same":
                shared = [c for c in REGISTERED if c in before[name] and c in after[name]]
                found[name] = tuple(c for c in shared if before[name][c] != after[name][c])
        return {name: columns for name, columns in found.items() if columns}

    @cached_property
    def corrections(self) -> dict[str, tuple[str, ...]]:
        """Corrections by document that are in one release only, or say something else."""
        before, after = _corrections(self.old), _corrections(self.new)
        found: dict[str, list[str]] = {}
        for key in sorted(before.keys() | after.keys()):
            if before.get(key) != after.get(key):
                found.setdefault(key[1], []).append(key[0])
        return {source: tuple(names) for source, names in found.items()}

    @cached_property
    def tables(self) -> ChangedTables:
        """Word tables that differ and that a figure may depend on."""
        return ChangedTables({file: both for file, both in self.seeds.items() if file not in NO_FIGURE}, self.root)

    @cached_property
    def seeds(self) -> dict[str, tuple[str | None, str | None]]:
        """All word tables that differ: sha256 before and after by file."""
        return self._changed("tables") or {}

    def code(self, table: str) -> tuple[str, ...]:
        """Files of code that differ and that a row of the table may depend on; the lock where the packages changed."""
        files = sorted(self._changed("code") or ())
        packages = READ_BY.get(table)
        if packages:
            # contract/tables declares what columns mean; the order of the house lets nothing else reach back.
            files = [file for file in files if file.startswith(tuple(f"pipeline/{package}/" for package in packages))]
        return (*files, *sorted(self._changed("lock") or ()))

    @cached_property
    def silent(self) -> str | None:
        """The release that does not say what it was made from; None where both do."""
        return next((side.label for side in (self.old, self.new) if side.made_from("code") is None), None)

    def _changed(self, kind: str) -> dict[str, tuple[str | None, str | None]] | None:
        before, after = self.old.made_from(kind), self.new.made_from(kind)
        if before is None or after is None:
            return None
        names = sorted(before.keys() | after.keys())
        return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


def _corrections(side: Side) -> dict[tuple[Any, Any], tuple[Any, ...]]:
    rows: list[Row] = side.rows.get("corrections", [])
    return {(row["correction_id"], row["source_id"]): tuple(row.get(column) for column in CORRECTED) for row in rows}
