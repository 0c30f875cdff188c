"""The stage as one batch: tables in, tables out."""

from dataclasses import replace
from typing import Any

import pyarrow as pa

from pipeline.contract import build
from pipeline.normalise.catalogue import catalogue
from pipeline.normalise.comparisons import comparisons
from pipeline.normalise.conflicts import conflicts
from pipeline.normalise.evidence import evidence, original_spans
from pipeline.normalise.master import master_tables
from pipeline.normalise.nesting import Nesting
from pipeline.normalise.observations import observe
from pipeline.normalise.organisations import Names, mentions, with_named
from pipeline.normalise.parks import parks
from pipeline.normalise.passages import read_documents
from pipeline.normalise.places import Places
from pipeline.normalise.programmes import programme_claims, programmes
from pipeline.normalise.progress import baselines, progress
from pipeline.normalise.repairs import corrected
from pipeline.normalise.sources import Sources
from pipeline.normalise.subjects import Subjects
from pipeline.normalise.verdicts import Judge
from pipeline.normalise.warnings import warnings

Rows = dict[str, list[dict[str, Any]]]


def run(
    sources: pa.Table, documents: pa.Table, edits: pa.Table, passages: pa.Table, claims: pa.Table
) -> dict[str, pa.Table]:
    """All tables of the stage by name, and an empty ``quarantine`` (what this stage cannot use stays a claim).

    Raises ValueError where a seed table does not fit the contract.
    """
    master = master_tables()
    structure = structured(sources, documents, edits, passages, claims, master)
    master["organisations"] = build("organisations", structure["organisations"])
    rows = compared(sources, edits, claims, master, structure["organisation_mentions"]) | structure
    return master | {name: build(name, rows[name]) for name in sorted(rows)} | {"quarantine": build("quarantine", [])}


def compared(
    sources: pa.Table,
    edits: pa.Table,
    claims: pa.Table,
    master: dict[str, pa.Table],
    mentioned: list[dict[str, Any]],
) -> Rows:
    """Rows of the tables made by comparing figures; ``mentioned``: where the documents name organisations."""
    known = catalogue(master["indicators"], master["indicator_synonyms"])
    documents = Sources(sources.to_pylist())
    subjects = Subjects(master["organisations"], master["regions"], mentioned)
    observations = observe(claims.to_pylist(), documents, known, subjects)
    nesting = Nesting(master["regions"])
    judge = Judge(observations, known, nesting)
    found = baselines(observations, judge)
    suspicious = warnings(observations, found, known, nesting)
    doubted = {row["observation_id"] for row in suspicious}
    conflicting, conflicting_claims = conflicts(observations)
    return {
        "observations": [
            (replace(one, status="suspect") if one.observation_id in doubted else one).row() for one in observations
        ],
        "evidence": evidence(observations, documents, original_spans()),
        "comparisons": comparisons(observations, found, known, judge),
        "progress": progress(observations, found, known, judge),
        "conflicts": conflicting,
        "conflict_claims": conflicting_claims,
        # A numeral that was put right is told, but nothing stands against the figure.
        "warnings": [*suspicious, *corrected(observations, edits.to_pylist())],
    }


def structured(
    sources: pa.Table,
    documents: pa.Table,
    edits: pa.Table,
    passages: pa.Table,
    claims: pa.Table,
    master: dict[str, pa.Table],
) -> Rows:
    """Rows of the tables read off the structure of the documents."""
    scope = dict(zip(sources.column("source_id").to_pylist(), sources.column("region_id").to_pylist(), strict=True))
    regions = master["regions"].to_pylist()
    places = Places(regions)
    names = Names(master["organisations"], regions)
    rows: Rows = {"programmes": [], "parks": [], "park_industries": [], "organisation_mentions": []}
    meant: list[dict[str, Any]] = []
    for document in read_documents(documents, edits, passages):
        rows["programmes"] += programmes(document)
        found, industries = parks(document, places, scope.get(document.source_id))
        rows["parks"] += found
        rows["park_industries"] += industries
        listed = [(park["raw_start"], park["raw_end"]) for park in found]
        named, organisations = mentions(document, names, scope.get(document.source_id), listed)
        rows["organisation_mentions"] += named
        meant += organisations
    rows["organisations"] = with_named(master["organisations"], meant)
    rows["programme_claims"] = programme_claims(rows["programmes"], claims.to_pylist())
    return rows
