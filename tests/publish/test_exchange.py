"""The exchange of folders: whatever moment a crash comes at, the old folder or the new one stands there, whole."""

import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.publish import exchange
from pipeline.publish.ask import AskFailed, ask
from pipeline.publish.candidate import NAME
from pipeline.publish.exchange import recover, replace_folder
from pipeline.publish.release import promote

Contents = dict[str, bytes]

OLD: Contents = {"claims.parquet": b"old claims", "manifest.json": b"old", "of_yesterday.parquet": b"gone soon"}
NEW: Contents = {"claims.parquet": b"new claims", "manifest.json": b"new"}

CHANGES = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.copyfile", "ctypes.dlopen"}
"""What Python tells of before it touches the disk; the call of the system that exchanges comes after ``ctypes.dlopen``."""

without_exchange = pytest.mark.parametrize("refused", [False, True], ids=["exchanged", "by a journal"])
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="a crash is played by a child process, which needs fork")


def folder(place: Path, files: Contents) -> Path:
    place.mkdir(parents=True)
    for name, words in files.items():
        (place / name).write_bytes(words)
    return place


def contents(place: Path) -> Contents | None:
    """What a folder holds; None where there is none."""
    return {path.name: path.read_bytes() for path in sorted(place.iterdir())} if place.exists() else None


def beside(out: Path) -> list[str]:
    return sorted(path.name for path in out.parent.iterdir())


def crash(act: Callable[[], object], at: int) -> bool:
    """Run in a child process that dies before its ``at``-th touch of the disk; False where it ends sooner."""
    child = os.fork()
    if not child:
        left = [at]

        def count(event: str, arguments: tuple[object, ...]) -> None:
            if event in CHANGES:
                left[0] -= 1
                if not left[0]:
                    os._exit(9)

        sys.addaudithook(count)
        act()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def put_new(new: Path, out: Path) -> None:
    recover(out)
    replace_folder(new, out)


