"""The build of the bundled documents: equal bytes wherever and whenever, the committed data, floors, nothing of the machine."""

import getpass
import re
import socket
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline import verify
from pipeline.contract import PUBLISHED
from pipeline.contract.paths import DATA, ROOT, SEEDS
from pipeline.publish.descriptors import FILES as DESCRIPTORS
from tests.builds.release import ORIGINALS, Release

FLOORS = {
    "claims": 200,
    "numerals": 850,
    "indicators": 60,
    "progress": 60,
    "organisations": 50,
    "parks": 33,
    "programmes": 18,
    "warnings": 1,
}
CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The second build of `liaoning verify`: another process, folder, locale, time zone, order of files and so on."""
    place = tmp_path_factory.mktemp("somewhere else") / "place"
    process = verify.start(1, place, SEEDS)
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    return Release(place / "out")


def test_two_builds_give_the_same_bytes_whatever_surrounds_them(bundled: Release, elsewhere: Release) -> None:
    assert len(bundled.hashes()) == len(PUBLISHED) + len(DESCRIPTORS) + 2
    assert bundled.hashes() == elsewhere.hashes()


def test_the_committed_data_are_what_a_rebuild_gives(bundled: Release) -> None:
    assert DATA.is_dir(), "there is no data/: run `make data` and commit it"
    assert Release(DATA).hashes() == bundled.hashes(), "data/ is another release: run `make data` and commit it"


def test_the_manifest_names_every_file_with_its_hash(bundled: Release) -> None:
    entries = [*bundled.manifest["tables"], *bundled.manifest["files"]]
    found = bundled.hashes()
    del found["manifest.json"]
    assert {entry["file"]: entry["sha256"] for entry in entries} == found
    assert {entry["name"]: entry["rows"] for entry in bundled.manifest["tables"]} == {
        name: table.num_rows for name, table in bundled.tables.items()
    }


def test_no_table_is_below_its_floor(bundled: Release) -> None:
    rows = {name: table.num_rows for name, table in bundled.tables.items()}
    assert {name: rows[name] for name, floor in FLOORS.items() if rows[name] < floor} == {}
    empty = {name for name, count in rows.items() if not count}
    assert empty == {"conflicts", "conflict_claims", "quarantine"}, (
        "the digests contradict nothing and are all readable"
    )


@pytest.mark.parametrize("release", ["bundled", "originals", "survived"])
def test_no_path_clock_or_host_stands_in_a_published_file(release: str, request: pytest.FixtureRequest) -> None:
    words = request.getfixturevalue(release).words()
    today = date.today()
    machine = {str(ROOT), str(ORIGINALS.parent), tempfile.gettempdir(), str(Path.home()), sys.prefix}
    # A correction tells the day it was reviewed on: for a day or two after it is written that is today.
    told = (SEEDS / "corrections.yaml").read_text(encoding="utf-8")
    clock = {(today + timedelta(days)).isoformat() for days in (-1, 0, 1)}
    clock = {day for day in clock if day not in told}
    for file, text in words.items():
        assert [place for place in machine if re.search(re.escape(place) + r"(?![\w-])", text)] == [], file
        assert [day for day in clock if day in text] == [], file
        assert not CLOCK.search(text), file
        host = socket.gethostname()
        assert len(host) < 5 or host not in text, file
        assert f"{getpass.getuser()}@" not in text, file


def test_what_the_build_reads_is_committed_and_not_the_inbox(bundled: Release) -> None:
    named = {row["file"] for row in bundled.rows("sources")}
    assert named == {path.name for path in (SEEDS / "documents").iterdir()}
