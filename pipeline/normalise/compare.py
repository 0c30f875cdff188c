"""All documents together: readings become observations, and what follows from comparing them.

Figures are compared within a family of indicators, those that touch each other directly or through others, so one family at a time
is in memory; what is read and what is made waits on disk, sorted there by DuckDB.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.contract import BY_NAME, schema
from pipeline.contract.arrow import of_columns, unsorted
from pipeline.normalise.catalogue import Catalogue, catalogue
from pipeline.normalise.comparisons import comparison_columns
from pipeline.normalise.conflicts import conflicts
from pipeline.normalise.evidence import Spans, evidence, original_spans
from pipeline.normalise.held import Held
from pipeline.normalise.model import Observation, Row, columns
from pipeline.normalise.nesting import Nesting
from pipeline.normalise.observations import observations
from pipeline.normalise.progress import baselines, progress
from pipeline.normalise.relations import family
from pipeline.normalise.repairs import CORRECTION, Repair, mended, repairs
from pipeline.normalise.resolving import resolved
from pipeline.normalise.sources import COLUMNS, Sources
from pipeline.normalise.spill import Spill
from pipeline.normalise.subjects import Named, Places
from pipeline.normalise.verdicts import Judge
from pipeline.normalise.warnings import combined_targets, each_once, standing_out

COMPARED = ("observations", "evidence", "comparisons", "progress", "conflicts", "conflict_claims", "warnings")
"""The tables made here."""


@dataclass(frozen=True, slots=True)
class Context:
    """What figures are compared by: sources, catalogue, places, spans of originals, corrections by document."""

    sources: Sources
    known: Catalogue
    nesting: Nesting
    spans: Spans
    repaired: Mapping[str, list[Repair]]


@dataclass(frozen=True, slots=True)
class Compared:
    """The tables of ``COMPARED``. ``doubted``: observations that a warning stands against."""

    spill: Spill
    doubted: pa.Array

    def reader(self, name: str) -> pa.RecordBatchReader:
        """The rows of a table in the contract's order, some at a time."""
        rows = self.spill.sorted(name, schema(name), BY_NAME[name].key)
        if name != "observations":
            return rows
        return pa.RecordBatchReader.from_batches(rows.schema, (self._suspected(batch) for batch in rows))

    def table(self, name: str) -> pa.Table:
        """The rows of a table, all of them."""
        return self.reader(name).read_all()

    def _suspected(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        at = batch.schema.get_field_index("status")
        suspect = pc.if_else(pc.is_in(batch.column("observation_id"), self.doubted), "suspect", batch.column("status"))
        return batch.set_column(at, batch.schema.field(at), suspect)


@contextmanager
def compare(
    readings: Iterable[pa.Table],
    sources: Iterable[pa.RecordBatch],
    edits: Iterable[pa.RecordBatch],
    master: Mapping[str, pa.Table],
) -> Iterator[Compared]:
    """The tables of ``COMPARED``, to be read while the block lasts.

    ``readings``: parts of that table, in the order of its key. ``sources``, ``edits``: some rows of these at a time. ``master``: the
    master tables, ``organisations`` completed by what documents name.
    """
    known = catalogue(master["indicators"], master["indicator_synonyms"])
    corrections = (batch.filter(pc.match_substring(batch.column("rule"), CORRECTION)) for batch in edits)
    context = Context(
        Sources(row for batch in sources for row in batch.select(COLUMNS).to_pylist()),
        known,
        Nesting(master["regions"]),
        original_spans(),
        repairs(row for batch in corrections for row in batch.to_pylist()),
    )
    named = Named(master["organisations"], Places(master["regions"]))
    shared: list[Observation] = []
    doubted: set[str] = set()
    with Spill() as spill:
        for read in _families((resolved(part, named, known) for part in readings), spill):
            told = observations(read, context.sources)
            if several := {row["claim_id"] for row in read if row["links"] > 1}:
                aims = (one for one in told if one.statement == "target")
                shared += [one for one in aims if any(claim["claim_id"] in several for claim in one.claims)]
            doubted |= _compared(told, context, spill)
        # One number for several indicators, which need not be of one family.
        together = each_once(combined_targets(sorted(shared, key=lambda one: one.observation_id)))
        doubted |= {row["observation_id"] for row in together}
        spill.add("warnings", unsorted("warnings", together))
        yield Compared(spill, pa.array(sorted(doubted), pa.string()))


def _families(read: Iterable[pa.Table], spill: Spill) -> Iterator[list[Row]]:
    """Resolved readings, a family of indicators at a time, in the order of their texts."""
    shape: pa.Schema | None = None
    for part in read:
        families = pa.array([family(one) for one in part.column("indicator_id").to_pylist()], pa.string())
        part = part.append_column("family", families)
        shape = part.schema
        spill.add("readings", part)
    if shape is None:
        return
    rows = spill.sorted("readings", shape, ("family", "source_id", "raw_start", "raw_end", "indicator_id"))
    for _, group in groupby((row for batch in rows for row in batch.to_pylist()), key=itemgetter("family")):
        yield list(group)


def _compared(told: Sequence[Observation], context: Context, spill: Spill) -> set[str]:
    """Rows of the tables for all observations of a family go to the spill; gives the observations that a warning stands
    against."""
    held = Held(told, Judge(told, context.known, context.nesting))
    found = baselines(told, held)
    conflicting, conflicting_claims = conflicts(told)
    suspicious = each_once(standing_out(told, found, context.known, context.nesting))
    spill.add("observations", of_columns("observations", columns(told)))
    spill.add("comparisons", of_columns("comparisons", comparison_columns(told, found, context.known, held)))
    rows = {
        "evidence": evidence(told, context.sources, context.spans),
        "progress": progress(told, found, context.known, held),
        "conflicts": conflicting,
        "conflict_claims": conflicting_claims,
        # A numeral that was put right is told, but nothing stands against the figure.
        "warnings": [*suspicious, *mended(told, context.repaired)],
    }
    for name, made in rows.items():
        spill.add(name, unsorted(name, made))
    return {row["observation_id"] for row in suspicious}
