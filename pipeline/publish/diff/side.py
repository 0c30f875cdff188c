"""One side of a diff: a release as it lies in a folder, among the frozen ones, or in a git revision."""

import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.contract.paths import DATA, RELEASES, ROOT
from pipeline.publish.candidate import MANIFEST, NAME
from pipeline.publish.diff import git

Row = dict[str, Any]
VERSION = re.compile(r"\d{4}\.\d{1,2}\.\d+")
"""Name of a frozen release: year, month, count."""

NEEDED = {
    "sources": ("source_id",),
    "edits": ("source_id", "raw_start", "raw_end", "rule"),
    "passages": ("passage_id", "raw_start", "raw_end"),
    "corrections": ("correction_id", "source_id", "wrong"),
    "claims": ("claim_id", "source_id", "raw_start", "raw_end", "numeral"),
    "observations": ("observation_id",),
    "evidence": ("observation_id", "claim_id"),
}
"""Columns that rows are paired and explained by; all others a release may have or lack."""


class SideUnreadable(Exception):
    """There is no release of that name, or it is not whole; the message says so in one line."""


@dataclass(frozen=True)
class Side:
    """A release: its manifest and tables as they are, whatever columns they had when it was made."""

    label: str
    manifest: Mapping[str, Any]
    tables: Mapping[str, pa.Table]

    @cached_property
    def _by(self) -> dict[tuple[str, str], dict[Any, Row]]:
        return {}

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """Rows of every table, by table."""
        return {name: table.to_pylist() for name, table in self.tables.items()}

    def by(self, name: str, column: str) -> dict[Any, Row]:
        """Rows of a table by a column; none where the release has no such table or column."""
        if (name, column) not in self._by:
            self._by[name, column] = {row[column]: row for row in self.rows.get(name, ()) if column in row}
        return self._by[name, column]

    def made_from(self, kind: str) -> dict[str, str] | None:
        """sha256 of the files of a kind (tables, code, lock, corrections); None where the release does not say."""
        told = self.manifest.get("build", {}).get(kind)
        return dict(told["files"]) if told else None


def open_side(name: str, releases: Path = RELEASES, root: Path = ROOT) -> Side:
    """The release that a name stands for: a folder, a frozen version such as 2024.3.0, or the data/ of a git revision.

    SideUnreadable where there is none, or its files are not those that its manifest names.
    """
    place = Path(name)
    if name and _is_folder(place):
        return read_folder(place)
    if VERSION.fullmatch(name) and _is_folder(releases / name):
        return read_folder(releases / name)
    if name.strip("/") == DATA.name and _is_folder(root / DATA.name):
        return read_folder(root / DATA.name)
    at = None if not name or name.startswith("-") else git.commit(name, root)
    if at is None:
        raise SideUnreadable(f"{name}: no folder, release or git revision of that name")
    return read_files(name, git.folder(at, DATA.name, root))


def read_folder(place: Path) -> Side:
    """The release in a folder, under the folder's name. SideUnreadable as ``open_side``."""
    try:
        files = {path.name: path.read_bytes() for path in sorted(place.iterdir()) if path.is_file()}
    except OSError as error:
        raise SideUnreadable(f"{place.name}: the folder cannot be read ({error.strerror})") from error
    return read_files(place.resolve().name, files)


def read_files(label: str, files: Mapping[str, bytes]) -> Side:
    """The release that these files are. SideUnreadable as ``open_side``."""
    try:
        manifest = json.loads(files[MANIFEST])
        stated = {entry["file"]: (entry["name"], entry["sha256"]) for entry in manifest["tables"]}
        _ = [dict(told["files"]) for told in manifest.get("build", {}).values()]
        if manifest["name"] != NAME:
            raise SideUnreadable(f"{label}: its {MANIFEST} is of something else")
    except KeyError as error:
        raise SideUnreadable(f"{label}: no release is there: no {error.args[0]}") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise SideUnreadable(f"{label}: its {MANIFEST} cannot be read") from error
    tables = {}
    for file, (name, sha256) in stated.items():
        if hashlib.sha256(files.get(file, b"")).hexdigest() != sha256:
            raise SideUnreadable(f"{label}: {file} is not the file that its {MANIFEST} names")
        try:
            tables[name] = pq.read_table(io.BytesIO(files[file]))
        except pa.ArrowException as error:
            raise SideUnreadable(f"{label}: {file} is no Parquet file") from error
        for column in NEEDED.get(name, ()):
            if column not in tables[name].column_names:
                raise SideUnreadable(f"{label}: {file} has no column {column}, and cannot be compared without it")
    return Side(label, manifest, tables)


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except (OSError, ValueError):
        return False
