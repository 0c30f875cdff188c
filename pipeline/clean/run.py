"""The stage as one batch function on Arrow tables, and what it does with one document."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.clean.corrections import applicable, corrections, outcome, outdated
from pipeline.clean.declared import GLOBAL, Correction
from pipeline.clean.document import clean_document, clean_title
from pipeline.clean.edits import edits_from
from pipeline.clean.passages import passages
from pipeline.clean.text import Edit, Text
from pipeline.contract import BY_NAME, build
from pipeline.contract.arrow import of_columns
from pipeline.contract.collector import resting

if TYPE_CHECKING:
    import pyarrow as pa

Rows = list[dict[str, Any]]
Columns = dict[str, list[Any]]


class Cleaned(NamedTuple):
    """One document: its text, the columns of its ``passages``, and how often each correction was found, by its id."""

    text: Text
    passages: Mapping[str, Sequence[Any]]
    hits: Mapping[str, int]


def run(sources: "pa.Table", documents: "pa.Table") -> "dict[str, pa.Table]":
    """Cleans every document: the tables ``edits``, ``passages``, ``corrections`` and ``quarantine``.

    A document on which cleaning fails becomes a row of ``quarantine``; the others go on. Raises ValueError where the file of
    corrections is not as declared: that is no fault of a document.
    """
    corrections()
    described = {row["source_id"]: row for row in sources.to_pylist()}
    # Edits and passages are made column by column: a page has hundreds of both. Each document's are in order.
    edits, found = (_columns(table) for table in ("edits", "passages"))
    corrected: Rows = []
    failed: Rows = []
    with resting():
        for document in sorted(documents.to_pylist(), key=itemgetter("source_id")):
            source = described[document["source_id"]]
            try:
                made = cleaned(source, document)
            except Exception as error:  # one document must never stop the others
                failed.append(failure(source, error))
                continue
            _add(edits, _edit_columns(source["source_id"], made.text.edits))
            _add(found, made.passages)
            corrected += _correction_rows(source, made.hits)
        return {
            "edits": of_columns("edits", edits),
            "passages": of_columns("passages", found),
            "corrections": build("corrections", corrected),
            "quarantine": build("quarantine", failed),
        }


def _columns(table: str) -> Columns:
    """The columns of a table, without a row."""
    return {column.name: [] for column in BY_NAME[table].columns}


def _add(columns: Columns, more: Mapping[str, Sequence[Any]]) -> None:
    for name, column in columns.items():
        column += more[name]


def edits_of(edits: "pa.Table") -> dict[str, list[Edit]]:
    """The edits of each document that has any, in order, from the table ``edits``."""
    made: dict[str, list[Edit]] = defaultdict(list)
    names = ("source_id", "raw_start", "raw_end", "replacement", "rule")
    ids, starts, ends, replacements, rules = (edits.column(name).to_pylist() for name in names)
    with resting():
        rows = zip(starts, ends, (told or "" for told in replacements), rules, strict=True)
        for source_id, edit in zip(ids, edits_from(rows), strict=True):
            made[source_id].append(edit)
    return made


def texts_of(documents: "pa.Table", edits: "pa.Table") -> dict[str, Text]:
    """The text of each document with its edits, from the tables: what later stages read."""
    made = edits_of(edits)
    return {row["source_id"]: Text(row["text"], tuple(made.get(row["source_id"], ()))) for row in documents.to_pylist()}


def cleaned(source: Mapping[str, Any], document: Mapping[str, Any]) -> Cleaned:
    """One document, from its rows of ``sources`` and ``documents``. Raises ValueError where the file of corrections is not as declared."""
    text, hits = clean_document(
        document["text"],
        media_type=source["media_type"],
        script=source["script"],
        body_start=document["body_start"],
        corrections=applicable(source["sha256"]),
    )
    return Cleaned(text, _passage_columns(source["source_id"], text, _title(source)), hits)


def _title(source: Mapping[str, Any]) -> str | None:
    """The title of a document as the registry knows it, clean; None where it has none."""
    return clean_title(source["title"] or "", source["script"]) or None


def _edit_columns(source_id: str, edits: Sequence[Edit]) -> dict[str, Sequence[Any]]:
    starts, ends, replacements, rules = zip(*edits, strict=True) if edits else ((), (), (), ())
    return {
        "source_id": [source_id] * len(edits),
        "raw_start": starts,
        "raw_end": ends,
        "replacement": replacements,
        "rule": rules,
    }


def _passage_columns(source_id: str, text: Text, title: str | None) -> dict[str, Sequence[Any]]:
    found = passages(text, title)
    starts, ends, kinds, levels, labels, run_in, sections, repeats = zip(*found, strict=True) if found else [()] * 8
    places = text.places(zip(starts, ends, strict=True))
    ordinals = range(1, len(found) + 1)
    return {
        "passage_id": [_passage_id(source_id, ordinal) for ordinal in ordinals],
        "source_id": [source_id] * len(found),
        "ordinal": ordinals,
        "kind": kinds,
        "level": levels,
        "label": labels,
        "run_in": run_in,
        "section_path": [" / ".join(section) for section in sections],
        "raw_start": [start for start, _ in places],
        "raw_end": [end for _, end in places],
        "clean_start": starts,
        "clean_end": ends,
        "text": [text.clean[start:end] for start, end in zip(starts, ends, strict=True)],
        "repeats": [None if index is None else _passage_id(source_id, index + 1) for index in repeats],
    }


def _passage_id(source_id: str, ordinal: int) -> str:
    return f"{source_id}/p{ordinal:04d}"


def _correction_rows(source: dict[str, Any], hits: Mapping[str, int]) -> Rows:
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


def failure(source: Mapping[str, Any], error: Exception) -> dict[str, Any]:
    """The row of ``quarantine`` for a document that a rule failed on."""
    return {
        "file": source["file"],
        "stage": "clean",
        "reason": "failed",
        "detail": f"{type(error).__name__}: {error}",
        "advice": "Report the document; it is left out until the rule that fails on it is repaired.",
    }
