"""How a stage becomes one Dagster op with an asset a table, and a gate on each before the next stage may start."""

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import dagster as dg
import pyarrow as pa

from assets.gating import gated
from assets.parts import Part
from assets.resources import Area
from assets.workspace import GateRefused, Workspace
from expectations.gates import Judged, checks_of, rules_of
from expectations.rule import Result, as_rows
from expectations.tables import are_among
from pipeline.contract import Table, tables_of
from pipeline.contract.model import Stage
from pipeline.contract.paths import ROOT, SEEDS
from pipeline.ingest import registered_ids

log = logging.getLogger("liaoning")

KINDS = {"ingest": "file", "clean": "text", "extract": "text", "normalise": "table", "publish": "parquet"}
PREVIEW_ROWS = 5


@dataclass(frozen=True, slots=True)
class Made:
    """What a stage made: whole tables, versions of tables that it stored, and those that lie in parts, with what the gates found in these as
    they were made."""

    tables: Mapping[str, pa.Table]
    parts: Sequence[Part] = ()
    stored: Mapping[str, str] = field(default_factory=dict)

    @property
    def judged(self) -> Judged:
        """What the gates saw in the parts as these were made, of the tables that lie in them."""
        in_parts = {name for part in self.parts for name in part.counts} - self.tables.keys() - self.stored.keys()
        rules = sorted({rule for part in self.parts for rule in part.findings})
        return Judged(
            {name: [part.counts[name] for part in self.parts] for name in sorted(in_parts)},
            {rule: [row for part in self.parts for row in part.findings.get(rule, ())] for rule in rules},
        )


Step = Callable[[Workspace], Made]


@cache
def code_version(stage: Stage) -> str:
    """First half of the sha256 over the stage's source files, the contract and the word tables."""
    digest = hashlib.sha256()
    files = [*(ROOT / "pipeline" / stage).rglob("*.py"), *(ROOT / "pipeline" / "contract").rglob("*.py")]
    files += [*(SEEDS / "tables").glob("*.csv"), SEEDS / "corrections.yaml"]
    for path in sorted(files):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def specs(stage: Stage, reads: Mapping[str, Sequence[str]]) -> list[dg.AssetSpec]:
    """An asset spec a table of the stage; ``reads`` names what each is made from."""
    return [
        dg.AssetSpec(
            table.name,
            deps=list(reads.get(table.name, ())),
            group_name=stage,
            owners=[table.owner],
            kinds={KINDS[stage]},
            code_version=code_version(stage),
            description=f"{table.en}.\n\n{table.zh}。",
            metadata={
                "key": ", ".join(table.key),
                "columns": dg.MetadataValue.md(_columns(table)),
                "published": table.published,
            },
        )
        for table in tables_of(stage)
    ]


def check_specs(stage: Stage) -> list[dg.AssetCheckSpec]:
    """The contract check of every table of the stage, and its domain rules."""
    found = []
    for table in tables_of(stage):
        found.append(
            dg.AssetCheckSpec(
                "contract", asset=table.name, blocking=True, description="What the contract declares of the table"
            )
        )
        for rule in rules_of(table.name):
            found.append(
                dg.AssetCheckSpec(rule.name, asset=table.name, blocking=rule.severity == "error", description=rule.why)
            )
    return found


