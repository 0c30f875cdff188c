"""Frozen releases: the version by its rule, what changed, older ones readable, nothing touched twice."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.publish import frozen as module
from pipeline.publish.candidate import MANIFEST
from pipeline.publish.diff import Difference, difference, open_side
from pipeline.publish.diff.model import SchemaChange
from pipeline.publish.frozen import CHANGES, RECORD, FreezeRefused, freeze, next_release, releases_in
from pipeline.publish.lock import Busy
from pipeline.publish.parquet import file_hash
from pipeline.publish.versions import following, level
from tests.diff.workshop import Workshop


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@pytest.fixture
def data(before: Path, tmp_path: Path) -> Path:
    shutil.copytree(before, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return tmp_path / "releases"


def becomes(data: Path, shop: Workshop) -> None:
    shutil.rmtree(data)
    shutil.copytree(shop.root / "data", data)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def test_a_frozen_release_is_the_very_bytes_of_data_under_the_month_of_its_latest_source(
    data: Path, releases: Path
) -> None:
    frozen, new = freeze(data, releases)
    assert (frozen.version, frozen.level, frozen.previous, new) == ("2023.2.0", "major", None, True)
    kept = contents(releases / "2023.2.0")
    assert {name: kept[name] for name in contents(data)} == contents(data)
    assert kept.keys() - contents(data).keys() == {CHANGES, RECORD}


def test_the_same_data_is_frozen_once(data: Path, releases: Path) -> None:
    first, _ = freeze(data, releases)
    before = contents(releases / first.version)
    assert freeze(data, releases) == (first, False)
    assert releases_in(releases) == ["2023.2.0"] and contents(releases / first.version) == before


def test_each_step_has_its_kind_and_its_section(data: Path, releases: Path, shops: dict[str, Workshop]) -> None:
    told = []
    for name in ("as it was", "table", "new_document", "as it was"):
        becomes(data, shops[name])
        frozen, _ = freeze(data, releases)
        told.append((frozen.version, frozen.level, frozen.reasons))
    assert told == [
        ("2023.2.0", "major", ("the first release",)),
        ("2023.2.1", "patch", ()),
        ("2023.3.0", "minor", ("sources: city 大连数字设施简讯 is new",)),
        ("2023.3.1", "major", ("sources: city 大连数字设施简讯 is gone",)),
    ]
    page = (releases / CHANGES).read_text(encoding="utf-8")
    heads = [line for line in page.splitlines() if line.startswith("## ")]
    assert heads == ["## 2023.3.1 (major)", "## 2023.3.0 (minor)", "## 2023.2.1 (patch)", "## 2023.2.0 (major)"]
    assert "new document: city.txt" in page and "withdrawn document: city.txt" in page
    assert "`liaoning diff 2023.2.1 2023.3.0` lists every change." in page


def test_older_releases_keep_their_bytes_and_stay_readable(
    data: Path, releases: Path, shops: dict[str, Workshop], monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(data, releases)
    old = contents(releases / "2023.2.0")
    becomes(data, shops["new_document"])
    freeze(data, releases)
    assert contents(releases / "2023.2.0") == old
    found = difference(open_side("2023.2.0", releases), open_side("2023.3.0", releases))
    assert [change.about for change in found.of("added") if change.table == "sources"] == ["city 大连数字设施简讯"]
    monkeypatch.chdir(releases / "2023.2.0")
    with duckdb.connect() as connection:
        connection.execute(Path("schema.sql").read_text(encoding="utf-8"))
        assert connection.sql("SELECT count(*) FROM claims").fetchall() == [(6,)]


def older(folder: Path) -> None:
    """The release as it was made before manifests told their origin, with a table and columns we no longer have."""
    claims = pq.read_table(folder / "claims.parquet")
    pq.write_table(claims.drop_columns(["rule"]).append_column("note", claims["unit"]), folder / "claims.parquet")
    shutil.copy(folder / "regions.parquet", folder / "places.parquet")
    (folder / "warnings.parquet").unlink()

    def entry(row: dict[str, Any]) -> dict[str, Any]:
        kept = {name: value for name, value in row.items() if name != "schema_version"}
        return kept | {"sha256": file_hash(folder / row["file"])}

    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    del manifest["build"]
    tables = [row for row in manifest["tables"] if row["name"] != "warnings"]
    tables.append(
        next(row for row in tables if row["name"] == "regions") | {"name": "places", "file": "places.parquet"}
    )
    manifest["tables"] = [entry(row) for row in tables]
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def test_a_release_of_another_schema_stays_readable(data: Path, releases: Path, shops: dict[str, Workshop]) -> None:
    older(data)
    freeze(data, releases)
    becomes(data, shops["code"])
    frozen, _ = freeze(data, releases)
    assert (frozen.version, frozen.level) == ("2023.2.1", "major")
    assert set(frozen.reasons) == {"places: table is gone", "claims.note: column is gone"}
    found = difference(open_side("2023.2.0", releases), open_side("2023.2.1", releases))
    assert {(one.table, one.column, one.breaks) for one in found.schema} == {
        ("places", None, True),
        ("claims", "note", True),
        ("warnings", None, False),
        ("claims", "rule", False),
    }
    (value, *_) = found.of("value")
    assert value.cause.code == "undecided" and value.cause.evidence == "2023.2.0 does not say what it was made from"


def test_a_dry_run_tells_and_writes_nothing(data: Path, releases: Path) -> None:
    shown = run("release", "--data", data, "--releases", releases, "--dry-run")
    assert shown.exit_code == 0 and "data/ would be the release 2023.2.0, major" in shown.stdout
    assert not releases.exists()
    frozen, new, text = next_release(data, releases)
    assert new and frozen.version in text


def test_the_command_freezes_and_says_so(data: Path, releases: Path) -> None:
    assert "data/ is the release 2023.2.0, major" in run("release", "--data", data, "--releases", releases).stdout
    again = run("release", "--data", data, "--releases", releases)
    assert again.exit_code == 0 and again.stdout == "data/ is the release 2023.2.0 already\n"


def test_what_is_no_whole_release_is_not_frozen(data: Path, releases: Path, tmp_path: Path) -> None:
    with pytest.raises(FreezeRefused, match="no such folder"):
        freeze(tmp_path / "none", releases)
    (data / "schema.sql").write_text("-- changed\n", encoding="utf-8")
    with pytest.raises(FreezeRefused, match=r"schema\.sql is not the file that its manifest\.json names"):
        freeze(data, releases)
    (data / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FreezeRefused, match=r"no release of this dataset \(it holds notes\.txt\)"):
        freeze(data, releases)
    assert releases_in(releases) == []


def test_a_frozen_release_that_was_damaged_stops_the_next_one(data: Path, releases: Path) -> None:
    freeze(data, releases)
    (releases / "2023.2.0" / RECORD).write_text("{}", encoding="utf-8")
    with pytest.raises(FreezeRefused, match=r"2023\.2\.0: its release\.json cannot be read"):
        freeze(data, releases)


def test_a_release_without_a_date_has_no_version(data: Path, releases: Path) -> None:
    manifest = json.loads((data / MANIFEST).read_text(encoding="utf-8"))
    (data / MANIFEST).write_text(json.dumps(manifest | {"released": None}), encoding="utf-8")
    with pytest.raises(FreezeRefused, match="no document has a date"):
        freeze(data, releases)


def test_data_that_a_build_is_working_on_is_not_frozen(
    data: Path, releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise Busy("data/ is used by process 7")

    monkeypatch.setattr(module, "alone", busy)
    with pytest.raises(FreezeRefused, match="used by process 7"):
        freeze(data, releases)
    assert releases_in(releases) == []


SAME = Difference("a", "b", (), (), ())


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (SchemaChange("claims", "note", "column is gone", True), "major"),
        (SchemaChange("claims", "note", "type string → int64", True), "major"),
        (SchemaChange("claims", "note", "new column", False), "minor"),
        (SchemaChange("notes", None, "new table", False), "minor"),
    ],
)
def test_a_change_of_the_schema_decides_the_kind_of_step(change: SchemaChange, kind: str) -> None:
    told, reasons = level(replace(SAME, schema=(change,)))
    assert told == kind and change.what in reasons[0]


def test_what_changes_no_schema_and_no_coverage_is_a_patch() -> None:
    assert level(SAME) == ("patch", ())


def test_versions_only_rise() -> None:
    days = (date(2024, 3, 9), date(2024, 3, 9), date(2024, 1, 2), date(2024, 11, 30), date(2025, 1, 1))
    made: list[tuple[int, int, int]] = []
    for day in days:
        name = following(day, made)
        made.append(tuple(int(part) for part in name.split(".")))  # type: ignore[arg-type]
    assert made == [(2024, 3, 0), (2024, 3, 1), (2024, 3, 2), (2024, 11, 0), (2025, 1, 0)]
    assert made == sorted(made)
