"""Stage publish: code lists, quality and accuracy; the candidate with its gate on rights; the release."""

import logging
import shutil
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assets.candidate import POLICY, demand_seen, given_up_writing, record, write_some, writings
from assets.operate import INBOX
from assets.resources import Area
from assets.stage import Made, code_version, stage_asset, whole
from assets.workspace import GateRefused, Workspace
from expectations.gates import run_gate
from expectations.publish import withheld
from expectations.rights import Measured, Run, measured
from expectations.rule import as_rows
from expectations.tables import Source
from pipeline import publish
from pipeline.contract import ALL, BY_NAME, PUBLISHED, Table, build, schema
from pipeline.ingest.files import REGISTRY
from pipeline.ingest.records import is_records
from pipeline.publish.candidate import describe
from pipeline.publish.descriptors import COUNTED, QUOTED
from pipeline.publish.origin import LISTED
from pipeline.publish.policy import policies
from pipeline.publish.release import ReleaseRefused, promote

log = logging.getLogger("liaoning")

GATED_BEFORE = tuple(table.name for table in ALL if table.stage != "publish")
FEEDERS = ("ingest", "clean", "extract", "normalise")


def step(workspace: Workspace) -> Made:
    """Code lists, the quarantine of all stages, the accuracy figures, and what every gate before this one saw."""
    for name in GATED_BEFORE:
        workspace.demand_green(name)
    made = publish.run([workspace.read_part("quarantine", stage) for stage in FEEDERS])
    seen = [row for name in GATED_BEFORE for row in workspace.results(name)]
    return Made(whole({**made, "quality": build("quality", seen + _own_gates(workspace, made))}, "publish"))


def _own_gates(workspace: Workspace, made: Mapping[str, pa.Table]) -> list[dict[str, object]]:
    """What the gates of this stage's other tables will see: ``quality`` is written before they run, so it looks first."""

    def read(name: str) -> Source:
        return made[name] if name in made else workspace.files(name)

    return [row for name in sorted(made) for row in as_rows(run_gate(name, read))]


stage = stage_asset("publish", step, {"quality": GATED_BEFORE})


@dg.multi_asset(
    name="candidate",
    specs=[
        dg.AssetSpec(
            "candidate",
            deps=[table.name for table in PUBLISHED],
            group_name="publish",
            owners=["team:liaoning-data"],
            kinds={"parquet"},
            code_version=code_version("publish"),
            description="Every published table as its evidence policy allows, written as it would be released.",
        )
    ],
    check_specs=[
        dg.AssetCheckSpec(
            "rights",
            asset="candidate",
            blocking=True,
            description="No text of a document leaves against its evidence policy: withheld columns, and the longest run in every file",
        ),
        dg.AssetCheckSpec(
            "files_as_declared",
            asset="candidate",
            blocking=True,
            description="Every file reads back with the contract's schema",
        ),
    ],
)
def candidate(area: Area) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Write the candidate and prove on its files that rights and schema are kept."""
    workspace = area.workspace()
    folder = workspace.work / "candidate"
    if folder.exists():
        shutil.rmtree(folder)
    try:
        workspace.demand_consistent([table.name for table in ALL])
        manifest = write_candidate(workspace, folder)
    except GateRefused as refused:
        raise dg.Failure(description=f"candidate: {refused}", allow_retries=False) from refused
    size = sum(entry["bytes"] for entry in manifest["tables"])
    yield dg.MaterializeResult("candidate", metadata={"tables": len(manifest["tables"]), "bytes": size})
    rights, wrong = measured(folder, workspace.stream), wrong_schemas(folder)
    breaches = rights.breaches() + withheld_and_shown(folder)
    record(workspace, folder, breaches, rights.told())
    for run in rights.too_long():
        log.error("publish: rights: %s", in_words(run))
    yield from (
        dg.AssetCheckResult(
            asset_key="candidate",
            check_name=check,
            passed=not failed,
            metadata={"failed": failed, "tables": len(PUBLISHED), **seen},
        )
        for check, failed, seen in (("rights", breaches, shown(rights)), ("files_as_declared", len(wrong), {}))
    )
    log.info("candidate: %d tables, %s bytes", len(PUBLISHED), f"{size:,}")


def write_candidate(workspace: Workspace, folder: Path) -> dict[str, Any]:
    """Write every published table, the large ones side by side, and what describes them; the manifest. GateRefused where one is not green."""
    folder.mkdir(parents=True)
    tasks = writings(workspace, folder)
    made = workspace.engine_for(tasks).map(write_some, tasks, given_up_writing)
    entries = {entry["name"]: entry for _, parts in made for entry in chain.from_iterable(parts)}
    return describe([entries[table.name] for table in PUBLISHED], _quoted(workspace), folder, _registries(workspace))


def _quoted(workspace: Workspace) -> dict[str, pa.Table]:
    """The tables that descriptors take rows from; of many documents the columns that are counted."""
    columns = {"sources": list(COUNTED)} if workspace.rows("sources") > LISTED else {}
    return {
        name: pa.concat_tables(pq.read_table(file, columns=columns.get(name)) for file in workspace.files(name))
        for name in QUOTED
    }


def _registries(workspace: Workspace) -> dict[str, Path]:
    """The files that describe the documents, by the name that the manifest shows."""
    sources = workspace.sources
    found = {sources.name: sources} if is_records(sources) else {REGISTRY: sources / REGISTRY}
    return {**found, f"inbox/{REGISTRY}": INBOX / REGISTRY} if workspace.inbox else found


def withheld_and_shown(folder: Path) -> int:
    """Cells of a candidate that hold text of a document against its evidence policy."""
    policy = policies(pq.read_table(folder / "sources.parquet", columns=POLICY))
    return sum(1 for table in PUBLISHED for _ in withheld(table.name, _restricted(table, folder, policy), policy))


def _restricted(table: Table, folder: Path, policy: Mapping[str, str]) -> Iterator[pa.RecordBatch]:
    """What a policy governs in the row groups of a table that hold rows of documents that are not free."""
    governed = [column.name for column in table.columns if column.policy]
    if not governed:
        return
    with pq.ParquetFile(folder / f"{table.name}.parquet") as file:
        for group in range(file.num_row_groups):
            documents = pc.unique(file.read_row_group(group, ["source_id"]).column(0)).to_pylist()
            if any(policy.get(document) != "full" for document in documents):
                yield from file.read_row_group(group, ["source_id", *governed]).to_batches()


def wrong_schemas(folder: Path) -> list[str]:
    """Tables of a candidate whose file has another schema than the contract's."""
    found = {table.name: pq.read_schema(folder / f"{table.name}.parquet") for table in PUBLISHED}
    return [name for name, read in found.items() if read.remove_metadata() != schema(BY_NAME[name])]


