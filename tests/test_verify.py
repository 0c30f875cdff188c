"""The proof of a release: green where everything agrees, and red with the name of what does not."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from pipeline import verify
from pipeline.cli import main
from pipeline.publish.candidate import MANIFEST, write_candidate
from pipeline.publish.parquet import write_table
from pipeline.verify import NotVerified, compare
from tests.gates.builders import changed, world

Damage = Callable[[Path, Path, Path], None]


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A release and two builds that agree with it."""
    write_candidate(world(), tmp_path / "data")
    for name in ("first", "second"):
        shutil.copytree(tmp_path / "data", tmp_path / name)
    return tmp_path / "data", tmp_path / "first", tmp_path / "second"


def edit_manifest(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    change(manifest)
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def other_build(data: Path, first: Path, second: Path) -> None:
    (second / "schema.sql").write_text("-- made on a Tuesday\n", encoding="utf-8")


def file_lost(data: Path, first: Path, second: Path) -> None:
    (data / "claims.parquet").unlink()


def value_changed(data: Path, first: Path, second: Path) -> None:
    claims = pq.read_table(data / "claims.parquet")
    write_table(changed(claims, value=121.0), data / "claims.parquet")


def footer_gone(data: Path, first: Path, second: Path) -> None:
    pq.write_table(pq.read_table(data / "claims.parquet"), data / "claims.parquet")


def rows_of_another_build(data: Path, first: Path, second: Path) -> None:
    for folder in (first, second):
        value_changed(folder, folder, folder)


def code_changed(data: Path, first: Path, second: Path) -> None:
    def change(manifest: dict[str, Any]) -> None:
        manifest["build"]["code"]["files"]["pipeline/cli.py"] = "0" * 64

    edit_manifest(data, change)


def schema_changed(data: Path, first: Path, second: Path) -> None:
    edit_manifest(data, lambda manifest: manifest["tables"][0].update(schema_version="0" * 16))


DAMAGES: dict[str, tuple[Damage, set[str], str]] = {
    "a second build that differs": (other_build, {"the two builds: bytes"}, "schema.sql"),
    "a file that is missing": (
        file_lost,
        {"manifest and files: bytes", "release and rebuild: bytes"},
        "claims.parquet",
    ),
    "a value that was changed": (
        value_changed,
        {"manifest and files: bytes", "manifest and files: logical hash of the rows"},
        "claims.parquet",
    ),
    "a file that states no hash": (footer_gone, {"manifest and files: logical hash in the footer"}, "claims.parquet"),
    "builds with other rows": (
        rows_of_another_build,
        {"manifest and rebuild: logical hash of the rows", "release and rebuild: bytes"},
        "claims.parquet",
    ),
    "code that was changed": (code_changed, {"manifest and rebuild: what it was made from"}, "code pipeline/cli.py"),
    "a schema that was changed": (schema_changed, {"manifest and rebuild: schemas"}, "sources.parquet"),
}


def test_a_release_and_two_builds_that_agree_are_green(folders: tuple[Path, Path, Path]) -> None:
    findings = compare(*folders)
    assert len(findings) == 8
    assert [finding.what for finding in findings if not finding.green or finding.differing] == []
    assert all(finding.of > 20 for finding in findings), "no comparison is green because it looked at nothing"


@pytest.mark.parametrize("name", DAMAGES)
def test_a_difference_is_red_and_named(name: str, folders: tuple[Path, Path, Path]) -> None:
    damage, reds, differing = DAMAGES[name]
    damage(*folders)
    red = {finding.what: finding.differing for finding in compare(*folders) if not finding.green}
    assert reds <= red.keys()
    for what in reds:
        assert differing in red[what]


def test_of_many_documents_the_one_that_differs_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.publish.origin.LISTED", 1)
    sources = world()["sources"]
    for name, table in (("data", changed(sources, sha256="0" * 64)), ("first", sources), ("second", sources)):
        write_candidate({**world(), "sources": table}, tmp_path / name)
    found = {finding.what: finding for finding in compare(tmp_path / "data", tmp_path / "first", tmp_path / "second")}
    assert found["manifest and rebuild: what it was made from"].differing == (f"inputs {sources['file'][0]}",)


def test_where_equal_bytes_are_not_promised_equal_rows_are_enough(
    folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in folders[1:]:
        pq.write_table(pq.read_table(folder / "claims.parquet"), folder / "claims.parquet", compression="none")
    monkeypatch.setattr(verify.platform, "machine", lambda: "arm64")
    red = [finding for finding in compare(*folders) if not finding.green]
    assert [(finding.what, finding.demanded) for finding in red] == [("release and rebuild: bytes", False)]


def test_a_folder_that_is_no_release_cannot_be_proved(tmp_path: Path) -> None:
    with pytest.raises(NotVerified, match=r"no manifest\.json there; build a release first"):
        compare(tmp_path, tmp_path, tmp_path)
    (tmp_path / MANIFEST).write_text('{"name": "older"}', encoding="utf-8")
    with pytest.raises(NotVerified, match=r"its manifest\.json is of no release of today"):
        compare(tmp_path, tmp_path, tmp_path)


def command(folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch) -> Result:
    """The command on these folders, without the builds."""
    monkeypatch.setattr(verify, "build_twice", lambda sources, place: folders[1:])
    return CliRunner().invoke(main, ["verify", "--data", str(folders[0])], catch_exceptions=False)


def test_the_command_shows_what_was_made_different_and_the_verdict(
    folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    result = command(folders, monkeypatch)
    assert result.exit_code == 0
    for condition in verify.CONDITIONS:
        assert condition.what in result.stdout
    assert "verified: two builds and data/ agree" in result.stdout
    assert "✗" not in result.stdout


def test_the_command_ends_with_code_1_where_something_differs(
    folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    other_build(*folders)
    result = command(folders, monkeypatch)
    assert result.exit_code == 1
    assert "not verified: 1 of 8 comparisons differ" in result.stdout and "schema.sql" in result.stdout


def test_the_command_says_why_it_cannot_prove(tmp_path: Path) -> None:
    for arguments, said in (
        (["--data", str(tmp_path)], "build a release first"),
        (["--sources", str(tmp_path / "gone")], "no such folder"),
    ):
        result = CliRunner().invoke(main, ["verify", *arguments])
        assert result.exit_code == 1 and said in result.stderr


def test_a_build_that_fails_is_no_proof(tmp_path: Path) -> None:
    with pytest.raises(NotVerified, match=r"the build in one/ failed: .*gone: no such folder"):
        verify.build_twice(tmp_path / "gone", tmp_path / "place")
