"""Whole builds, each made once for all tests that look at it."""

from pathlib import Path

import pytest

from assets.build import build
from pipeline.contract.paths import SEEDS
from tests.builds import hostile
from tests.builds.release import ORIGINALS, Release


def released(sources: Path, place: Path) -> Release:
    outcome = build(sources, place / "out", place / "work")
    assert outcome.success, outcome.failures
    return Release(place / "out")


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of the documents that the repository holds."""
    return released(SEEDS, tmp_path_factory.mktemp("bundled"))


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of the documents that the digests restate."""
    if not (ORIGINALS / "sources.csv").is_file():
        pytest.skip("the original documents are not here: no folder ../shared/seeds")
    return released(ORIGINALS, tmp_path_factory.mktemp("originals"))


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files that want to break a build, and three documents among them."""
    return hostile.write(tmp_path_factory.mktemp("hostile folder"))


@pytest.fixture(scope="session")
def survived(hostile_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of that folder."""
    return released(hostile_folder, tmp_path_factory.mktemp("survived"))
