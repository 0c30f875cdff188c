"""Whether a build would change anything: told by the states of files, and by their contents where a state is another."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import unchanged as module
from pipeline.publish.candidate import MANIFEST, write_candidate
from pipeline.unchanged import NOTE, inputs, remember, unchanged
from tests.gates.builders import world


class Built:
    """Sources, a work area and a release, as after a build."""

    def __init__(self, root: Path) -> None:
        self.sources, self.work, self.out = root / "in", root / "work", root / "out"
        (self.sources / "deep").mkdir(parents=True)
        self.work.mkdir()
        (self.sources / "one.txt").write_text("全县建成基站12个。", encoding="utf-8")
        (self.sources / "deep" / "two.txt").write_text("全县建成基站13个。", encoding="utf-8")
        write_candidate(world(), self.out)

    def note(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        """What a build does around itself; ``meanwhile`` happens while it runs."""
        before = inputs(self.sources, None)
        meanwhile()
        remember(self.sources, None, self.work, self.out, before)

    def same(self) -> bool:
        """Whether a build would change nothing."""
        return unchanged(self.sources, None, self.work, self.out)


@pytest.fixture
def built(tmp_path: Path) -> Built:
    found = Built(tmp_path)
    found.note()
    return found


def touch(path: Path) -> None:
    """Another time, the same bytes."""
    os.utime(path, ns=(0, 0))


def test_after_a_build_nothing_changed(built: Built) -> None:
    assert built.same()


def test_without_a_note_nobody_knows(built: Built) -> None:
    (built.work / NOTE).unlink()
    assert not built.same()


@pytest.mark.parametrize(
    "change",
    [
        lambda built: (built.sources / "deep" / "two.txt").write_text("全县建成基站14个。", encoding="utf-8"),
        lambda built: (built.sources / "three.txt").write_bytes(b""),
        lambda built: (built.sources / "one.txt").unlink(),
        lambda built: (built.sources / "one.txt").rename(built.sources / "first.txt"),
        lambda built: (built.out / "schema.sql").write_text("-- mine", encoding="utf-8"),
        lambda built: (built.out / "notes.txt").write_bytes(b""),
        lambda built: (built.out / "claims.parquet").unlink(),
        lambda built: (built.out / MANIFEST).write_text("{}", encoding="utf-8"),
        lambda built: shutil.rmtree(built.out),
    ],
    ids=["revised", "came", "went", "renamed", "release edited", "file more", "file less", "manifest", "no release"],
)
def test_what_changed_is_seen(change: Callable[[Built], object], built: Built) -> None:
    change(built)
    assert not built.same()


def test_a_change_that_keeps_size_and_time_of_writing_is_seen(built: Built) -> None:
    path = built.sources / "one.txt"
    seen = path.stat()
    path.write_text("全县建成基站99个。", encoding="utf-8")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert path.stat().st_size == seen.st_size and path.stat().st_mtime_ns == seen.st_mtime_ns
    assert not built.same()


def test_a_touched_file_with_the_same_bytes_is_no_change_and_is_read_once(
    built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(built.sources / "one.txt")
    touch(built.out / "claims.parquet")
    assert built.same()
    read: list[Path] = []
    hashed = module.file_hash
    monkeypatch.setattr(module, "file_hash", lambda path: read.append(path) or hashed(path))
    assert built.same()
    assert read == [built.out / MANIFEST]


def test_what_changed_while_the_build_ran_is_not_noted(tmp_path: Path) -> None:
    built = Built(tmp_path)
    built.note(lambda: (built.sources / "one.txt").write_text("全县建成基站15个。", encoding="utf-8"))
    assert not (built.work / NOTE).exists()


def test_a_release_that_is_not_whole_is_not_noted(tmp_path: Path) -> None:
    built = Built(tmp_path)
    (built.out / "schema.sql").write_text("-- mine", encoding="utf-8")
    built.note()
    assert not (built.work / NOTE).exists()


def test_another_inbox_or_release_is_another_build(built: Built, tmp_path: Path) -> None:
    assert not unchanged(built.sources, tmp_path / "inbox", built.work, built.out)
    shutil.copytree(built.out, tmp_path / "copy")
    assert not unchanged(built.sources, None, built.work, tmp_path / "copy")


def test_hidden_files_are_no_sources_and_no_inbox_is_an_empty_one(built: Built, tmp_path: Path) -> None:
    (built.sources / ".swp").write_bytes(b"x")
    assert built.same()
    assert inputs(built.sources, tmp_path / "none") == inputs(built.sources, None)
