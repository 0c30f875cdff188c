"""A gate asked by workers says what it says in this process; a check that ends its worker is red."""

import os
import signal
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from assets import gating
from assets.gating import Look, gated, see
from assets.workspace import Workspace
from expectations.gates import checks_of, run_gate
from expectations.suite import Finding
from pipeline.contract import BY_NAME, STAGES
from pipeline.engine import Here, Local
from tests.gates.builders import changed, world

TABLES = ("claims", "observations", "quality")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The small world as current tables, with a claim that points to no passage; no stage set a document aside."""
    area = Workspace(tmp_path / "in", tmp_path / "work", tmp_path / "out")
    tables = world()
    for name, table in {**tables, "claims": changed(tables["claims"], passage_id="nowhere/1")}.items():
        area.write(name, table, {})
    for stage in STAGES:
        area.write_part("quarantine", stage, tables["quarantine"].slice(0, 0))
    return area


def test_workers_see_what_this_process_sees(workspace: Workspace) -> None:
    checks = [check for name in TABLES for check in checks_of(name)]
    here = gated(workspace, checks, Here())
    assert here == [
        result for name in TABLES for result in run_gate(name, partial(workspace.seen_at, BY_NAME[name].stage))
    ]
    assert any(not result.passed for result in here)
    with closing(Local(2)) as engine:
        assert gated(workspace, checks, engine) == here


def see_or_die(task: Look) -> list[Finding]:
    """Look, but a worker that is asked for one of the checks dies."""
    if task.check.name == "one_value_or_two_ends":
        os.kill(os.getpid(), signal.SIGKILL)
    return see(task)


def test_a_check_that_ends_every_worker_is_red_and_the_others_are_told(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = checks_of("claims")
    whole = {(result.check, result.ordinal): result for result in gated(workspace, checks, Here())}
    monkeypatch.setattr(gating, "see", see_or_die)
    with closing(Local(2)) as engine:
        found = {(result.check, result.ordinal): result for result in gated(workspace, checks, engine)}
    dead = found.pop(("one_value_or_two_ends", 1))
    assert (dead.passed, dead.severity) == (False, "error")
    assert dead.observed == '{"error":"the process that looked was killed by signal 9"}'
    assert whole.pop(("one_value_or_two_ends", 1)).passed
    assert found == whole
