"""Figures whose numeral is printed damaged and was corrected, each with the passage of its document that proves it.

A correction is proved by the same figure printed whole elsewhere in the document: one indicator, place, organisation, measure,
statement, value and unit. Where there is no such passage, the correction's own reason (table ``corrections``) stands alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.normalise.findings import Finding, warning
from pipeline.normalise.model import Observation, Row

CORRECTION = "correction:"
# Columns of an edit that are read.
CORRECTED = ("source_id", "raw_start", "raw_end", "rule")

# Raw start, raw end and identifier of a correction.
Repair = tuple[int, int, str]


def corrected(observations: Sequence[Observation], edits: Iterable[Row]) -> list[Finding]:
    """Rows of the table ``warnings`` for figures read from a corrected numeral."""
    return mended(observations, repairs(edits))


def repairs(edits: Iterable[Row]) -> dict[str, list[Repair]]:
    """The corrections among edits, by document."""
    found: defaultdict[str, list[Repair]] = defaultdict(list)
    for edit in edits:
        for rule in edit["rule"].split("+"):
            if rule.startswith(CORRECTION):
                found[edit["source_id"]].append((edit["raw_start"], edit["raw_end"], rule.removeprefix(CORRECTION)))
    return dict(found)


def mended(observations: Iterable[Observation], repaired: Mapping[str, Iterable[Repair]]) -> list[Finding]:
    """As ``corrected``; ``repaired``: the corrections by document."""
    read = [
        (one, claim, _repair(claim, repaired[claim["source_id"]]))
        for one in observations
        for claim in one.claims
        if claim["source_id"] in repaired
    ]
    whole: defaultdict[tuple[Any, ...], list[tuple[Observation, Row]]] = defaultdict(list)
    for one, claim, repair in read:
        if repair is None and not claim["fault"]:
            whole[_figure(one, claim)].append((one, claim))
    found = []
    for one, claim, repair in read:
        if repair is None or one.value is None:
            continue
        proofs = sorted(whole[_figure(one, claim)], key=lambda pair: int(pair[1]["raw_start"]))
        proof, told = proofs[0] if proofs else (None, None)
        detail = {"correction": repair, "value": one.value, "unit": one.unit, "proof": told and told["passage_id"]}
        found.append(warning("corrected", one, proof, detail) | {"claim_id": claim["claim_id"]})
    return found


def _repair(claim: Row, repairs: Iterable[Repair]) -> str | None:
    """The correction that lies within a claim's numeral."""
    return next((name for start, end, name in repairs if start < claim["raw_end"] and claim["raw_start"] < end), None)


def _figure(one: Observation, claim: Row) -> tuple[Any, ...]:
    place = (one.region_id, one.organisation_id)
    return claim["source_id"], one.indicator_id, *place, one.measure, one.statement, one.value, one.unit
