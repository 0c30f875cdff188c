"""The stage as one batch function: passages in, numerals and claims out, a document that fails set aside; and what it does with one."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipeline.clean.collector import resting
from pipeline.clean.run import edits_of
from pipeline.clean.text import Text
from pipeline.contract import build
from pipeline.contract.arrow import key_of
from pipeline.contract.paths import ROOT, TABLES
from pipeline.extract.blocks import from_columns, laid_out
from pipeline.extract.claims import Found, Reader
from pipeline.extract.days import period_dates
from pipeline.extract.lexicon import Sought, seek
from pipeline.extract.model import Claim, Meta, Passage, Quantity
from pipeline.extract.reasons import Reasons

if TYPE_CHECKING:
    import pyarrow as pa

# The tables whose words the grammar of clean and extract knows.
WORD_TABLES = (
    "bounds",
    "byline_marks",
    "classifiers",
    "currency_words",
    "directions",
    "furniture_lines",
    "head_nouns",
    "known_names",
    "heading_marks",
    "indicator_trim",
    "lexical",
    "measure_cues",
    "name_patterns",
    "name_words",
    "notice_openers",
    "number_cues",
    "organisations",
    "period_cues",
    "place_borders",
    "place_exceptions",
    "region_currencies",
    "regions",
    "scope_words",
    "script_overlay",
    "spoken_predicates",
    "statement_cues",
    "subject_suffixes",
    "table_words",
    "unit_heads",
    "units",
)

_TAKEN = ("claim_id", "raw_start", "raw_end", "reading_start", "reading_end")
_AT_ONCE = 100
"""Documents whose texts are searched for the word lists together: enough for speed, and few enough to be held in memory."""


def run(sources: "pa.Table", documents: "pa.Table", edits: "pa.Table", passages: "pa.Table") -> "dict[str, pa.Table]":
    """Tables ``numerals``, ``claims`` and ``quarantine`` of all documents. A document whose reading raises goes to quarantine."""
    with resting():
        return _read_all(sources, documents, edits, passages)


def _read_all(
    sources: "pa.Table", documents: "pa.Table", edits: "pa.Table", passages: "pa.Table"
) -> "dict[str, pa.Table]":
    from pipeline.extract.ledger import Ledger, Taken  # with Arrow, which the claims of one document need not

    known = {row["source_id"]: row for row in sources.to_pylist()}
    rows = laid_out(passages)
    documents = documents.sort_by("source_id")
    ledger = Ledger(documents, edits)
    claims: list[dict[str, Any]] = []
    quarantine: list[dict[str, Any]] = []
    for number, (source_id, text, sought) in enumerate(_texts(documents, edits)):
        try:
            if isinstance(text, Exception):
                raise text
            found, reasons = read_document(known[source_id], text, rows.get(source_id, []), sought)
            ledger.enter(number, [Taken(*map(row.__getitem__, _TAKEN)) for row in found], reasons)
        except Exception as error:  # a document that breaks the grammar must not take the others with it
            quarantine.append(failure(known.get(source_id, {}).get("file", source_id), error))
            continue
        claims += found
    return {
        "numerals": ledger.table(),
        "claims": build("claims", claims),
        "quarantine": build("quarantine", quarantine),
    }


def _texts(documents: "pa.Table", edits: "pa.Table") -> Iterator[tuple[str, Text | Exception, Sought | None]]:
    """The text of each document, or why it is none, with what it holds of the word lists, which are sought in many texts at once."""
    changed = edits_of(edits)
    rows = documents.select(["source_id", "text"]).to_pylist()
    for first in range(0, len(rows), _AT_ONCE):
        texts: dict[str, Text | Exception] = {}
        for row in rows[first : first + _AT_ONCE]:
            try:
                texts[row["source_id"]] = Text(row["text"], tuple(changed.get(row["source_id"], ())))
            except Exception as error:  # told by the caller, in its place
                texts[row["source_id"]] = error
        whole = {source_id: text for source_id, text in texts.items() if isinstance(text, Text)}
        sought = dict(zip(whole, seek([text.clean for text in whole.values()]), strict=True))
        for source_id, text in texts.items():
            yield source_id, text, sought.get(source_id)


def read_document(
    source: Mapping[str, Any], text: Text, passages: Sequence[Passage], sought: Sought | None = None
) -> tuple[list[dict[str, Any]], Reasons]:
    """Rows of claims of one document, and the reasons of its other numerals; ``sought``: what it holds of the word lists."""
    meta = Meta(source["document_type"], source["published"], source["region_id"], source["title"])
    reader = Reader(meta, text.clean, passages, sought)
    found = list(reader.read())
    structural = [text.to_raw(f.quantity.start, f.quantity.end) for f in found if f.claim is None]
    return list(_claim_rows(source["source_id"], text, found)), Reasons(text, structural, reader.readings)


def claims_alone(source: Mapping[str, Any], text: Text, passages: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """The rows of ``claims`` that :func:`run` gives for one document; ``passages``: the columns of that table."""
    rows = from_columns(passages).get(source["source_id"], [])
    found, _ = read_document(source, text, rows)
    return sorted(found, key=lambda row: key_of("claims", row))


def _claim_rows(source_id: str, text: Text, found: Iterable[Found]) -> Iterator[dict[str, Any]]:
    """Rows of claims, each once: where two readings end at the same raw stretch the first stands."""
    seen: set[tuple[int, int]] = set()
    said: dict[tuple[str, str, str], str] = {}
    for entry in found:
        if entry.claim is None:
            continue
        row = _claim_row(source_id, text, entry.passage, entry.claim)
        if (row["raw_start"], row["raw_end"]) in seen:
            continue
        seen.add((row["raw_start"], row["raw_end"]))
        clean = text.clean[entry.quantity.start : entry.quantity.end]
        if entry.passage.repeats:
            row["repeats"] = said.get((entry.passage.repeats, clean, entry.claim.indicator))
        said.setdefault((entry.passage.passage_id, clean, entry.claim.indicator), row["claim_id"])
        yield row


def _claim_row(source_id: str, text: Text, passage: Passage, claim: Claim) -> dict[str, Any]:
    quantity, period = claim.quantity, claim.period
    start, end = text.to_raw(quantity.start, quantity.end)
    alone = (quantity.reading_start, quantity.reading_end) == (quantity.start, quantity.end)
    reading = (start, end) if alone else text.to_raw(quantity.reading_start, quantity.reading_end)
    quote = text.raw[start:end]
    first, last = period_dates(period.text) if period else (None, None)
    return {
        "claim_id": f"{source_id}:{start}-{end}",
        "source_id": source_id,
        "passage_id": passage.passage_id,
        "indicator_text": claim.indicator or None,
        "measure": claim.measure,
        "basis": claim.basis,
        "reference": claim.reference,
        "statement": claim.statement,
        "value": _float(quantity.value),
        "value_low": _float(quantity.low),
        "value_high": _float(quantity.high),
        "bound": quantity.bound,
        "resolution": _float(quantity.resolution),
        "unit": quantity.unit,
        "classifier": quantity.classifier,
        "period": period.text if period else None,
        "period_start": first,
        "period_end": last,
        "period_kind": period.kind if period else None,
        "region_id": claim.region_id,
        "subject_text": claim.subject,
        "quote": quote,
        "numeral": _printed(text, quantity, quote),
        "context": text.clean[claim.sentence_start : claim.sentence_end].strip(),
        "raw_start": start,
        "raw_end": end,
        "reading_start": reading[0],
        "reading_end": reading[1],
        "repeats": None,
        "fault": quantity.fault,
        "rule": claim.rule,
        "confidence": claim.confidence,
    }


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _printed(text: Text, quantity: Quantity, quote: str) -> str:
    """The numeral as the raw text prints it, whose words are ``quote``; as cleaned where markup cuts it."""
    at = text.clean.find(quantity.numeral, quantity.start, quantity.end)
    if at < 0 or (at == quantity.start and quote.startswith(quantity.numeral)):
        return quantity.numeral
    start, end = text.to_raw(at, at + len(quantity.numeral))
    return text.raw[start:end] if end - start == len(quantity.numeral) else quantity.numeral


def failure(file: str, error: Exception) -> dict[str, Any]:
    """The row of ``quarantine`` for a document that breaks the grammar."""
    return {
        "file": file,
        "stage": "extract",
        "reason": "failed",
        "detail": f"{type(error).__name__}: {error}",
        "advice": "Report the document; the others are not affected.",
    }


def extractor_hash() -> str:
    """sha256 over the sources of clean and extract and over their word tables, by name: what an accuracy figure holds for."""
    files = [
        *(ROOT / "pipeline" / "extract").glob("*.py"),
        *(ROOT / "pipeline" / "clean").glob("*.py"),
        *(TABLES / f"{name}.csv" for name in WORD_TABLES),
    ]
    whole = hashlib.sha256()
    for path in sorted(files, key=lambda path: (path.parent.name, path.name)):
        whole.update(f"{path.parent.name}/{path.name}\n".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
