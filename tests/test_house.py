"""The order of the house, proved by reading its code: who may import whom, how long a module is, what a package says."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from pipeline.contract.paths import ROOT

STAGES = ("contract", "ingest", "clean", "extract", "normalise", "publish")
"""From the bottom up: a stage may import itself and what stands before it."""
BESIDE_STAGES = frozenset({"engine"})
"""What runs stages without knowing them."""
PACKAGES = ("pipeline", "assets", "expectations")
MODULES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
LONGEST = 300
DECLARATIONS = ROOT / "pipeline" / "contract" / "tables"
"""Read as tables, a line a column: as long as the tables are."""
MACHINE = re.compile(r"(?<![\w.~-])/(?:work|root|tmp|home|Users|mnt)/(?!\s)")
INDEX = re.compile("|".join(re.escape(name + ".org") for name in ("pypi", "pythonhosted")))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Full names of the modules (or names in them) that a module imports, and whether it does so when it is imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late = {
        inner
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node not in late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)}: a relative import"
            yield from ((f"{node.module}.{alias.name}", node not in late) for alias in node.names)


def imported(path: Path) -> set[str]:
    return {name for name, _ in imports(path)}


modules = pytest.mark.parametrize("path", MODULES, ids=named)


def test_the_stages_are_the_folders_of_the_pipeline() -> None:
    found = {path.parent.name for path in (ROOT / "pipeline").glob("*/__init__.py")}
    assert found == {*STAGES, *BESIDE_STAGES}


@pytest.mark.parametrize("package", sorted(BESIDE_STAGES))
def test_what_stands_beside_the_stages_imports_none_of_them(package: str) -> None:
    for path in sorted((ROOT / "pipeline" / package).rglob("*.py")):
        own = {name.split(".")[1] for name in imported(path) if name.startswith("pipeline.")}
        assert own <= {package}, named(path)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_no_later_one(stage: str) -> None:
    allowed = STAGES[: STAGES.index(stage) + 1]
    for path in sorted((ROOT / "pipeline" / stage).rglob("*.py")):
        own = {name.split(".")[1] for name in imported(path) if name.startswith("pipeline.")}
        assert own <= set(allowed), named(path)


@pytest.mark.parametrize("path", [path for path in MODULES if path.parts[-2] != "assets"], ids=named)
def test_only_the_assets_know_dagster_and_nothing_but_the_command_line_calls_them(path: Path) -> None:
    roots = {name.split(".")[0] for name in imported(path)}
    assert "dagster" not in roots
    if path != ROOT / "pipeline" / "build_command.py":
        assert "assets" not in roots


@pytest.mark.parametrize("path", [path for path in MODULES if named(path).startswith("pipeline/")], ids=named)
def test_the_pipeline_knows_no_gates(path: Path) -> None:
    assert {name.split(".")[0] for name in imported(path)}.isdisjoint({"great_expectations", "expectations"})


def test_the_command_line_imports_the_assets_when_it_builds_and_no_sooner() -> None:
    found = list(imports(ROOT / "pipeline" / "build_command.py"))
    assert [(name, early) for name, early in found if name.startswith("assets.")] == [
        ("assets.PREPARED", False),
        ("assets.build.build", False),
    ]
    code = "import sys, pipeline.cli; print(*sorted({'dagster', 'great_expectations', 'pandas'} & sys.modules.keys()))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []


def test_great_expectations_is_known_to_the_adapter_alone() -> None:
    users = {named(path) for path in MODULES if any(n.startswith("great_expectations") for n in imported(path))}
    assert users == {"expectations/adapter.py"}


@modules
def test_a_module_says_what_it_is_for_and_is_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "no docstring"
    assert len(text.splitlines()) <= LONGEST or path.parent == DECLARATIONS


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=named)
def test_a_package_says_what_belongs_there_and_what_does_not(path: Path) -> None:
    told = " ".join((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split())
    assert "Belongs here:" in told and "Does not belong here:" in told


@modules
def test_public_functions_and_classes_have_a_docstring(path: Path) -> None:
    """Nested ones, private ones and overridden methods aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    public = [
        node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


def test_no_file_of_the_repository_names_a_place_on_a_machine_or_a_package_index() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("this is no clone: git does not tell which files are the repository's")
    texts = {}
    for name in listed.stdout.strip("\0").split("\0"):
        path = ROOT / name
        if path.is_file() and path.suffix != ".parquet":
            texts[name] = path.read_text(encoding="utf-8")
    assert {name: MACHINE.findall(text) for name, text in texts.items() if MACHINE.search(text)} == {}
    assert [name for name, text in texts.items() if INDEX.search(text)] == []


def test_no_folder_of_tests_has_a_name_that_the_runner_passes_over(pytestconfig: pytest.Config) -> None:
    """A folder named ``build`` is never looked into, and nobody is told."""
    passed_over = pytestconfig.getini("norecursedirs")
    folders = {part for path in (ROOT / "tests").rglob("test_*.py") for part in path.relative_to(ROOT).parts[:-1]}
    assert "build" in passed_over and "tests" in folders
    assert [name for name in sorted(folders) if any(fnmatch(name, pattern) for pattern in passed_over)] == []
