"""The lock: one build at a time in a place, and no crash keeps it closed."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from assets import ingest
from assets.build import SETTINGS, build
from assets.resources import Area
from assets.workspace import Workspace
from pipeline.contract.paths import ROOT, SEEDS
from pipeline.publish.lock import Busy, alone
from pipeline.publish.release import ReleaseRefused, promote

pytest.importorskip("fcntl", reason="this system has no locks that end with their process")

# Dagster gives SIGTERM whatever SIGINT had: where the tests were begun in the background, that is to be ignored.
HOLDER = """
import signal
import sys
from pathlib import Path
signal.signal(signal.SIGTERM, signal.SIG_DFL)
from pipeline.publish.lock import alone
with alone(Path(sys.argv[1]), "data/"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / ".data.lock"


@pytest.fixture
def other(place: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of ``data``."""
    command = [sys.executable, "-c", HOLDER, str(place)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_whoever_comes_second_is_told_who_is_first_and_what_to_do(place: Path, other: subprocess.Popen[str]) -> None:
    with (
        pytest.raises(
            Busy, match=rf"another build \(process {other.pid}\) is using data/: wait until it has ended, or end it"
        ),
        alone(place, "data/"),
    ):
        pytest.fail("two hold the lock")


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_that_is_killed_leaves_no_lock(
    place: Path, other: subprocess.Popen[str], end: signal.Signals
) -> None:
    other.send_signal(end)
    other.wait()
    with alone(place, "data/"):
        assert place.exists()
    assert not place.exists()


def test_a_process_that_is_ready_lets_the_next_one_in(place: Path, other: subprocess.Popen[str]) -> None:
    other.communicate("")
    assert not place.exists()
    with alone(place, "data/"):
        assert place.exists()


def test_who_holds_the_lock_may_ask_for_it_again(place: Path) -> None:
    with alone(place, "data/"):
        with alone(place, "data/"):
            pass
        assert place.exists(), "the inner one does not give it away"


def test_a_release_waits_for_no_other_and_says_so(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    (tmp_path / "candidate").mkdir()
    with pytest.raises(ReleaseRefused, match="another build"):
        promote(tmp_path / "candidate", tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_a_second_build_into_the_same_place_does_not_begin(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    outcome = build(SEEDS, tmp_path / "data", tmp_path / "work")
    assert not outcome.success and not (tmp_path / "work" / "tables").exists()
    (said,) = outcome.failures
    assert said.startswith(f"another build (process {other.pid}) is using data/")


def test_a_run_from_the_page_does_not_begin_either(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    area = Area(sources=str(SEEDS), work=str(tmp_path / "work"), out=str(tmp_path / "data"))
    with dg.DagsterInstance.ephemeral(settings=SETTINGS) as instance:
        result = dg.materialize([ingest.stage], resources={"area": area}, instance=instance, raise_on_error=False)
    assert not result.success and not (tmp_path / "work" / "tables").exists()
    assert any(f"(process {other.pid}) is using data/" in str(event) for event in result.all_events)


def test_a_build_keeps_others_from_its_work_area_and_from_its_place(tmp_path: Path) -> None:
    workspace = Workspace(sources=SEEDS, work=tmp_path / "work", out=tmp_path / "data")
    with workspace.alone():
        held = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert held == {"lock", ".data.lock"}
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_place_that_cannot_be_written_is_an_answer_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "lock").mkdir()
    outcome = build(SEEDS, tmp_path / "data", tmp_path / "work")
    assert outcome.failures[0].startswith("nothing can be written in work/")
