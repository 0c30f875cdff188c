"""Comparing by workers leaves nothing in the work area, however it ends."""

from pathlib import Path

import pytest

from assets import comparing
from assets.comparing import Resolve, compared
from assets.parts import Part, keep, load
from assets.workspace import Workspace
from tests.gates.built import built


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The tables of the small world as current ones."""
    area = Workspace(tmp_path / "in", tmp_path / "work", tmp_path / "out")
    for name, table in built().items():
        area.write(name, table, {})
    return area


def part_of(workspace: Workspace) -> Part:
    """A part that holds the readings of the world."""
    folder = workspace.work / "parts" / "normalise" / "one"
    keep(folder, (), {"readings": built()["readings"]}, {}, {})
    part = load(folder)
    assert part is not None
    return part


def test_what_waits_between_is_gone_when_figures_are_compared(workspace: Workspace) -> None:
    versions = compared(workspace, [part_of(workspace)], built()["organisations"])
    assert versions.keys() == set(comparing.COMPARED)
    assert not (workspace.work / "comparing").exists()


def test_what_waits_between_is_gone_also_after_an_error(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(task: Resolve) -> None:
        assert any(task.folder.parent.iterdir())
        raise KeyError("organisations")

    monkeypatch.setattr(comparing, "resolve", failing)
    with pytest.raises(KeyError):
        compared(workspace, [part_of(workspace)], built()["organisations"])
    assert not (workspace.work / "comparing").exists()
