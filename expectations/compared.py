"""What comparing figures gives when it is asked again: observations, evidence, and all that rests on them.

Figures of one indicator are merged, ranked and held against one another without regard to other indicators, but for those
that ``indicator_relations.csv`` ties to it. So some indicators, with the claims of these, can be compared alone.
"""

import pyarrow as pa
import pyarrow.compute as pc

from expectations.again import Part, Rows, chosen, set_aside
from expectations.tables import Tables
from pipeline.contract import build
from pipeline.normalise.master import master_tables
from pipeline.normalise.relations import related
from pipeline.normalise.run import compared

CLAIMS = 2_000
"""Claims compared again in a build: a few seconds, five times the bundled corpus. Where there are more, so many stand behind
the observations of the indicators that are asked; an indicator with more of its own is left to the rules in SQL."""
READ = [
    *("source_id", "file", "edition", "sha256", "original_sha256", "published", "published_to"),
    *("publisher_type", "standing", "duplicate_of"),
]
"""Columns of ``sources`` that comparing reads."""
OF_OBSERVATIONS = {
    "observations": "observation_id",
    "evidence": "observation_id",
    "comparisons": "target_observation_id",
    "progress": "target_observation_id",
    "warnings": "observation_id",
}
"""Tables by the column that names the observation a row is about."""
TABLES = (*OF_OBSERVATIONS, "conflicts", "conflict_claims")


def figures(tables: Tables) -> Part:
    """Claims compared again. Needs sources, edits, claims, organisations, organisation_mentions, quarantine and :data:`TABLES`."""
    every = tables.rows("claims") <= CLAIMS
    asked = set() if every else _indicators(tables)
    claims = tables["claims"] if every else _claims_of(tables, {*asked, *(n for one in asked for n in related(one))})
    aside = pa.array(sorted(set_aside(tables, "normalise")), pa.string())
    claims = claims.filter(pc.invert(pc.is_in(claims["source_id"], aside)))
    documents = set(claims.column("source_id").to_pylist())
    edits, mentions = (tables.only(name, "source_id", documents) for name in ("edits", "organisation_mentions"))
    master = master_tables() | {"organisations": tables["organisations"]}
    rows = compared(_copies(tables, documents), edits, claims, master, mentions.to_pylist())
    made = {name: build(name, rows[name]) for name in TABLES}
    if every:
        return Part(made, {name: tables[name] for name in TABLES})
    return Part(_about(Tables(made), asked), _about(tables, asked))


def _copies(tables: Tables, documents: set[str]) -> pa.Table:
    """What is known of some documents, and of all others with their bytes or their original: the first of these is no copy."""
    own = tables.only("sources", "source_id", documents)
    hashes = pa.chunked_array([*own["sha256"].chunks, *own["original_sha256"].chunks], pa.string()).drop_null()
    alike = (
        part.filter(pc.or_(*(pc.is_in(part[name], hashes.combine_chunks()) for name in ("sha256", "original_sha256"))))
        for part in tables.stream("sources", READ)
    )
    return pa.Table.from_batches(alike, pa.schema([own.schema.field(name) for name in READ]))


def _indicators(tables: Tables) -> set[str]:
    """Indicators whose claims, with those of related ones, are no more than may be compared again."""
    counted = tables.sql(
        "SELECT indicator_id, count(*) FROM observations JOIN evidence USING (observation_id) GROUP BY ALL"
    )
    own: dict[str, int] = dict(counted.fetchall())
    return chosen(((one, sum(own.get(name, 0) for name in (one, *related(one)))) for one in own), CLAIMS)


def _claims_of(tables: Tables, indicators: set[str]) -> pa.Table:
    """Claims behind observations of the indicators, and their neighbours in the passage: a word of one may hold for the next."""
    answer = tables.sql(
        "SELECT DISTINCT c.passage_id FROM claims c JOIN evidence USING (claim_id)"
        " JOIN observations USING (observation_id) JOIN asked USING (indicator_id)",
        asked=pa.table({"indicator_id": sorted(indicators)}),
    )
    return tables.only("claims", "passage_id", (passage_id for (passage_id,) in answer.fetchall()))


def _about(tables: Tables, indicators: set[str]) -> Rows:
    """The rows about observations of the indicators, table by table."""
    observations = tables.only("observations", "indicator_id", indicators)
    ids = set(observations.column("observation_id").to_pylist())
    found = {name: tables.only(name, column, ids) for name, column in OF_OBSERVATIONS.items()}
    series = set(observations.column("series_id").to_pylist())
    found["conflicts"] = tables.only("conflicts", "series_id", series)
    conflicts = set(found["conflicts"].column("conflict_id").to_pylist())
    found["conflict_claims"] = tables.only("conflict_claims", "conflict_id", conflicts)
    return found
