"""The stage as one batch function on Arrow tables."""

from collections import defaultdict
from typing import Any

import pyarrow as pa

from pipeline.clean.corrections import applicable, corrections, outcome, outdated
from pipeline.clean.declared import GLOBAL, Correction
from pipeline.clean.document import clean_document
from pipeline.clean.passages import passages
from pipeline.clean.text import Edit, Text
from pipeline.contract import build

Rows = dict[str, list[dict[str, Any]]]


def run(sources: pa.Table, documents: pa.Table) -> dict[str, pa.Table]:
    """Cleans every document: the tables ``edits``, ``passages``, ``corrections`` and ``quarantine``.

    A document on which cleaning fails becomes a row of ``quarantine``; the others go on. Raises ValueError where the file of
    corrections is not as declared: that is no fault of a document.
    """
    corrections()
    described = {row["source_id"]: row for row in sources.to_pylist()}
    rows: Rows = defaultdict(list)
    for document in documents.to_pylist():
        source = described[document["source_id"]]
        try:
            made = _rows(document, source)
        except Exception as error:  # one document must never stop the others
            rows["quarantine"].append(_failure(source, error))
            continue
        for table, found in made.items():
            rows[table] += found
    return {table: build(table, rows[table]) for table in ("edits", "passages", "corrections", "quarantine")}


def texts_of(documents: pa.Table, edits: pa.Table) -> dict[str, Text]:
    """The text of each document with its edits, from the tables: what later stages read."""
    made: dict[str, list[Edit]] = defaultdict(list)
    for row in edits.to_pylist():
        made[row["source_id"]].append(Edit(row["raw_start"], row["raw_end"], row["replacement"] or "", row["rule"]))
    return {row["source_id"]: Text(row["text"], tuple(made[row["source_id"]])) for row in documents.to_pylist()}


def _rows(document: dict[str, Any], source: dict[str, Any]) -> Rows:
    """The rows of one document, by table."""
    source_id = document["source_id"]
    text, hits = clean_document(
        document["text"],
        media_type=source["media_type"],
        script=source["script"],
        body_start=document["body_start"],
        corrections=applicable(source["sha256"]),
    )
    title = clean_document(source["title"] or "", script=source["script"])[0].clean
    return {
        "edits": [
            {
                "source_id": source_id,
                "raw_start": e.start,
                "raw_end": e.end,
                "replacement": e.replacement,
                "rule": e.rule,
            }
            for e in text.edits
        ],
        "passages": _passage_rows(source_id, text, title or None),
        "corrections": _correction_rows(source, hits),
    }


def _passage_rows(source_id: str, text: Text, title: str | None) -> list[dict[str, Any]]:
    rows = []
    for ordinal, passage in enumerate(passages(text, title), 1):
        raw_start, raw_end = text.to_raw(passage.start, passage.end)
        rows.append(
            {
                "passage_id": _passage_id(source_id, ordinal),
                "source_id": source_id,
                "ordinal": ordinal,
                "kind": passage.kind,
                "level": passage.level,
                "label": passage.label,
                "run_in": passage.run_in,
                "section_path": " / ".join(passage.section),
                "raw_start": raw_start,
                "raw_end": raw_end,
                "clean_start": passage.start,
                "clean_end": passage.end,
                "text": text.clean[passage.start : passage.end],
                "repeats": None if passage.repeats is None else _passage_id(source_id, passage.repeats + 1),
            }
        )
    return rows


def _passage_id(source_id: str, ordinal: int) -> str:
    return f"{source_id}/p{ordinal:04d}"


def _correction_rows(source: dict[str, Any], hits: dict[str, int]) -> list[dict[str, Any]]:
    """What became of every correction that the document has; a global one is told where it stands."""
    sha256 = source["sha256"]
    rows = []
    for one in applicable(sha256):
        if one.scope or hits[one.id]:
            rows.append(_correction_row(source, one, sha256, hits[one.id], outcome(one, hits[one.id])))
    for one, reviewed in outdated(source["source_id"], source["edition"], sha256):
        rows.append(_correction_row(source, one, reviewed, 0, "outdated"))
    return rows


def _correction_row(source: dict[str, Any], one: Correction, scope: str, found: int, came: str) -> dict[str, Any]:
    start, end = one.places.get(scope, (None, None))
    return {
        "correction_id": one.id,
        "source_id": source["source_id"],
        "scope": scope if one.scope else GLOBAL,
        "before": one.before,
        "wrong": one.wrong,
        "right": one.right,
        "after": one.after,
        "kind": one.kind,
        "why": one.why,
        "evidence": one.fact,
        "evidence_start": start,
        "evidence_end": end,
        "reviewer": one.reviewer,
        "date": one.date,
        "expected_hits": one.expected_hits if one.scope else None,
        "found_hits": found,
        "outcome": came,
    }


def _failure(source: dict[str, Any], error: Exception) -> dict[str, Any]:
    return {
        "file": source["file"],
        "stage": "clean",
        "reason": "failed",
        "detail": f"{type(error).__name__}: {error}",
        "advice": "Report the document; it is left out until the rule that fails on it is repaired.",
    }