@posix
@without_exchange
@pytest.mark.parametrize("first", [False, True], ids=["over an old release", "the first release"])
def test_a_crash_at_any_point_leaves_the_old_folder_or_the_new_one(
    first: bool, refused: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if refused:
        monkeypatch.setattr(exchange, "_exchange", lambda first, second: False)
    seen, at, crashed = [], 0, True
    while crashed:
        at += 1
        place = tmp_path / str(at)
        new, out = folder(place / "work" / "candidate", NEW), place / "site" / "data"
        if first:
            out.parent.mkdir()
        else:
            folder(out, OLD)
        crashed = crash(lambda new=new, out=out: put_new(new, out), at)  # type: ignore[misc]
        recover(out)
        found = contents(out)
        assert found in (None if first else OLD, NEW), f"a crash before touch {at} of the disk"
        seen.append(found)
        put_new(new, out)
        assert contents(out) == NEW, "the next release is as if nothing had happened"
        assert beside(out) == ["data"]
    assert at > 12 and seen[0] == (None if first else OLD) and seen[-1] == NEW
    assert seen == sorted(seen, key=lambda found: found == NEW), "once it is new it stays so"


@posix
def test_a_crash_while_the_journal_is_played_back_is_finished_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_exchange", lambda first, second: False)
    first, last, gaps = 1, 200, 0
    for at in range(first, last):
        new, out = folder(tmp_path / str(at) / "candidate", NEW), folder(tmp_path / str(at) / "site" / "data", OLD)
        if not crash(lambda new=new, out=out: put_new(new, out), at):  # type: ignore[misc]
            break
        if out.exists():
            continue
        gaps += 1
        again = 0
        while crash(lambda out=out: recover(out), again := again + 1):  # type: ignore[misc]
            assert contents(out) in (None, NEW)
        assert contents(out) == NEW
    assert gaps, "no crash fell between the two renames"


@without_exchange
def test_a_file_that_a_reader_holds_open_stays_as_it_was(
    refused: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if refused:
        monkeypatch.setattr(exchange, "_exchange", lambda first, second: False)
    new, out = folder(tmp_path / "candidate", NEW), folder(tmp_path / "site" / "data", OLD)
    with (out / "claims.parquet").open("rb") as held:
        replace_folder(new, out)
        assert held.read() == b"old claims"
    assert (out / "claims.parquet").read_bytes() == b"new claims"


@without_exchange
def test_everything_is_on_the_disk_before_it_takes_its_place(
    refused: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, out = folder(tmp_path / "candidate", NEW), folder(tmp_path / "site" / "data", OLD)
    told: list[str] = []
    to_disk, swap = exchange.to_disk, exchange._exchange

    def noted(path: Path) -> None:
        told.append(path.name)
        to_disk(path)

    def swapped(first: Path, second: Path) -> bool:
        told.append("exchange")
        return not refused and swap(first, second)

    monkeypatch.setattr(exchange, "to_disk", noted)
    monkeypatch.setattr(exchange, "_exchange", swapped)
    replace_folder(new, out)
    assert told[: told.index("exchange")] == ["claims.parquet", "manifest.json", ".data.next"]
    assert told[-1] == "site", "and the exchange itself"


def test_a_file_system_that_cannot_exchange_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Library:
        def renameat2(self, *arguments: object) -> int:
            exchange.ctypes.set_errno(errno.EINVAL)
            return -1

    monkeypatch.setattr(exchange.sys, "platform", "linux")
    monkeypatch.setattr(exchange.ctypes, "CDLL", lambda *arguments, **named: Library())
    new, out = folder(tmp_path / "candidate", NEW), folder(tmp_path / "site" / "data", OLD)
    replace_folder(new, out)
    assert contents(out) == NEW
    assert beside(out) == ["data"]


@pytest.fixture
def open_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place where a crash came between the two renames: there is no release, but all that is needed for one."""
    new, out = folder(tmp_path / "candidate", NEW), folder(tmp_path / "site" / "data", OLD)
    monkeypatch.setattr(exchange, "_exchange", lambda first, second: False)
    with monkeypatch.context() as patch:
        patch.setattr(exchange, "_clear", lambda path: None)
        patch.setattr(exchange.shutil, "rmtree", lambda *arguments, **named: None)
        replace_folder(new, out)
    out.rename(out.parent / ".data.next")
    exchange._note(
        out.parent / ".data.journal",
        {"old": exchange._files(out.parent / ".data.previous"), "new": exchange._files(out.parent / ".data.next")},
    )
    assert beside(out) == [".data.journal", ".data.next", ".data.previous"]
    return out


def test_a_journal_is_rolled_forward(open_journal: Path) -> None:
    assert recover(open_journal) is True
    assert contents(open_journal) == NEW
    assert beside(open_journal) == ["data"]
    assert recover(open_journal) is False


def test_a_new_folder_that_is_not_whole_is_rolled_back(open_journal: Path) -> None:
    (open_journal.parent / ".data.next" / "claims.parquet").write_bytes(b"new cl")
    assert recover(open_journal) is True
    assert contents(open_journal) == OLD
    assert beside(open_journal) == ["data"]


def test_what_somebody_put_in_the_place_meanwhile_stays(open_journal: Path) -> None:
    folder(open_journal, {"letter.txt": b"mine"})
    recover(open_journal)
    assert contents(open_journal) == {"letter.txt": b"mine"}


def test_what_a_crash_left_beside_the_release_goes_also_where_the_same_is_released_again(tmp_path: Path) -> None:
    files = {"manifest.json": json.dumps({"name": NAME, "tables": [], "files": []}).encode()}
    new, out = folder(tmp_path / "candidate", files), folder(tmp_path / "site" / "data", files)
    folder(tmp_path / "site" / ".data.next", OLD)
    folder(tmp_path / "site" / ".data.previous", OLD)
    assert promote(new, out) is False
    assert beside(out) == ["data"]


def test_a_reader_finishes_what_a_crash_left_open(open_journal: Path) -> None:
    with pytest.raises(AskFailed):
        ask("FROM claims", open_journal)
    assert contents(open_journal) == NEW