def stage_asset(stage: Stage, step: Step, reads: Mapping[str, Sequence[str]]) -> dg.AssetsDefinition:
    """The stage as one op: run ``step``, keep its tables in the work area, gate each, report both to Dagster."""

    @dg.multi_asset(name=stage, specs=specs(stage, reads), check_specs=check_specs(stage))
    def run(
        context: dg.AssetExecutionContext, area: Area
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        workspace = area.workspace()
        log.info("%s: running", stage)
        try:
            workspace.demand_consistent(inputs_of(stage, reads))
            made = step(workspace)
            inputs = {name: workspace.current(name) for name in inputs_of(stage, reads)}
        except GateRefused as refused:
            raise dg.Failure(description=f"{stage}: {refused}", allow_retries=False) from refused
        rows = {}
        versions = {table.name: _written(workspace, table.name, made, inputs) for table in tables_of(stage)}
        for table in tables_of(stage):
            rows[table.name] = workspace.rows(table.name)
            yield dg.MaterializeResult(
                table.name,
                metadata=_metadata(table, rows[table.name], workspace.head(table.name, PREVIEW_ROWS)),
                data_version=dg.DataVersion(versions[table.name]),
            )
        core, judged = is_core(workspace), made.judged
        checks = [check for table in tables_of(stage) for check in checks_of(table.name, core, judged)]
        results = gated(workspace, checks, workspace.engine_for(made.parts))
        for table in tables_of(stage):
            seen = [result for result in results if result.table == table.name]
            workspace.record(table.name, as_rows(seen))
            yield from _check_results(table, seen)
        log.info("%s: %s", stage, ", ".join(f"{name} {count:,}" for name, count in rows.items()))

    return run


def _written(workspace: Workspace, name: str, made: Made, inputs: Mapping[str, str]) -> str:
    """Make a table of the stage current; returns its version."""
    if name in made.stored:
        workspace.take(name, made.stored[name], inputs)
        return made.stored[name]
    found = made.tables.get(name)
    return workspace.adopt(name, made.parts, inputs) if found is None else workspace.write(name, found, inputs)


def inputs_of(stage: Stage, reads: Mapping[str, Sequence[str]]) -> list[str]:
    """Tables of earlier stages that the stage reads."""
    own = {table.name for table in tables_of(stage)}
    return sorted({name for names in reads.values() for name in names} - own)


def is_core(workspace: Workspace) -> bool:
    """Whether the build holds every document of the bundled registry: then the floors of the contract apply."""
    return are_among(registered_ids(SEEDS), workspace.stream("sources", ["source_id"]))


def _check_results(table: Table, results: list[Result]) -> Iterator[dg.AssetCheckResult]:
    by_check: dict[str, list[Result]] = {}
    for result in results:
        by_check.setdefault(result.check, []).append(result)
    for check, found in by_check.items():
        failed = [result for result in found if not result.passed]
        for result in failed:
            word = "red" if result.severity == "error" else "warning"
            log.log(
                logging.ERROR if result.severity == "error" else logging.WARNING,
                "%s: %s gate %s of %s: %s %s %s",
                table.stage,
                word,
                check,
                table.name,
                result.expectation,
                result.column or "",
                result.observed,
            )
        severity = dg.AssetCheckSeverity.ERROR if found[0].severity == "error" else dg.AssetCheckSeverity.WARN
        shown = "\n".join(
            f"| {'✓' if result.passed else '✗'} | {result.expectation} | {result.column or ''} | `{result.observed}` |"
            for result in found
        )
        yield dg.AssetCheckResult(
            asset_key=table.name,
            check_name=check,
            passed=not failed,
            severity=severity,
            metadata={
                "expectations": len(found),
                "failed": len(failed),
                "results": dg.MetadataValue.md(f"| | expectation | column | observed |\n|---|---|---|---|\n{shown}"),
            },
        )


def _metadata(table: Table, rows: int, first: pa.Table) -> dict[str, Any]:
    return {"dagster/row_count": rows, "preview": dg.MetadataValue.md(_preview(table, first))}


def _preview(table: Table, found: pa.Table) -> str:
    """The first rows as Markdown, without text that an evidence policy governs."""
    names = [column.name for column in table.columns if not column.policy]
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    for row in found.select(names).to_pylist():
        lines.append(
            "| " + " | ".join("" if row[name] is None else str(row[name]).replace("|", "¦") for name in names) + " |"
        )
    return "\n".join(lines)


def _columns(table: Table) -> str:
    lines = ["| column | type | meaning | 含义 |", "|---|---|---|---|"]
    lines += [f"| {c.name} | {c.kind}{'?' if c.nullable else ''} | {c.en} | {c.zh} |" for c in table.columns]
    return "\n".join(lines)


def whole(tables: Mapping[str, pa.Table], stage: Stage) -> dict[str, pa.Table]:
    """The stage's tables out of what its function returned; KeyError names a missing one."""
    return {table.name: tables[table.name] for table in tables_of(stage)}
