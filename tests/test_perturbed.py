"""Other surroundings are other surroundings: what the second build of `liaoning verify` sees really differs."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.contract.paths import ROOT
from pipeline.perturbed import ORDERS
from pipeline.verify import CONDITIONS, IN_PYTHON

LOOK = """
import glob, json, locale, os, sys
from pipeline import perturbed
order, ending, threads, folder = sys.argv[1:]
perturbed.list_folders(order)
perturbed.write_newlines(ending)
perturbed.use_threads(int(threads))
from pathlib import Path
import duckdb, pyarrow as pa
place = Path(folder)
place.joinpath("text").write_text("a\\n", encoding="utf-8")
place.joinpath("told").write_text("a\\n", encoding="utf-8", newline="\\n")
with open(place / "built_in", "w", encoding="utf-8") as file:
    file.write("a\\n")
bytes_of = {name: place.joinpath(name).read_bytes().decode() for name in ("text", "told", "built_in")}
names = ("one", "three", "two")
only = lambda found: [os.path.basename(path) for path in found if os.path.basename(path) in names]
with os.scandir(place) as entries:
    scanned = only(entry.name for entry in entries)
print(json.dumps({
    "iterdir": only(place.iterdir()), "glob": only(place.glob("*")), "rglob": only(place.rglob("*")),
    "glob.glob": only(glob.glob(folder + "/*")), "walk": only(next(os.walk(place))[2]), "listdir": only(os.listdir(folder)),
    "scandir": scanned, "written": bytes_of, "arrow": pa.cpu_count(), "processors": os.cpu_count(),
    "duckdb": duckdb.connect().execute("SELECT current_setting('threads')").fetchone()[0],
}))
"""


def look(folder: Path, *settings: str) -> dict[str, Any]:
    """What a process sees that was perturbed so."""
    for name in ("two", "one", "three"):
        (folder / name).touch()
    command = [sys.executable, "-c", LOOK, *settings, str(folder)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize(
    ("order", "names"), [("by_name", ["one", "three", "two"]), ("backwards", ["two", "three", "one"])]
)
def test_every_way_to_list_a_folder_gives_the_order_that_was_asked_for(
    order: str, names: list[str], tmp_path: Path
) -> None:
    found = look(tmp_path, order, "lf", "2")
    ways = ("iterdir", "glob", "rglob", "glob.glob", "walk", "listdir", "scandir")
    assert {way: found[way] for way in ways} == dict.fromkeys(ways, names)


def test_text_gets_other_newlines_unless_the_writer_says_which(tmp_path: Path) -> None:
    assert look(tmp_path, "by_name", "crlf", "2")["written"] == {"text": "a\r\n", "told": "a\n", "built_in": "a\r\n"}


@pytest.mark.parametrize("threads", [1, 3])
def test_arrow_and_duckdb_work_with_so_many_threads(threads: int, tmp_path: Path) -> None:
    found = look(tmp_path, "by_name", "lf", str(threads))
    assert (found["arrow"], found["duckdb"], found["processors"]) == (threads, threads, threads)


def test_a_shuffle_is_the_same_each_time_and_loses_nothing() -> None:
    names = [str(number) for number in range(20)]
    assert ORDERS["shuffled"](names) == ORDERS["shuffled"](names[::-1]) != names
    assert sorted(ORDERS["shuffled"](names)) == sorted(names)


def test_the_two_builds_differ_in_every_condition() -> None:
    assert [condition.what for condition in CONDITIONS if condition.first == condition.second] == []
    outside = [
        condition for condition in CONDITIONS if condition.variables != ({}, {}) or condition.options != ((), ())
    ]
    assert {condition.what for condition in CONDITIONS if condition not in outside} == set(IN_PYTHON)
    assert all(one != other for one, other in (condition.options for condition in CONDITIONS) if one)
