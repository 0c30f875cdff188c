"""The stage as one batch function: passages in, numerals and claims out, a document that fails set aside; and what it does with one."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipeline.clean.run import edits_of
from pipeline.clean.text import Text
from pipeline.contract import BY_NAME, build
from pipeline.contract.arrow import build_columns, key_of
from pipeline.contract.collector import resting
from pipeline.contract.paths import ROOT, TABLES
from pipeline.extract.blocks import from_columns, laid_out
from pipeline.extract.claims import Reader
from pipeline.extract.days import period_dates
from pipeline.extract.lexicon import Sought, seek
from pipeline.extract.model import Claim, Meta, Passage, Quantity
from pipeline.extract.reasons import Reasons

if TYPE_CHECKING:
    import pyarrow as pa

Columns = dict[str, list[Any]]

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

_AT_ONCE = 100
"""Documents whose texts are searched for the word lists together: enough for speed, and few enough to be held in memory."""


def run(sources: "pa.Table", documents: "pa.Table", edits: "pa.Table", passages: "pa.Table") -> "dict[str, pa.Table]":
    """Tables ``numerals``, ``claims`` and ``quarantine`` of all documents. A document whose reading raises goes to quarantine."""
    with resting():
        return _read_all(sources, documents, edits, passages)


def _read_all(
    sources: "pa.Table", documents: "pa.Table", edits: "pa.Table", passages: "pa.Table"
) -> "dict[str, pa.Table]":
    from pipeline.extract.ledger import TAKEN, Ledger, Taken  # with Arrow, which the claims of one document need not

    known = {row["source_id"]: row for row in sources.to_pylist()}
    rows = laid_out(passages)
    documents = documents.sort_by("source_id")
    ledger = Ledger(documents, edits)
    claims: Columns = {column.name: [] for column in BY_NAME["claims"].columns}
    quarantine: list[dict[str, Any]] = []
    for number, (source_id, text, sought) in enumerate(_texts(documents, edits)):
        try:
            if isinstance(text, Exception):
                raise text
            found, reasons = read_document(known[source_id], text, rows.get(source_id, []), sought)
            ledger.enter(number, list(map(Taken._make, zip(*(found[name] for name in TAKEN), strict=True))), reasons)
        except Exception as error:  # a document that breaks the grammar must not take the others with it
            quarantine.append(failure(known.get(source_id, {}).get("file", source_id), error))
            continue
        for name, column in claims.items():
            column += found[name]
    return {
        "numerals": ledger.table(),
        "claims": build_columns("claims", claims),
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
) -> tuple[Columns, Reasons]:
    """The columns of claims of one document, and the reasons of its other numerals; ``sought``: what it holds of the word lists."""
    meta = Meta(source["document_type"], source["published"], source["region_id"], source["title"])
    reader = Reader(meta, text.clean, passages, sought)
    found = list(reader.read())
    structural = [text.to_raw(f.quantity.start, f.quantity.end) for f in found if f.claim is None]
    told = [(entry.passage, entry.claim) for entry in found if entry.claim is not None]
    return _claim_columns(source["source_id"], text, told), Reasons(text, structural, reader.readings)


def claims_alone(source: Mapping[str, Any], text: Text, passages: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """The rows of ``claims`` that :func:`run` gives for one document; ``passages``: the columns of that table."""
    rows = from_columns(passages).get(source["source_id"], [])
    found, _ = read_document(source, text, rows)
    told = [dict(zip(found, row, strict=True)) for row in zip(*found.values(), strict=True)]
    return sorted(told, key=lambda row: key_of("claims", row))


def _claim_columns(source_id: str, text: Text, told: Sequence[tuple[Passage, Claim]]) -> Columns:
    """The claims of a document with their passages, column by column, each once: where two readings end at the same raw stretch
    the first stands."""
    quotes = text.places((claim.quantity.start, claim.quantity.end) for _, claim in told)
    first = {quote: at for at, quote in reversed(list(enumerate(quotes)))}
    kept = sorted(first.values())
    passages, claims = [told[at][0] for at in kept], [told[at][1] for at in kept]
    places = [quotes[at] for at in kept]
    quantities = [claim.quantity for claim in claims]
    readings = text.places((one.reading_start, one.reading_end) for one in quantities)
    ids = [f"{source_id}:{start}-{end}" for start, end in places]
    printed = [text.raw[start:end] for start, end in places]
    periods = [claim.period for claim in claims]
    dates = [period_dates(period.text) if period else (None, None) for period in periods]
    return {
        "claim_id": ids,
        "source_id": [source_id] * len(ids),
        "passage_id": [passage.passage_id for passage in passages],
        "indicator_text": [claim.indicator or None for claim in claims],
        "measure": [claim.measure for claim in claims],
        "basis": [claim.basis for claim in claims],
        "reference": [claim.reference for claim in claims],
        "statement": [claim.statement for claim in claims],
        "value": [_float(one.value) for one in quantities],
        "value_low": [_float(one.low) for one in quantities],
        "value_high": [_float(one.high) for one in quantities],
        "bound": [one.bound for one in quantities],
        "resolution": [_float(one.resolution) for one in quantities],
        "unit": [one.unit for one in quantities],
        "classifier": [one.classifier for one in quantities],
        "period": [period.text if period else None for period in periods],
        "period_start": [first_day for first_day, _ in dates],
        "period_end": [last_day for _, last_day in dates],
        "period_kind": [period.kind if period else None for period in periods],
        "region_id": [claim.region_id for claim in claims],
        "subject_text": [claim.subject for claim in claims],
        "quote": printed,
        "numeral": [_printed(text, one, quote) for one, quote in zip(quantities, printed, strict=True)],
        "context": [text.clean[claim.sentence_start : claim.sentence_end].strip() for claim in claims],
        "raw_start": [start for start, _ in places],
        "raw_end": [end for _, end in places],
        "reading_start": [start for start, _ in readings],
        "reading_end": [end for _, end in readings],
        "repeats": _repeats(text, passages, claims, ids),
        "fault": [one.fault for one in quantities],
        "rule": [claim.rule for claim in claims],
        "confidence": [claim.confidence for claim in claims],
    }


def _repeats(text: Text, passages: Sequence[Passage], claims: Sequence[Claim], ids: Sequence[str]) -> list[str | None]:
    """Of each claim in a passage that repeats another, the claim that said the same there."""
    said: dict[tuple[str, str, str], str] = {}
    repeated: list[str | None] = []
    for passage, claim, claim_id in zip(passages, claims, ids, strict=True):
        words = text.clean[claim.quantity.start : claim.quantity.end]
        before = passage.repeats
        repeated.append(said.get((before, words, claim.indicator)) if before else None)
        said.setdefault((passage.passage_id, words, claim.indicator), claim_id)
    return repeated


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
