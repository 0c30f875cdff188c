"""Five of the kills of `make faults`: one of a whole build, four while the release takes its place."""

import random
import sys
from pathlib import Path

import pytest

from pipeline.publish.candidate import write_candidate
from pipeline.verify import read_manifest
from tests.faults.kill import (
    WITHOUT_EXCHANGE,
    build_arguments,
    command,
    hashes,
    is_whole,
    kill_at,
    kill_somewhere,
    watch,
    write_sources,
)
from tests.gates.builders import changed, world

RELEASE = "from pathlib import Path; from pipeline.publish.release import promote; promote(Path({!r}), Path({!r}))"
HELD_UP = "import os, time; fsync = os.fsync; os.fsync = lambda file: (time.sleep(0.002), fsync(file)); "
"""A slow disk: the release lasts long enough for a kill to meet it."""


@pytest.fixture
def candidates(tmp_path: Path) -> dict[str, Path]:
    """Two candidates of the valid world that differ in a figure."""
    write_candidate(world(), tmp_path / "even")
    write_candidate({**world(), "claims": changed(world()["claims"], value=121.0)}, tmp_path / "odd")
    return {name: tmp_path / name for name in ("even", "odd")}


@pytest.mark.parametrize("by", ["one call", "a journal"])
def test_a_release_that_is_killed_leaves_the_old_one_or_the_new_one(
    by: str, candidates: dict[str, Path], tmp_path: Path
) -> None:
    out, draw = tmp_path / "site" / "data", random.Random(by)
    patch = WITHOUT_EXCHANGE if by == "a journal" else ""
    starts = {
        name: command(sys.executable, "-c", HELD_UP + patch + RELEASE.format(str(folder), str(out)))
        for name, folder in candidates.items()
    }
    releases = {name: hashes(folder) for name, folder in candidates.items()}
    watch(starts["odd"], out)
    for name, where in (("even", "release"), ("odd", "exchange")):
        kill = kill_somewhere(starts[name], out, where, 0.05, draw, releases)
        assert is_whole(out)
        if where == "exchange":
            assert kill.found.startswith(name), "once the folders have changed it is the new one"
        watch(starts[name], out)
        assert hashes(out) == releases[name]
        assert [path.name for path in out.parent.iterdir()] == ["data"]


def test_a_build_that_is_killed_leaves_the_last_release_and_the_next_build_is_green(
    candidates: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    out, work = tmp_path / "site" / "data", tmp_path / "work"
    out.parent.mkdir()
    candidates["even"].rename(out)
    before = hashes(out)
    arguments = build_arguments(write_sources(tmp_path / "in")["even"], out, work)
    start = command(sys.executable, "-m", "pipeline.cli", *arguments)
    assert kill_at(start, out, "anywhere", random.Random(5).uniform(1, 4)), "the build ended before it was killed"
    assert hashes(out) == before
    watch(start, out)
    assert is_whole(out) and hashes(out) != before
    assert list(read_manifest(out)["build"]["inputs"]["files"]) == ["notice.txt", "sources.csv"]
    assert [path.name for path in out.parent.iterdir()] == ["data"]
