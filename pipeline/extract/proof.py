"""Two proofs on the tables of the stage: every claim reads again from the raw text, every numeral run is accounted for.

A claim of running text is read again from its own characters. A bare number in a table has no unit there: its document is
cleaned again from scratch, the whole table is read again, and the cell must give the same value, resolution, bound and unit.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline import clean
from pipeline.clean import clean_fragment
from pipeline.clean.run import texts_of
from pipeline.extract.blocks import Block, blocks, laid_out
from pipeline.extract.currencies import currency_of
from pipeline.extract.grid import figures
from pipeline.extract.model import Quantity
from pipeline.extract.quantities import find_quantities
from pipeline.extract.scanner import numeral_runs
from pipeline.extract.table_units import quantity_of

# Numeral, claim and reason of a row.
_Run = tuple[str, str | None, str | None]


def unproven_claims(
    documents: pa.Table, edits: pa.Table, sources: pa.Table, claims: pa.Table
) -> Iterator[dict[str, Any]]:
    """Claims whose quote is not what stands at their offsets, or whose raw characters, cleaned again from scratch and parsed,
    do not give value, resolution, bound and unit.

    Corrections count as part of cleaning: those recorded inside the stretch are applied to it again.
    """
    text = dict(zip(documents.column("source_id").to_pylist(), documents.column("text").to_pylist(), strict=True))
    script = dict(zip(sources.column("source_id").to_pylist(), sources.column("script").to_pylist(), strict=True))
    places = zip(sources.column("source_id").to_pylist(), sources.column("region_id").to_pylist(), strict=True)
    money = {source_id: currency_of(region_id) for source_id, region_id in places}
    corrected: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in edits.filter(pc.match_substring(edits.column("rule"), "correction")).to_pylist():
        corrected[row["source_id"]].append((row["raw_start"], row["raw_end"], row["replacement"] or ""))
    every = claims.to_pylist()
    cells = {claim["source_id"] for claim in every if _in_table(claim)}
    again_read = _cells_again(sources, documents, cells, money)
    for claim in every:
        raw = text.get(claim["source_id"], "")
        if claim["quote"] != raw[claim["raw_start"] : claim["raw_end"]]:
            yield {"claim_id": claim["claim_id"]}
            continue
        if _in_table(claim):
            at = (claim["source_id"], claim["raw_start"], claim["raw_end"])
            if at not in again_read or not _same(again_read[at], claim):
                yield {"claim_id": claim["claim_id"]}
            continue
        start, end = claim["reading_start"], claim["reading_end"]
        declared = corrected.get(claim["source_id"], ())
        inside = [(a - start, b - start, new) for a, b, new in declared if start <= a and b <= end]
        quoted = [
            (a + start - claim["raw_start"], b + start - claim["raw_start"], new)
            for a, b, new in inside
            if claim["raw_start"] <= a + start and b + start <= claim["raw_end"]
        ]
        # A document in both scripts is converted line by line: its claim must read so in one of them.
        for one in ("Hant", "Hans") if script[claim["source_id"]] == "mixed" else (script[claim["source_id"]],):
            again = clean_fragment(raw[start:end], script=one, corrections=inside)
            quote = clean_fragment(raw[claim["raw_start"] : claim["raw_end"]], script=one, corrections=quoted)
            if any(
                again[found.start : found.end] == quote and _same(found, claim)
                for found in find_quantities(again, currency=money[claim["source_id"]])
            ):
                break
        else:
            yield {"claim_id": claim["claim_id"]}


def _in_table(claim: dict[str, Any]) -> bool:
    """A claim whose quote is a bare number: its rule begins with ``cell``."""
    return bool(claim["rule"].startswith("cell/"))


def _cells_again(
    sources: pa.Table, documents: pa.Table, wanted: set[str], money: dict[str, str]
) -> dict[tuple[str, int, int], Quantity]:
    """The cells of all tables of these documents, read again from the raw text alone, by source and raw stretch."""
    if not wanted:
        return {}
    described, texts = (
        table.filter(pc.is_in(table.column("source_id"), pa.array(sorted(wanted)))) for table in (sources, documents)
    )
    cleaned = clean.run(described, texts)
    passages = laid_out(cleaned["passages"])
    found: dict[tuple[str, int, int], Quantity] = {}
    for source_id, text in texts_of(texts, cleaned["edits"]).items():
        for block in blocks(text.clean, passages.get(source_id, [])):
            if not isinstance(block, Block):
                continue
            for figure in figures(text.clean, block.rows):
                quantity = quantity_of(text.clean, figure, block.captions, money[source_id])
                if quantity is not None:
                    found[source_id, *text.to_raw(quantity.start, quantity.end)] = quantity
    return found


def _same(found: Any, claim: dict[str, Any]) -> bool:
    read = (found.value, found.low, found.high, found.resolution)
    kept = (claim[name] for name in ("value", "value_low", "value_high", "resolution"))
    same = found.bound == claim["bound"] and found.unit == claim["unit"]
    return same and all(_equal(one, other) for one, other in zip(read, kept, strict=True))


def _equal(read: Decimal | None, kept: float | None) -> bool:
    return read is None if kept is None else read is not None and float(read) == kept


def ledger_gaps(documents: pa.Table, numerals: pa.Table, claims: pa.Table) -> Iterator[dict[str, Any]]:
    """Numeral runs of the raw text without exactly one claim or reason, rows that are no run, and claims that take none."""
    if not _complete(documents, numerals):
        yield from _gaps(documents, numerals)
    names = ("source_id", "raw_start", "raw_end", "claim_id")
    given = numerals.select(names).filter(numerals.column("claim_id").is_valid())
    taken = list(zip(*(given.column(name).to_pylist() for name in names), strict=True))
    names = ("claim_id", "source_id", "reading_start", "reading_end")
    by_id = {claim[0]: claim[1:] for claim in zip(*(claims.column(name).to_pylist() for name in names), strict=True)}
    for source, start, end, claim_id in taken:
        if claim_id and not _within((source, start, end), by_id.get(claim_id)):
            yield {"source_id": source, "raw_start": start, "raw_end": end}
    for claim_id in sorted(by_id.keys() - {claim_id for *_, claim_id in taken}):
        yield {"claim_id": claim_id}


def _complete(documents: pa.Table, numerals: pa.Table) -> bool:
    """Whether the rows, in their order, are the runs of all documents, each with one claim or one reason: told column by
    column; where it is not so :func:`_gaps` tells which."""
    claimed, reasoned = (numerals.column(name).is_valid() for name in ("claim_id", "reason"))
    if not pc.all(pc.xor(claimed, reasoned), min_count=0).as_py():
        return False
    source_ids, texts = (documents.sort_by("source_id").column(name).to_pylist() for name in ("source_id", "text"))
    every = [numeral_runs(raw) for raw in texts]
    columns = {
        "source_id": [source_id for source_id, runs in zip(source_ids, every, strict=True) for _ in runs],
        "raw_start": [start for runs in every for start, _ in runs],
        "raw_end": [end for runs in every for _, end in runs],
        "numeral": [raw[start:end] for raw, runs in zip(texts, every, strict=True) for start, end in runs],
    }
    return all(
        numerals.column(name).equals(pa.chunked_array([pa.array(values, numerals.column(name).type)]))
        for name, values in columns.items()
    )


def _gaps(documents: pa.Table, numerals: pa.Table) -> Iterator[dict[str, Any]]:
    """Runs without exactly one claim or reason, and rows that are no run."""
    rows: dict[str, dict[tuple[int, int], list[_Run]]] = defaultdict(lambda: defaultdict(list))
    columns = ("source_id", "raw_start", "raw_end", "numeral", "claim_id", "reason")
    for source, start, end, *told in zip(*(numerals.column(name).to_pylist() for name in columns), strict=True):
        rows[source][start, end].append((told[0], told[1], told[2]))
    for document in documents.to_pylist():
        source, raw = document["source_id"], document["text"]
        kept = rows.pop(source, {})
        for start, end in numeral_runs(raw):
            found = kept.pop((start, end), [])
            numeral, claim_id, reason = found[0] if len(found) == 1 else ("", None, None)
            if numeral != raw[start:end] or (claim_id is None) == (reason is None):
                yield {"source_id": source, "raw_start": start, "raw_end": end}
        for start, end in sorted(kept):
            yield {"source_id": source, "raw_start": start, "raw_end": end}
    for source in sorted(rows):
        yield {"source_id": source}


def _within(run: tuple[str, int, int], claim: tuple[str, int, int] | None) -> bool:
    """Whether a run lies in the stretch that its claim is read from; both by document, start and end."""
    return claim is not None and claim[0] == run[0] and claim[1] <= run[1] and run[2] <= claim[2]
