"""What the descriptors tell of one release beside the contract: version, date, files, and rows of the small tables."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.publish.origin import LISTED

Manifest = Mapping[str, Any]
Rows = list[dict[str, Any]]
QUOTED = ("sources", "indicators", "codes", "evaluation")
"""Tables that descriptors take rows from."""
COUNTED = ("file", "sha256", "published_from", "published_to", "region_id")
"""Columns of ``sources`` that are needed of documents too many to be listed."""


@dataclass(frozen=True, slots=True)
class Facts:
    """``files`` gives the manifest's entry of each table: file, bytes, sha256, logical_sha256, rows, schema_version.

    ``sources`` are the documents, None where they are too many to be listed (:data:`~pipeline.publish.origin.LISTED`); ``covers`` the days of
    the earliest and of the latest, ISO 8601, None where no document has a date; ``places`` the codes of those they speak for.
    """

    name: str
    version: str
    released: str | None
    licence: str
    build: Mapping[str, str]
    files: Mapping[str, Mapping[str, Any]]
    sources: Rows | None
    covers: tuple[str, str] | None
    places: tuple[str, ...]
    indicators: Rows
    codes: Rows
    evaluation: Rows

    @property
    def documents(self) -> int:
        """How many documents there are."""
        rows: int = self.files["sources"]["rows"]
        return rows

    @property
    def elsewhere(self) -> str:
        """Where the documents stand that are too many to be listed."""
        return f"{self.documents:,} documents, a row each in the table sources"

    def codes_of(self, name: str) -> Rows:
        """Entries of one code list."""
        return [row for row in self.codes if row["list"] == name]


def facts_of(manifest: Manifest, tables: Mapping[str, pa.Table]) -> Facts:
    """The facts of a release from its manifest and the tables that are :data:`QUOTED`."""
    sources = tables["sources"]
    days = pc.min_max(sources.column("published_to")).as_py()
    places = pc.unique(sources.column("region_id")).to_pylist()
    return Facts(
        name=manifest["name"],
        version=manifest["version"],
        released=manifest["released"],
        licence=manifest["licence"],
        build={kind: entry["sha256"] for kind, entry in manifest["build"].items()},
        files={entry["name"]: entry for entry in manifest["tables"]},
        sources=sources.to_pylist() if sources.num_rows <= LISTED else None,
        covers=(days["min"].isoformat(), days["max"].isoformat()) if days["min"] else None,
        places=tuple(sorted(code for code in places if code)),
        indicators=tables["indicators"].to_pylist(),
        codes=tables["codes"].to_pylist(),
        evaluation=tables["evaluation"].to_pylist(),
    )


def as_json(value: Mapping[str, Any]) -> str:
    """JSON as every descriptor has it: UTF-8, an entry a line, in the order given."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def without_empty(value: Mapping[str, Any]) -> dict[str, Any]:
    """The mapping without entries that are None or empty: absence says it better."""
    return {key: entry for key, entry in value.items() if entry not in (None, "", [], {}, ())}


def cited(row: Mapping[str, Any]) -> str:
    """A source as it is cited: its publisher, where one is known, and its title, or its file where it has none."""
    title = row["title"] or row["file"]
    return f"{row['publisher']}: {title}" if row["publisher"] else str(title)
