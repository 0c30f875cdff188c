"""A release as the tests look at it: rows, questions in SQL, bytes."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.contract import PUBLISHED
from pipeline.contract.paths import ROOT
from pipeline.publish.ask import ask

ORIGINALS = ROOT.parent / "shared" / "seeds"
ANNOTATION = ROOT.parent / "shared" / "annotation"
PLAN = "004_2b1b1cd0c69806c9"


@dataclass(frozen=True)
class Release:
    """A folder that a build released."""

    folder: Path

    @cached_property
    def tables(self) -> dict[str, pa.Table]:
        return {table.name: pq.read_table(self.folder / f"{table.name}.parquet") for table in PUBLISHED}

    def rows(self, name: str) -> list[dict[str, Any]]:
        return self.tables[name].to_pylist()

    def sql(self, question: str) -> list[dict[str, Any]]:
        """Rows of the answer, dates as they are written."""
        return [{name: plain(cell) for name, cell in row.items()} for row in ask(question, self.folder).to_pylist()]

    @cached_property
    def manifest(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        return found

    def hashes(self) -> dict[str, str]:
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(self.folder.iterdir())}

    def words(self) -> dict[str, str]:
        """Everything a reader can see in each file as text: cells, column names and the metadata of Parquet."""
        found = {}
        for path in sorted(self.folder.iterdir()):
            if path.suffix == ".parquet":
                table = pq.read_table(path)
                cells = (str(cell) for column in table.columns for cell in column.to_pylist() if cell is not None)
                about = pq.read_metadata(path)
                found[path.name] = "\n".join([*table.column_names, about.created_by, str(about.metadata), *cells])
            else:
                found[path.name] = path.read_text(encoding="utf-8")
        return found


def plain(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell


def source_text(path: Path) -> str:
    """The decoded text of a document in UTF-8, as offsets count it."""
    return path.read_bytes().decode("utf-8-sig")
