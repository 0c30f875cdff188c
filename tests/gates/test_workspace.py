"""The work area: a table may be read only with a green record of that very version under today's suites."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assets import workspace as module
from assets.workspace import GateRefused, Workspace, suite_hash, write_atomically
from pipeline.contract import empty
from tests.gates.builders import changed, world

SOURCES, OTHER = world()["sources"], changed(world()["sources"], title="河湾县另一份纪要")
EDITS = world()["edits"]


def results(**changes: Any) -> list[dict[str, Any]]:
    """What a gate with one expectation saw."""
    return [{"table": "sources", "severity": "error", "passed": True, **changes}]


@pytest.fixture
def area(tmp_path: Path) -> Workspace:
    return Workspace(sources=tmp_path / "in", work=tmp_path / "work", out=tmp_path / "out")


def gated(area: Workspace, name: str = "sources", **inputs: str) -> str:
    """Write a table of the valid world and record a green gate; returns its version."""
    version = area.write(name, world()[name], inputs)
    area.record(name, results())
    return version


def again(area: Workspace) -> Workspace:
    """The same folders in another process: nothing is remembered but what lies in them."""
    return Workspace(sources=area.sources, work=area.work, out=area.out)


def test_a_gated_table_reads_back_as_it_was_written(area: Workspace) -> None:
    gated(area)
    assert again(area).read("sources").equals(SOURCES)


def test_a_table_that_was_never_made_is_refused(area: Workspace) -> None:
    with pytest.raises(GateRefused, match="sources was never made: materialise the stage ingest first"):
        area.read("sources")


def test_a_note_of_another_version_of_the_program_is_refused_and_takes_nothing_over(area: Workspace) -> None:
    gated(area)
    (area.work / "current" / "sources.json").write_text(
        '{"version": "' + "0" * 64 + '", "inputs": {}}', encoding="utf-8"
    )
    (area.work / "current" / "gone.json").write_text('{"version": "1"}', encoding="utf-8")
    with pytest.raises(
        GateRefused, match="sources was made by another version of this program: materialise the stage ingest"
    ):
        area.read("sources")
    assert area.parts("sources") == []
    gated(area)
    area.prune()
    assert area.read("sources").equals(SOURCES)
    assert sorted(path.name for path in (area.work / "current").iterdir()) == ["sources.json"]


def test_a_table_without_a_record_is_refused(area: Workspace) -> None:
    area.write("sources", SOURCES, {})
    with pytest.raises(GateRefused, match=r"sources .* has no gate record"):
        area.read("sources")
    with pytest.raises(GateRefused, match="no gate record"):
        area.results("sources")
    assert area.peek("sources").equals(SOURCES), "its gate must be able to look at it"


def test_a_red_table_is_refused(area: Workspace) -> None:
    area.write("sources", SOURCES, {})
    assert area.record("sources", results(passed=False)) is False
    with pytest.raises(GateRefused, match=r"the gate of sources .* is red"):
        area.read("sources")


def test_a_warning_stops_nothing(area: Workspace) -> None:
    area.write("sources", SOURCES, {})
    assert area.record("sources", [*results(), *results(severity="warning", passed=False)]) is True
    assert area.read("sources").equals(SOURCES)


def test_a_gate_without_expectations_is_red(area: Workspace) -> None:
    area.write("sources", SOURCES, {})
    assert area.record("sources", []) is False
    with pytest.raises(GateRefused, match="is red"):
        area.read("sources")


def test_the_record_of_one_version_says_nothing_about_another(area: Workspace) -> None:
    first = gated(area)
    assert area.write("sources", OTHER, {}) != first
    with pytest.raises(GateRefused, match="no gate record"):
        area.read("sources")


def test_a_version_that_is_written_again_must_pass_its_gate_again(area: Workspace) -> None:
    assert gated(area) == area.write("sources", SOURCES, {})
    with pytest.raises(GateRefused, match="no gate record"):
        area.read("sources")


def test_a_record_under_other_suites_is_none(area: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    gated(area)
    monkeypatch.setattr(module, "suite_hash", lambda: "0" * 64)
    with pytest.raises(GateRefused, match="no gate record under the present suites"):
        again(area).read("sources")


@pytest.fixture
def hashed_anew() -> Iterator[Callable[[], str]]:
    """The suite hash of what the files are now: a build takes it once."""

    def anew() -> str:
        suite_hash.cache_clear()
        return suite_hash()

    yield anew
    suite_hash.cache_clear()


@pytest.mark.parametrize(
    "file",
    [
        "expectations/clean.py",
        "pipeline/contract/tables/clean.py",
        "pipeline/extract/proof.py",
        "pipeline/normalise/verdicts.py",
        "seeds/tables/codes.csv",
        "seeds/tables/units.csv",
        "seeds/corrections.yaml",
    ],
)
def test_the_suite_hash_follows_what_a_gate_demands(
    file: str, hashed_anew: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hashed_anew()
    for folder in ("expectations", "pipeline", "seeds"):
        for path in sorted(path for form in ("*.py", "*.csv", "*.yaml") for path in (module.ROOT / folder).rglob(form)):
            copy = tmp_path / path.relative_to(module.ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    monkeypatch.setattr(module, "ROOT", tmp_path)
    assert hashed_anew() == before, "the place of the repository is no part of it"
    with (tmp_path / file).open("a", encoding="utf-8") as changed_file:
        changed_file.write("\n")
    assert hashed_anew() != before


def test_a_table_made_from_another_version_of_its_input_is_inconsistent(area: Workspace) -> None:
    version = gated(area)
    gated(area, "edits", sources=version)
    area.demand_consistent(["sources", "edits"])
    area.write("sources", OTHER, {})
    with pytest.raises(
        GateRefused, match="edits was made from another version of sources: materialise the stage clean again"
    ):
        area.demand_consistent(["sources", "edits"])


def test_the_same_rows_have_the_same_version_wherever_they_are_kept(area: Workspace, tmp_path: Path) -> None:
    elsewhere = Workspace(sources=tmp_path, work=tmp_path / "elsewhere", out=tmp_path / "out")
    assert gated(area) == gated(elsewhere)
    files = [sorted((place / "tables" / "sources").iterdir()) for place in (area.work, elsewhere.work)]
    assert [path.name for path in files[0]] == [path.name for path in files[1]]
    assert [path.read_bytes() for path in files[0]] == [path.read_bytes() for path in files[1]]


def test_prune_forgets_versions_that_are_not_current_and_keeps_the_one_that_is(area: Workspace) -> None:
    gated(area, "edits")
    first = gated(area)
    second = area.write("sources", OTHER, {})
    area.record("sources", results())
    area.prune()
    assert area.read("sources").equals(OTHER)
    assert area.read("edits").equals(EDITS)
    kept = {path.name[:64] for folder in ("tables", "gates") for path in (area.work / folder / "sources").iterdir()}
    assert kept == {second} != {first}


def test_parts_of_several_stages_are_kept_apart(area: Workspace) -> None:
    area.write_part("quarantine", "ingest", world()["quarantine"])
    area.write_part("quarantine", "clean", empty("quarantine"))
    assert area.read_part("quarantine", "ingest").equals(world()["quarantine"])
    assert area.read_part("quarantine", "clean").num_rows == 0
    with pytest.raises(GateRefused, match="the stage extract has not run"):
        area.read_part("quarantine", "extract")


def test_a_file_stands_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_atomically(tmp_path / "note.json", b"first")

    def fail(*arguments: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space left"):
        write_atomically(tmp_path / "note.json", b"second")
    assert (tmp_path / "note.json").read_bytes() == b"first"
