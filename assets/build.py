"""A build without a server: the same definitions on an ephemeral instance, for the command line and for tests."""

import re
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import pyarrow as pa

from assets import PREPARED
from assets.definitions import defs
from assets.resources import STAFF
from assets.workspace import BATCH, Workspace
from expectations.gates import RULES
from pipeline.engine import Engine, Local
from pipeline.publish.lock import Busy

SETTINGS = {"telemetry": {"enabled": False}}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build went: ``failures`` says in a line each what stopped it; ``rows`` counts the released tables."""

    success: bool
    failures: tuple[str, ...]
    rows: dict[str, int]


def build(
    sources: Path,
    out: Path,
    work: Path,
    inbox: bool = False,
    batch: int = BATCH,
    engine: Engine | None = None,
) -> Outcome:
    """Run the job ``build_dataset`` once in this process. Nothing is written to ``out`` unless every gate is green.

    What can be divided runs on ``engine``, see :class:`Workspace`; without one on a process a processor of this machine. While another build
    works in the same folders, nothing is run.
    """
    # Arrow's own allocator keeps what it had: over the gates of a large build that was 180 MB more, and no faster.
    pa.set_memory_pool(pa.system_memory_pool())
    workspace = Workspace(sources, work, out, inbox, batch)
    try:
        with ExitStack() as held:
            held.enter_context(workspace.alone())
            token = STAFF.set(engine or held.enter_context(closing(Local(prepare=PREPARED))))
            held.callback(STAFF.reset, token)
            return _run(workspace)
    except Busy as busy:
        return Outcome(False, (str(busy),), {})
    except OSError as error:
        place = Path(str(error.filename)).parent.name
        return Outcome(False, (f"nothing can be written in {place}/ ({error.strerror}): name another folder",), {})


def _run(workspace: Workspace) -> Outcome:
    folders = {name: str(getattr(workspace, name).resolve()) for name in ("sources", "out", "work")}
    config = {
        "resources": {"area": {"config": {**folders, "inbox": workspace.inbox, "batch": workspace.batch}}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }
    with dg.DagsterInstance.ephemeral(settings=SETTINGS) as instance:
        job = defs.resolve_job_def("build_dataset")
        result = job.execute_in_process(run_config=config, instance=instance, raise_on_error=False)
        failures = tuple(_failures(result))
    return Outcome(result.success, failures, _rows(workspace) if result.success else {})


def _failures(result: dg.ExecuteInProcessResult) -> list[str]:
    lines = [
        f"red gate: {evaluation.asset_key.to_user_string()}.{evaluation.check_name}{_advice(evaluation.check_name)}"
        for evaluation in result.get_asset_check_evaluations()
        if not evaluation.passed and evaluation.severity == dg.AssetCheckSeverity.ERROR
    ]
    for event in result.get_step_failure_events():
        data = event.step_failure_data
        description = data.user_failure_data.description if data.user_failure_data else None
        if description:
            lines.append(description)
        elif data.error is not None and "DagsterAssetCheckFailedError" not in data.error.to_string():
            cause = data.error.cause or data.error
            # The class of an error is for the log; a person reads what it says.
            said = re.sub(r"^[\w.]+: ", "", cause.message.strip())
            lines.append(f"{event.step_key}: {said}")
    return lines or ([] if result.success else ["the build failed; run it with --verbose to see the log"])


def _advice(check: str) -> str:
    """What a rule says to do about its violations, after a colon; nothing where it says nothing."""
    return next((f": {rule.advice}" for rule in RULES if rule.name == check and rule.advice), "")


def _rows(workspace: Workspace) -> dict[str, int]:
    from pipeline.contract import PUBLISHED

    return {table.name: workspace.rows(table.name) for table in PUBLISHED}