def shown(rights: Measured) -> dict[str, dg.MetadataValue]:
    """The measure as the page shows it: how many documents were looked at, and the longest run in each file."""
    lines = ["| policy | file | column | longest run | may be | in |", "|---|---|---|---:|---:|---|"]
    lines += [
        f"| {run.policy} | {run.file} | {run.column or ''} | {run.longest} | {run.most} | {run.source_id or ''} |"
        for run in rights.longest_by_file()
    ]
    return {
        "restricted_documents": dg.MetadataValue.int(sum(rights.restricted.values())),
        "unread_documents": dg.MetadataValue.int(rights.unread),
        "places_looked_at": dg.MetadataValue.int(rights.places),
        "longest_run": dg.MetadataValue.int(max((run.longest for run in rights.runs), default=0)),
        "runs": dg.MetadataValue.md("\n".join(lines)),
    }


def in_words(run: Run) -> str:
    """A run as the log tells it: where, how long, of which document; never a word of it."""
    place = f"{run.file}, {run.column}" if run.column else run.file
    of = f" in a row of {run.source_id}" if run.source_id else " of a document"
    return f"{place}: {run.longest} words{of}, {run.policy} lets out {run.most}"


@dg.asset(
    deps=["candidate"],
    group_name="publish",
    owners=["team:liaoning-data"],
    kinds={"parquet"},
    code_version=code_version("publish"),
    description="The release: the wholly green candidate takes the place of the last one in one atomic step.",
)
def release(area: Area) -> dg.MaterializeResult[None]:
    """Promote the candidate if every table in it is the current one, consistent, and green."""
    workspace = area.workspace()
    try:
        for table in ALL:
            workspace.demand_green(table.name)
        workspace.demand_consistent([table.name for table in ALL])
        candidate = workspace.work / "candidate"
        publish.demand_whole(candidate)
        # The release may be materialised alone, past the red checks of a candidate: it asks for itself.
        demand_seen(workspace, candidate)
        if wrong := wrong_schemas(candidate):
            raise GateRefused(f"{wrong[0]} in the candidate has another schema: mend the cause and build again")
        changed = promote(candidate, workspace.out)
    except (GateRefused, publish.CandidateStale, ReleaseRefused) as refused:
        raise dg.Failure(description=f"release: {refused}", allow_retries=False) from refused
    workspace.prune()
    log.info("release: %s", "new bytes" if changed else "unchanged, the same bytes as before")
    return dg.MaterializeResult(metadata={"changed": changed})
