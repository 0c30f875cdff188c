"""The release: a candidate takes the place of the last one whole, or nothing changes."""

import json
import os
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.contract import BY_NAME, PUBLISHED, schema_version
from pipeline.publish import CandidateStale, demand_whole
from pipeline.publish import exchange as module
from pipeline.publish.candidate import MANIFEST, NAME, copy_published, write_candidate, write_published
from pipeline.publish.descriptors import FILES as DESCRIPTORS
from pipeline.publish.parquet import file_hash, footer_hash, logical_hash, write_table
from pipeline.publish.release import ReleaseRefused, promote
from tests.gates.builders import world

Contents = dict[str, bytes]


def contents(folder: Path) -> Contents:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def release(folder: Path, words: str, *others: str) -> Path:
    """A folder that is a release: a manifest of ours, a file with these words, and other files that it names."""
    folder.mkdir(parents=True)
    manifest = {"name": NAME, "tables": [{"file": "claims.parquet"}], "files": [{"file": name} for name in others]}
    for name in others:
        folder.joinpath(name).write_bytes(b"")
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "claims.parquet").write_text(words, encoding="utf-8")
    return folder


@pytest.fixture
def candidate(tmp_path: Path) -> Path:
    return release(tmp_path / "work" / "candidate", "new")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return release(tmp_path / "site" / "data", "old")


def beside(out: Path) -> list[str]:
    """What lies in the folder that holds the release."""
    return sorted(path.name for path in out.parent.iterdir())


def test_a_first_release_makes_its_folder(candidate: Path, tmp_path: Path) -> None:
    out = tmp_path / "not" / "yet" / "there"
    assert promote(candidate, out) is True
    assert contents(out) == contents(candidate)
    assert beside(out) == ["there"]


