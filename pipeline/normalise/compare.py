"""All documents together: readings become observations, and what follows from comparing them.

Figures are compared within a family of indicators, those that touch each other directly or through others, so one family at a time
is in memory, and whoever has processes to spare compares families side by side; what is read and what is made waits on disk, sorted
there by DuckDB.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.contract import BY_NAME, schema
from pipeline.contract.arrow import of_columns, unsorted
from pipeline.normalise.catalogue import Catalogue, catalogue
from pipeline.normalise.comparisons import comparison_columns
from pipeline.normalise.conflicts import conflicts
from pipeline.normalise.evidence import Spans, evidence, original_spans
from pipeline.normalise.held import Held
from pipeline.normalise.model import Observation, columns
from pipeline.normalise.nesting import Nesting
from pipeline.normalise.observations import observations
from pipeline.normalise.progress import baselines, progress
from pipeline.normalise.relations import family
from pipeline.normalise.repairs import CORRECTED, CORRECTION, Repair, mended, repairs
from pipeline.normalise.resolving import resolved
from pipeline.normalise.sources import COLUMNS, Sources
from pipeline.normalise.spill import Spill, in_order, spilled
from pipeline.normalise.subjects import Named, Places
from pipeline.normalise.verdicts import Judge
from pipeline.normalise.warnings import combined_targets, each_once, standing_out

COMPARED = ("observations", "evidence", "comparisons", "progress", "conflicts", "conflict_claims", "warnings")
"""The tables made here."""


READINGS = "readings"
CORRECTIONS = "corrections"
"""Names under which resolved readings and edits that are corrections wait on disk."""
KEY = ("family", "source_id", "raw_start", "raw_end", "indicator_id")
"""Order in which readings are compared: by family, there in the order of their texts."""


@dataclass(frozen=True, slots=True)
class Context:
    """What figures are compared by: sources, catalogue, places, spans of originals, corrections by document."""

    sources: Sources
    known: Catalogue
    nesting: Nesting
    spans: Spans
    repaired: Mapping[str, list[Repair]]


def context_of(
    sources: Iterable[pa.RecordBatch], corrections: Iterable[pa.Table], known: Catalogue, regions: pa.Table
) -> Context:
    """What all figures are compared by. ``sources``: some rows of that table at a time; ``corrections``: those of :func:`corrections_of`."""
    return Context(
        Sources(row for batch in sources for row in batch.select(COLUMNS).to_pylist()),
        known,
        Nesting(regions),
        original_spans(),
        repairs(row for part in corrections for row in part.to_pylist()),
    )


def corrections_of(edits: pa.Table) -> pa.Table:
    """The edits that are corrections."""
    return edits.select(CORRECTED).filter(pc.match_substring(edits.column("rule"), CORRECTION))


def in_families(readings: pa.Table, named: Named, known: Catalogue) -> pa.Table:
    """Rows of ``readings``, which stand by their key, resolved and with the family of their indicator, those of a family together."""
    read = resolved(readings, named, known)
    families = pa.array([family(one) for one in read.column("indicator_id").to_pylist()], pa.string())
    return read.append_column("family", families).sort_by([(name, "ascending") for name in KEY])


@dataclass(frozen=True, slots=True)
class Doubts:
    """What families leave to the look at all of them: observations that a warning stands against, and targets whose one number is set
    for several indicators, which need not be of one family."""

    doubted: set[str] = field(default_factory=set)
    shared: list[Observation] = field(default_factory=list)


def compare_families(
    readings: Sequence[Path], context: Context, made: Spill, between: tuple[str, str] | None = None
) -> Doubts:
    """The tables of ``COMPARED`` for the readings of :func:`in_families` that lie in some files, a family in memory at a time; their rows go to
    the spill. ``between``: the first and the last family to compare; without it all are."""
    doubts = Doubts()
    if not readings:
        return doubts
    rows = in_order(readings, pq.read_schema(readings[0]), KEY, between)
    for _, group in groupby((row for batch in rows for row in batch.to_pylist()), key=itemgetter("family")):
        read = list(group)
        told = observations(read, context.sources)
        if several := {row["claim_id"] for row in read if row["links"] > 1}:
            aims = (one for one in told if one.statement == "target")
            doubts.shared.extend(one for one in aims if any(claim["claim_id"] in several for claim in one.claims))
        doubts.doubted.update(_compared(told, context, made))
    return doubts


def together(doubts: Iterable[Doubts], made: Spill) -> pa.Array:
    """Observations that a warning stands against, by all families; warnings that only all of them tell go to the spill."""
    every = list(doubts)
    shared = sorted((one for some in every for one in some.shared), key=lambda one: one.observation_id)
    combined = each_once(combined_targets(shared))
    made.add("warnings", unsorted("warnings", combined))
    return pa.array(
        sorted({row["observation_id"] for row in combined}.union(*(some.doubted for some in every))), pa.string()
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """The tables of ``COMPARED``: spills in ``folders``. ``doubted``: observations that a warning stands against."""

    folders: Sequence[Path]
    doubted: pa.Array

    def reader(self, name: str) -> pa.RecordBatchReader:
        """The rows of a table in the contract's order, some at a time."""
        rows = in_order(spilled(self.folders, name), schema(name), BY_NAME[name].key)
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
    sources: pa.Table,
    edits: pa.Table,
    master: Mapping[str, pa.Table],
) -> Iterator[Compared]:
    """The tables of ``COMPARED``, to be read while the block lasts: all in this process.

    ``readings``: parts of that table, in the order of its key. ``master``: the master tables, ``organisations`` completed by what
    documents name.
    """
    known = catalogue(master["indicators"], master["indicator_synonyms"])
    named = Named(master["organisations"], Places(master["regions"]))
    context = context_of(sources.to_batches(), [corrections_of(edits)], known, master["regions"])
    with TemporaryDirectory(prefix="normalise-") as scratch:
        folder = Path(scratch)
        with Spill(folder) as told:
            for part in readings:
                told.add(READINGS, in_families(part, named, known))
        with Spill(folder) as made:
            doubted = together([compare_families(spilled([folder], READINGS), context, made)], made)
        yield Compared([folder], doubted)


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
