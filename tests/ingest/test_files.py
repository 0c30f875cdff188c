"""Files: which are documents, what is never opened, how they are named, how bytes are kept."""

import hashlib
import os
import re
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import BY_NAME
from pipeline.ingest.files import (
    LARGEST,
    document_files,
    ending,
    name_in,
    read_bytes,
    refuse_other_endings,
    snapshot,
    source_ids,
)
from pipeline.ingest.unreadable import SourcesError, UnreadableError


def refused(folder: Path, path: Path) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_bytes(folder, path)
    return caught.value.reason


def test_a_file_above_the_limit_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    tracemalloc.start()
    try:
        assert refused(tmp_path, path) == "too_large"
        assert tracemalloc.get_traced_memory()[1] < LARGEST // 10
    finally:
        tracemalloc.stop()


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"x" * LARGEST)
    assert len(read_bytes(tmp_path, path)) == LARGEST


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    assert refused(tmp_path, tmp_path / "a.txt") == "missing"


def test_a_folder_or_a_pipe_named_like_a_document_is_never_opened(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    assert refused(tmp_path, tmp_path / "folder.txt") == "unreadable"
    assert refused(tmp_path, tmp_path / "pipe.txt") == "unreadable"


def test_a_link_out_of_the_folder_and_one_to_itself_are_unreadable(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("秘密", "utf-8")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    assert refused(folder, folder / "out.txt") == "unreadable"
    assert refused(folder, folder / "loop.txt") == "unreadable"


@pytest.mark.parametrize("name", ["a.pdf", "a.DOCX", "a.png", "a.csv", "a.json"])
def test_an_ending_of_other_files_is_refused(name: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        refuse_other_endings(name)
    assert caught.value.reason == "binary"


@pytest.mark.parametrize(
    "name", ["a.txt", "a.TXT", "a.md", "a.html", "a.htm", "a.xml", "a", "规划(1.0版)", "通知.2021"]
)
def test_an_ending_of_a_text_or_none_is_taken(name: str) -> None:
    refuse_other_endings(name)
    assert ending(name) in {"", ".txt", ".md", ".html", ".htm", ".xml"}


def test_hidden_files_registries_and_files_about_the_folder_are_no_documents(tmp_path: Path) -> None:
    for name in (
        ".hidden.txt",
        "sources.csv",
        "README.md",
        "LICENSE",
        "b.txt",
        ".git/c.txt",
        "sub/d.txt",
        "documents/a.txt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("文", "utf-8")
    deep = [name_in(place) for place in document_files(tmp_path, deep=True)]
    flat = [name_in(place) for place in document_files(tmp_path, deep=False)]
    assert (deep, flat) == (["b.txt", "a.txt", "sub/d.txt"], ["b.txt", "a.txt"])


def test_a_folder_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="no such folder"):
        document_files(tmp_path / "nowhere", deep=True)


def test_a_document_is_named_by_its_file_without_the_ending() -> None:
    assert source_ids(["000_ab.txt", "documents 2.md", "规划(1.0版)"]) == {
        "000_ab.txt": "000_ab",
        "documents 2.md": "documents_2",
        "规划(1.0版)": "规划(1.0版)",
    }


def test_files_that_would_have_one_name_keep_their_ending_or_folder() -> None:
    assert source_ids(["a.txt", "a.html", "x/b.txt", "y/b.txt"]) == {
        "a.html": "a.html",
        "a.txt": "a.txt",
        "x/b.txt": "x_b.txt",
        "y/b.txt": "y_b.txt",
    }


@settings(deadline=None)
@given(
    st.sets(
        st.text(st.sampled_from("ab_. /\t"), min_size=1, max_size=6).filter(lambda name: not name.endswith("/")),
        max_size=12,
    )
)
def test_ids_are_never_shared_and_obey_the_contract(files: set[str]) -> None:
    found = source_ids(files)
    pattern = BY_NAME["sources"].column("source_id").pattern
    assert pattern is not None
    assert len(set(found.values())) == len(files)
    assert all(re.fullmatch(pattern, name) for name in found.values())


def test_a_snapshot_lies_under_its_hash_and_is_written_once(tmp_path: Path) -> None:
    digest = snapshot(b"abc", tmp_path)
    path = tmp_path / "sha256" / digest[:2] / digest
    assert digest == hashlib.sha256(b"abc").hexdigest()
    assert path.read_bytes() == b"abc"
    before = path.stat().st_mtime_ns
    assert snapshot(b"abc", tmp_path) == digest
    assert path.stat().st_mtime_ns == before
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [digest]


def test_a_snapshot_cut_short_is_written_again(tmp_path: Path) -> None:
    digest = snapshot(b"abc", tmp_path)
    path = tmp_path / "sha256" / digest[:2] / digest
    path.write_bytes(b"a")
    snapshot(b"abc", tmp_path)
    assert path.read_bytes() == b"abc"