def test_a_release_fills_an_empty_folder(candidate: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert promote(candidate, tmp_path / "data") is True
    assert contents(tmp_path / "data") == contents(candidate)


def test_a_release_takes_the_place_of_the_last_one_and_leaves_nothing_beside_it(candidate: Path, out: Path) -> None:
    shutil.rmtree(out)
    release(out, "old", "of_yesterday.parquet")
    assert promote(candidate, out) is True
    assert contents(out) == contents(candidate)
    assert beside(out) == ["data"]
    assert candidate.exists(), "the work area keeps its own copy"


def test_the_same_bytes_are_no_new_release(candidate: Path, out: Path) -> None:
    promote(candidate, out)
    before = out.stat().st_ino
    assert promote(candidate, out) is False
    assert out.stat().st_ino == before


def test_the_exchange_is_one_step_for_whoever_holds_the_folder_open(candidate: Path, out: Path) -> None:
    old, new = contents(out), contents(candidate)
    seen: list[Contents] = []
    exchange = module._exchange

    def watched(first: Path, second: Path) -> bool:
        seen.append(contents(out))
        done = exchange(first, second)
        seen.append(contents(out))
        return done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_exchange", watched)
        promote(candidate, out)
    assert seen in ([old, new], [old, old]), "[old, old] where the system cannot exchange folders"


def test_without_an_exchange_two_renames_do_it(candidate: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_exchange", lambda first, second: False)
    assert promote(candidate, out) is True
    assert contents(out) == contents(candidate)
    assert beside(out) == ["data"]


def test_without_an_exchange_a_failed_rename_brings_the_last_release_back(
    candidate: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, rename = contents(out), Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name == ".data.next":
            raise OSError("no space left")
        return rename(self, target)

    monkeypatch.setattr(module, "_exchange", lambda first, second: False)
    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="no space left"):
        promote(candidate, out)
    assert contents(out) == before
    assert beside(out) == ["data"]


@pytest.mark.parametrize("failing", ["copytree", "_exchange"])
def test_a_failure_leaves_the_last_release_as_it_was(
    failing: str, candidate: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise OSError("no space left")

    before = contents(out)
    monkeypatch.setattr(shutil if failing == "copytree" else module, failing, fail)
    with pytest.raises(OSError, match="no space left"):
        promote(candidate, out)
    assert contents(out) == before
    assert beside(out) == ["data"]


def test_what_a_broken_run_left_behind_is_cleared_away(candidate: Path, out: Path) -> None:
    release(out.parent / ".data.next", "half")
    promote(candidate, out)
    assert contents(out) == contents(candidate)
    assert beside(out) == ["data"]


def test_a_folder_that_is_no_release_is_left_alone(candidate: Path, tmp_path: Path) -> None:
    somebodys = tmp_path / "photos"
    somebodys.mkdir()
    (somebodys / "holiday.jpg").write_bytes(b"sea")
    with pytest.raises(ReleaseRefused, match="photos exists and is no release"):
        promote(candidate, somebodys)
    assert contents(somebodys) == {"holiday.jpg": b"sea"}


@pytest.mark.parametrize("manifest", ["{}", "no JSON", '{"name": "web-app", "tables": [], "files": []}'])
def test_a_manifest_of_another_program_makes_no_release(manifest: str, candidate: Path, tmp_path: Path) -> None:
    app = tmp_path / "web"
    app.mkdir()
    (app / MANIFEST).write_text(manifest, encoding="utf-8")
    with pytest.raises(ReleaseRefused, match="is no release"):
        promote(candidate, app)
    assert contents(app) == {MANIFEST: manifest.encode()}


def test_a_release_with_a_file_of_somebody_is_left_alone(candidate: Path, out: Path) -> None:
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ReleaseRefused, match=r"it holds notes\.txt"):
        promote(candidate, out)
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_file_in_the_place_of_the_folder_is_left_alone(candidate: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a letter", encoding="utf-8")
    with pytest.raises(ReleaseRefused, match="is no release"):
        promote(candidate, tmp_path / "data")
    assert (tmp_path / "data").read_text(encoding="utf-8") == "a letter"


@pytest.mark.skipif(os.name != "posix", reason="links to folders need a POSIX system")
def test_a_link_goes_on_pointing_to_the_release(candidate: Path, out: Path, tmp_path: Path) -> None:
    (tmp_path / "latest").symlink_to(out)
    assert promote(candidate, tmp_path / "latest") is True
    assert (tmp_path / "latest").is_symlink()
    assert contents(out) == contents(candidate)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A candidate of the valid world."""
    folder = tmp_path_factory.mktemp("work") / "candidate"
    write_candidate(world(), folder)
    return folder


@pytest.fixture
def copy(written: Path, tmp_path: Path) -> Path:
    """The same, to be damaged."""
    shutil.copytree(written, tmp_path / "copy")
    return tmp_path / "copy"


def test_a_candidate_holds_every_published_table_and_no_other(written: Path) -> None:
    names = {path.name for path in written.iterdir()}
    assert names == {f"{table.name}.parquet" for table in PUBLISHED} | {"schema.sql", MANIFEST, *DESCRIPTORS}
    for table in PUBLISHED:
        assert pq.read_table(written / f"{table.name}.parquet").equals(world()[table.name])


def test_two_candidates_of_the_same_tables_have_the_same_bytes(written: Path, tmp_path: Path) -> None:
    write_candidate(world(), tmp_path / "again")
    assert contents(tmp_path / "again") == contents(written)


def test_the_manifest_tells_of_every_file_and_of_no_machine(written: Path) -> None:
    text = (written / MANIFEST).read_text(encoding="utf-8")
    manifest = json.loads(text)
    for entry in manifest["tables"]:
        path = written / entry["file"]
        assert (entry["bytes"], entry["sha256"]) == (path.stat().st_size, file_hash(path))
        assert entry["logical_sha256"] == logical_hash(world()[entry["name"]])
        assert entry["rows"] == world()[entry["name"]].num_rows
        assert footer_hash(path) == entry["logical_sha256"]
        assert entry["schema_version"] == schema_version(BY_NAME[entry["name"]])
    listed = {entry["file"] for entry in [*manifest["tables"], *manifest["files"]]}
    assert listed == {path.name for path in written.iterdir()} - {MANIFEST}
    assert str(written.parent) not in text


def test_a_candidate_as_it_was_written_is_accepted(copy: Path) -> None:
    demand_whole(copy)


def test_no_candidate_is_no_candidate(tmp_path: Path) -> None:
    with pytest.raises(CandidateStale, match="there is no candidate"):
        demand_whole(tmp_path)


@pytest.mark.parametrize("name", ["claims.parquet", "schema.sql"])
def test_a_candidate_with_another_file_missing_or_changed_is_stale(name: str, copy: Path) -> None:
    (copy / name).write_bytes((copy / name).read_bytes() + b"\n")
    with pytest.raises(CandidateStale, match=f"{name} in the candidate"):
        demand_whole(copy)
    (copy / name).unlink()
    with pytest.raises(CandidateStale, match=f"{name} in the candidate"):
        demand_whole(copy)


def test_a_candidate_with_a_file_nobody_listed_is_stale(copy: Path) -> None:
    (copy / "notes.txt").write_text("left over", encoding="utf-8")
    with pytest.raises(CandidateStale, match=r"notes\.txt in the candidate"):
        demand_whole(copy)


def test_a_candidate_lacks_no_table(tmp_path: Path) -> None:
    tables = world()
    del tables["claims"]
    with pytest.raises(KeyError, match="claims"):
        write_candidate(tables, tmp_path / "candidate")


def test_a_table_that_no_policy_governs_is_copied_and_is_what_would_have_been_written(tmp_path: Path) -> None:
    copied, written, ungoverned = tmp_path / "copied", tmp_path / "written", 0
    for folder in (copied, written):
        folder.mkdir()
    for table in PUBLISHED:
        rows, file = world()[table.name], tmp_path / f"{table.name}.parquet"
        write_table(rows, file)
        if any(column.policy for column in table.columns):
            with pytest.raises(ValueError, match="as its policies allow"):
                copy_published(table, file, copied)
            continue
        ungoverned += 1
        assert copy_published(table, file, copied) == write_published(table, rows, {}, written)
        pq.write_table(rows, file)
        with pytest.raises(ValueError, match="as its policies allow"):
            copy_published(table, file, copied)
    assert len(contents(copied)) == ungoverned > 10
    assert contents(copied) == contents(written)
