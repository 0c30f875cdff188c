"""The documents as the structural modules read them: passages over the clean text, with the way back to the raw one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from pipeline.clean.text import Edit, Text
from pipeline.normalise.model import Row

# Columns that are read.
EDIT = ("source_id", "raw_start", "raw_end", "replacement", "rule")
PASSAGE = (
    "passage_id",
    "source_id",
    "ordinal",
    "kind",
    "level",
    "section_path",
    "raw_start",
    "raw_end",
    "clean_start",
    "clean_end",
    "repeats",
)


@dataclass(frozen=True)
class Document:
    """A document: its text with its edits, and its passages in order."""

    source_id: str
    text: Text
    passages: tuple[Row, ...]

    def words(self, passage: Row) -> str:
        """The clean text of a passage."""
        return self.text.clean[passage["clean_start"] : passage["clean_end"]]

    def raw(self, passage: Row, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of a stretch given in offsets of the passage's words."""
        return self.text.to_raw(passage["clean_start"] + start, passage["clean_start"] + end)

    def section_end(self, at: int) -> int:
        """Index of the passage after the section that the heading at index ``at`` opens: the next heading of its level or
        a higher one, or the end."""
        level = self.passages[at]["level"] or 1
        for index in range(at + 1, len(self.passages)):
            passage = self.passages[index]
            if passage["kind"] == "heading" and (passage["level"] or 1) <= level:
                return index
        return len(self.passages)


def read_documents(documents: pa.Table, edits: pa.Table, passages: pa.Table) -> list[Document]:
    """Every document with its edits and passages, sorted by identifier."""
    changed: defaultdict[str, list[Edit]] = defaultdict(list)
    ordered = edits.sort_by([("source_id", "ascending"), ("raw_start", "ascending"), ("raw_end", "ascending")])
    for source_id, start, end, replacement, rule in zip(
        *(ordered.column(name).to_pylist() for name in EDIT), strict=True
    ):
        changed[source_id].append(Edit(start, end, replacement or "", rule))
    divided: defaultdict[str, list[Row]] = defaultdict(list)
    for row in passages.select(PASSAGE).to_pylist():
        divided[row["source_id"]].append(row)
    return [
        Document(
            row["source_id"],
            Text(row["text"], tuple(changed[row["source_id"]])),
            tuple(_in_order(divided[row["source_id"]])),
        )
        for row in documents.sort_by("source_id").to_pylist()
    ]


def _in_order(passages: Sequence[Row]) -> list[Row]:
    return sorted(passages, key=lambda passage: passage["ordinal"])
