"""Which claims an observation rests on, whether they are independent, and where the originals say so."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pipeline.contract.seed import seed_rows
from pipeline.normalise.model import Observation, Row
from pipeline.normalise.reprints import reprints
from pipeline.normalise.sources import Sources

# A quote's digits: from its first numeral to its last, as the claim's own column holds them.
NUMERAL = re.compile(
    r"[0-9０-９〇零一二三四五六七八九十百千万亿两半几](?:.*[0-9０-９〇零一二三四五六七八九十百千万亿两半几])?"
)

Spans = dict[str, list[dict[str, Any]]]


def original_spans(rows: Iterable[Row] | None = None) -> Spans:
    """Rows of ``original_spans.csv`` by document file, offsets as integers, sorted by digest offset."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in seed_rows("original_spans") if rows is None else rows:
        numbers = {name: int(value) for name, value in row.items() if name.endswith(("_start", "_end"))}
        found[row["document"]].append(dict(row) | numbers)
    return {document: sorted(spans, key=lambda span: span["digest_start"]) for document, spans in found.items()}


def evidence(observations: Iterable[Observation], sources: Sources, spans: Spans) -> list[dict[str, Any]]:
    """Rows of the table ``evidence``.

    Independent is the first claim of each document that is no copy, unless its sentence is printed in an earlier document
    too: saying a thing twice does not make it truer.
    """
    rows = []
    for observation in observations:
        told: set[str] = set()
        reprinted = reprints(observation.claims, sources)
        for claim in sorted(observation.claims, key=lambda claim: (claim["source_id"], claim["raw_start"])):
            source_id = claim["source_id"]
            own = claim["repeats"] is None and claim["claim_id"] not in reprinted
            independent = source_id not in told and own and not sources.is_copy(source_id)
            told.add(source_id)
            rows.append(
                {
                    "observation_id": observation.observation_id,
                    "claim_id": claim["claim_id"],
                    "source_id": source_id,
                    "independent": independent,
                    **place_in_original(claim, sources, spans),
                }
            )
    return rows


def place_in_original(claim: Row, sources: Sources, spans: Spans) -> dict[str, Any]:
    """Where the original states a claim's figure: the claim's own place, or the one the digest's span is tied to.

    A digest's span counts where it overlaps the claim and names the very original the source is registered with.
    """
    source = sources.known(claim["source_id"])
    if source is None:
        return {}
    if not source.digest:
        return _place(source.sha256, claim["raw_start"], claim["raw_end"], claim["numeral"])
    best, widest = None, 0
    for span in spans.get(source.file, ()):
        shared = min(claim["raw_end"], span["digest_end"]) - max(claim["raw_start"], span["digest_start"])
        if shared > widest and span["original_sha256"] == source.original:
            best, widest = span, shared
    if best is None:
        return {}
    digits = NUMERAL.search(best["original_quote"])
    return _place(
        best["original_sha256"],
        best["original_start"],
        best["original_end"],
        digits.group() if digits else best["original_quote"],
    )


def _place(sha256: str, start: int, end: int, numeral: str) -> dict[str, Any]:
    return {"original_sha256": sha256, "original_start": start, "original_end": end, "original_numeral": numeral}
