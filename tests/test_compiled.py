"""Compiled modules give what their sources give, and are never run for sources that they were not made of."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import compiled
from pipeline.compiled import ROOT, SUFFIX, SWITCH, Finder, folder, use

TABLES = """
import sys
from pathlib import Path
from pipeline import clean, extract, ingest
from pipeline.extract import claims
from pipeline.publish.parquet import logical_hash
read = ingest.run_files([Path(name) for name in sys.argv[1:]])
sources, documents = read["sources"], read["documents"]
cleaned = clean.run(sources, documents)
found = extract.run(sources, documents, cleaned["edits"], cleaned["passages"])
print(Path(claims.__file__).suffix)
print(extract.extractor_hash())
for made in (cleaned, found):
    for name, table in sorted(made.items()):
        print(name, table.num_rows, logical_hash(table))
"""


def documents() -> list[Path]:
    """Every text and page of the repository that figures are read from."""
    folders = (ROOT / "seeds" / "documents", ROOT / "tests" / "annotated")
    return sorted(path for place in folders for path in place.rglob("*") if path.suffix in (".txt", ".html", ".md"))


def told(switch: str) -> list[str]:
    """The kind of code that ran, then a line a table."""
    env = {**os.environ, SWITCH: switch}
    command = [sys.executable, "-c", TABLES, *map(str, documents())]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.skipif(not folder().is_dir(), reason="skipped: the grammar is not compiled (make fast)")
def test_compiled_code_gives_the_tables_that_its_sources_give() -> None:
    machine, source = told("yes"), told("no")
    assert (machine[0], source[0]) == (Path(SUFFIX).suffix, ".py")
    assert machine[1:] == source[1:]
    assert all(int(line.split()[1]) > 100 for line in source if line.startswith(("numerals", "claims", "passages")))


def test_what_was_compiled_of_other_sources_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "pipeline" / "extract"
    package.mkdir(parents=True)
    (tmp_path / "pipeline" / "compiling.py").write_text("")
    (package / "claims.py").write_text("A = 1\n")
    monkeypatch.setattr(compiled, "ROOT", tmp_path)
    before = folder()
    assert folder() == before
    (package / "claims.py").write_text("A = 2\n")
    assert folder() != before


def test_a_module_that_was_compiled_is_found_under_its_name_and_others_are_not(tmp_path: Path) -> None:
    (tmp_path / f"pipeline.extract.claims{SUFFIX}").write_bytes(b"")
    (tmp_path / f"pipeline.publish.run{SUFFIX}").write_bytes(b"")
    finder = Finder(lambda: tmp_path)
    found = finder.find_spec("pipeline.extract.claims")
    assert found is not None and found.origin == str(tmp_path / f"pipeline.extract.claims{SUFFIX}")
    assert finder.find_spec("pipeline.extract.run") is finder.find_spec("pipeline.publish.run") is None


def test_no_source_is_read_before_a_module_of_the_grammar_is_asked_for() -> None:
    asked = []

    def held() -> Path:
        asked.append("folder")
        return Path("nowhere")

    finder = Finder(held)
    assert finder.find_spec("pipeline.contract.paths") is None and not asked
    assert finder.find_spec("pipeline.clean.run") is finder.find_spec("pipeline.clean.text") is None
    assert asked == ["folder"]


def test_where_nothing_was_compiled_or_it_is_not_wanted_the_sources_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks = list(sys.meta_path)
    monkeypatch.setattr(compiled, "PLACE", tmp_path / "compiled")
    monkeypatch.delenv(SWITCH)
    assert not use()
    folder().mkdir(parents=True)
    monkeypatch.setenv(SWITCH, "no")
    assert not use()
    assert sys.meta_path == hooks
