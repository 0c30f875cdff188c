"""What one document tells by itself: its structure, whom it names, and its claims read as figures. A batch of documents in, their
rows out; what a batch gives depends on nothing but its documents and the seed tables, so batches may be read side by side.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.contract import build, empty, schema
from pipeline.normalise import reading, subjects
from pipeline.normalise.catalogue import Catalogue, catalogue
from pipeline.normalise.master import master_tables
from pipeline.normalise.model import Row
from pipeline.normalise.organisations import Names, mentions, with_named
from pipeline.normalise.parks import parks
from pipeline.normalise.passages import read_documents
from pipeline.normalise.places import Places
from pipeline.normalise.programmes import programme_claims, programmes

Rows = dict[str, list[dict[str, Any]]]

STRUCTURE = ("programmes", "programme_claims", "parks", "park_industries", "organisation_mentions")
READ = (*STRUCTURE, "readings")
"""Tables that are whole when the rows of all batches are put together."""
MEANT = "meant"
"""The organisations that each document means: rows of ``organisations`` with the document, of which all together make that table."""


@dataclass(frozen=True, slots=True)
class Master:
    """The seed tables, arranged for looking up."""

    tables: dict[str, pa.Table]
    known: Catalogue
    places: Places
    names: Names
    subject_places: subjects.Places


@cache
def master() -> Master:
    """The seed tables, read once. Raises ValueError where one does not fit the contract."""
    tables = master_tables()
    regions = tables["regions"].to_pylist()
    return Master(
        tables,
        catalogue(tables["indicators"], tables["indicator_synonyms"]),
        Places(regions),
        Names(tables["organisations"], regions),
        subjects.Places(tables["regions"]),
    )


def read_batch(
    sources: pa.Table, documents: pa.Table, edits: pa.Table, passages: pa.Table, claims: pa.Table
) -> dict[str, pa.Table]:
    """The tables of ``READ`` for some documents, ``MEANT``, and an empty ``quarantine`` (what cannot be used here stays a claim).

    All tables hold rows of these documents alone. Raises ValueError where a seed table does not fit the contract.
    """
    seeds = master()
    rows = structured(sources, documents, edits, passages, seeds)
    rows["programme_claims"] = programme_claims(
        rows["programmes"],
        claims.select(["claim_id", "source_id", "raw_start"]).to_pylist() if rows["programmes"] else (),
    )
    rows["readings"] = read_claims(claims, rows["organisation_mentions"], seeds.known, seeds.subject_places)
    meant = pa.Table.from_pylist(rows.pop(MEANT), schema=meant_schema())
    return {name: build(name, found) for name, found in rows.items()} | {
        MEANT: meant,
        "quarantine": empty("quarantine"),
    }


def read_claims(
    claims: pa.Table, mentioned: Iterable[Row], known: Catalogue, places: subjects.Places
) -> list[dict[str, Any]]:
    """Rows of the table ``readings``; ``mentioned``: where the documents of the claims name organisations."""
    told = subjects.Told(places, mentioned)
    worded = claims.select(list(reading.CLAIM)).filter(
        pc.fill_null(pc.not_equal(claims.column("indicator_text"), ""), False)
    )
    return reading.readings(worded.to_pylist(), known, told)


def structured(sources: pa.Table, documents: pa.Table, edits: pa.Table, passages: pa.Table, seeds: Master) -> Rows:
    """Rows of the tables read off the structure of the documents, without ``programme_claims``."""
    scope = dict(zip(sources.column("source_id").to_pylist(), sources.column("region_id").to_pylist(), strict=True))
    rows: Rows = {"programmes": [], "parks": [], "park_industries": [], "organisation_mentions": [], MEANT: []}
    for document in read_documents(documents, edits, passages):
        rows["programmes"] += programmes(document)
        found, industries = parks(document, seeds.places, scope.get(document.source_id))
        rows["parks"] += found
        rows["park_industries"] += industries
        listed = [(park["raw_start"], park["raw_end"]) for park in found]
        named, organisations = mentions(document, seeds.names, scope.get(document.source_id), listed)
        rows["organisation_mentions"] += named
        rows[MEANT] += [{"source_id": document.source_id} | row for row in with_named((), organisations)]
    return rows


def meant_schema() -> pa.Schema:
    """Columns of ``MEANT``."""
    return pa.schema([schema("organisation_mentions").field("source_id"), *schema("organisations")])


def organisations(parts: Iterable[pa.Table]) -> pa.Table:
    """The table ``organisations``: the master table, completed by what documents mean (``MEANT``), given in their order."""
    told = chain.from_iterable(part.drop_columns("source_id").to_pylist() for part in parts)
    return build("organisations", with_named(master().tables["organisations"].to_pylist(), told))


def batches(tables: Iterable[pa.Table], documents: int) -> Iterator[list[pa.Table]]:
    """The same tables for some documents at a time, in order of ``source_id``, which they all have."""
    listed = list(tables)
    ids = sorted(set().union(*(pc.unique(table.column("source_id")).to_pylist() for table in listed)))
    for at in range(0, max(len(ids), 1), documents):
        some = pa.array(ids[at : at + documents], pa.string())
        yield [table.filter(pc.is_in(table.column("source_id"), some)) for table in listed]
