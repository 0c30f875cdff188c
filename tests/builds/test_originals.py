"""The build of the original documents, where they are at hand: what they hold, and that none of their words gets out."""

import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from assets.workspace import Workspace
from expectations.rights import NAME, measured
from expectations.runs import SHORTEST
from pipeline.cli import main
from pipeline.contract import PUBLISHED
from pipeline.contract.paths import SEEDS
from pipeline.score import Score, read_annotations, score
from tests.builds.release import ANNOTATION, ORIGINALS, PLAN, Release, source_text

pytestmark = pytest.mark.skipif(
    not ORIGINALS.is_dir(), reason="the original documents are not here: no folder ../shared/seeds"
)

RUN = 24
"""Characters in a row that are a wording and no longer a fact."""
FACTS = {("sources", "title"), ("sources", "url")}
"""Columns that name a document and therefore repeat it."""


def original_spans() -> list[dict[str, str]]:
    with (SEEDS / "tables" / "original_spans.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_build_holds_the_five_documents_in_full(originals: Release) -> None:
    assert {row["source_id"] for row in originals.rows("sources")} == {path.stem for path in ORIGINALS.glob("*.txt")}
    assert originals.rows("quarantine") == []
    counts = {name: originals.tables[name].num_rows for name in ("claims", "numerals", "progress", "warnings")}
    assert counts["claims"] >= 200 and counts["numerals"] >= 900 and counts["progress"] >= 60 and counts["warnings"]


def test_the_plan_has_the_annotated_headings(originals: Release) -> None:
    annotated = json.loads((ANNOTATION / "headings_004.json").read_text(encoding="utf-8"))["headings"]
    question = f"""
        SELECT level, label, raw_start, raw_end, run_in FROM passages
        WHERE source_id = '{PLAN}' AND kind = 'heading' ORDER BY raw_start"""
    found = originals.sql(question)
    assert [(row["level"], row["label"], row["raw_start"], row["run_in"]) for row in found] == [
        (heading["level"], heading["label"], heading["start"], heading["run_in"]) for heading in annotated
    ]
    plan = source_text(ORIGINALS / f"{PLAN}.txt")
    for row, heading in zip(found, annotated, strict=True):
        printed = plan[row["raw_start"] : row["raw_end"]]
        bare = re.sub(r"\s", "", heading["title"])
        assert re.sub(r"\s", "", printed).removeprefix(row["label"]).startswith(bare[:4]), heading


def test_the_plan_has_eighteen_boxes_and_thirty_three_parks(originals: Release) -> None:
    boxes = originals.sql(f"FROM programmes WHERE source_id = '{PLAN}' AND kind = 'special_action'")
    assert sorted(int(box["number"]) for box in boxes) == list(range(1, 19))
    assert {box["title"] for box in boxes} == {None}
    assert len(originals.sql(f"FROM parks WHERE source_id = '{PLAN}'")) == 33


def test_digest_and_original_list_the_same_parks(bundled: Release, originals: Release) -> None:
    question = "SELECT region_id, name FROM parks"
    digest, original = (Counter(tuple(row.values()) for row in r.sql(question)) for r in (bundled, originals))
    assert digest == original


def test_every_figure_of_a_digest_reads_so_at_its_place_in_the_original() -> None:
    spans = original_spans()
    assert {row["document"] for row in spans} == {path.name for path in ORIGINALS.glob("*.txt")}
    for name in sorted({row["document"] for row in spans}):
        digest = source_text(SEEDS / "documents" / name)
        original = source_text(ORIGINALS / name)
        sha256 = hashlib.sha256((ORIGINALS / name).read_bytes()).hexdigest()
        for row in spans:
            if row["document"] == name:
                assert digest[int(row["digest_start"]) : int(row["digest_end"])] == row["digest_quote"], row
                assert original[int(row["original_start"]) : int(row["original_end"])] == row["original_quote"], row
                assert row["original_sha256"] == sha256, row


def test_every_claim_of_a_digest_has_its_place_in_the_original(bundled: Release) -> None:
    known = {(row["document"], int(row["digest_start"]), int(row["digest_end"])) for row in original_spans()}
    question = "FROM claims JOIN sources USING (source_id) WHERE original_sha256 IS NOT NULL"
    claims = {(row["file"], row["raw_start"], row["raw_end"]) for row in bundled.sql(question)}
    assert claims and claims <= known


def test_no_governed_column_holds_text(originals: Release) -> None:
    assert {row["evidence_policy"] for row in originals.rows("sources")} == {"none"}
    for table in PUBLISHED:
        for column in table.columns:
            if column.policy:
                filled = [cell for cell in originals.tables[table.name][column.name].to_pylist() if cell is not None]
                assert filled == [], f"{table.name}.{column.name}"


def wordings(text: str) -> set[str]:
    """Runs of letters, digits and characters alone, half of them Chinese: what counts as somebody's wording."""
    bare = re.sub(r"[^0-9A-Za-z\u3400-\u9fff]+", "", text)
    runs = (bare[k : k + RUN] for k in range(len(bare) - RUN + 1))
    return {run for run in runs if len(re.sub(r"[0-9A-Za-z]", "", run)) >= RUN // 2}


def test_no_wording_of_the_documents_is_in_the_release(originals: Release) -> None:
    theirs = set().union(*(wordings(source_text(path)) for path in ORIGINALS.glob("*.txt")))
    for name, table in originals.tables.items():
        for column in table.column_names:
            if (name, column) not in FACTS:
                cells = {str(cell) for cell in table[column].to_pylist() if cell is not None}
                assert theirs.isdisjoint(set().union(*map(wordings, cells))), f"{name}.{column}"
    titles = [row["title"] for row in originals.rows("sources") if row["title"]]
    for path in sorted(originals.folder.iterdir()):
        if path.suffix != ".parquet":
            text = path.read_text(encoding="utf-8")
            for title in titles:
                text = text.replace(title, "\n")
            assert theirs.isdisjoint(wordings(text)), path.name


def test_the_gate_measured_the_longest_run_of_the_documents_in_every_file(
    originals: Release, record_property: Callable[[str, object], None]
) -> None:
    kept = json.loads((originals.folder.parent / "work" / "gates" / "candidate" / "rights.json").read_bytes())
    assert (kept["restricted"], kept["unread"], kept["breaches"]) == ({"none": 5, "snippet": 0}, 0, 0)
    assert {run["file"] for run in kept["runs"]} == originals.hashes().keys()
    longest = max(kept["runs"], key=lambda run: run["longest"])
    told = f"the longest run of the originals is {longest['longest']} words, in {longest['file']} {longest['column'] or ''}"
    record_property("longest_run", told)
    print(told)
    assert SHORTEST <= longest["longest"] <= NAME, "names of indicators and bodies are longer than the shortest run"
    assert {run["file"] for run in kept["runs"] if run["longest"] > run["most"]} == set()


def test_the_gate_sees_a_line_of_an_original_in_a_file(originals: Release, tmp_path: Path) -> None:
    """What is planted stays in a temporary folder: no wording is kept."""
    longest = max(source_text(ORIGINALS / f"{PLAN}.txt").splitlines(), key=len)
    shutil.copytree(originals.folder, tmp_path / "candidate")
    with (tmp_path / "candidate" / "README.md").open("a", encoding="utf-8") as card:
        card.write(longest)
    work = Workspace(ORIGINALS, originals.folder.parent / "work", originals.folder)
    (run,) = measured(tmp_path / "candidate", work.stream).too_long()
    assert (run.file, run.source_id) == ("README.md", PLAN) and run.longest > 100


def test_the_extraction_agrees_with_the_annotation_by_our_score_and_by_the_reference(tmp_path: Path) -> None:
    documents = sorted(ORIGINALS.glob("*.txt"))
    printed = CliRunner().invoke(main, ["extract", *map(str, documents)], catch_exceptions=False)
    assert printed.exit_code == 0, printed.stderr
    found = [json.loads(line) for line in printed.stdout.splitlines()]

    gold = sorted((ANNOTATION / "gold").glob("00[0-4]_*.jsonl"))
    whole = Score()
    for name, annotated in sorted(read_annotations(gold).items()):
        whole.join(score(annotated, [claim for claim in found if claim["doc"] == name]))
    figures = {"f1": whole.f1, **{name: whole.share(name) for name in ("value", "unit", "bound")}}
    assert {name: figure for name, figure in figures.items() if figure < 0.95} == {}

    (tmp_path / "found.jsonl").write_text(printed.stdout, encoding="utf-8")
    command = [sys.executable, ANNOTATION / "score.py", *gold, tmp_path / "found.jsonl", "--json"]
    reference = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    told = {name: reference["f1" if name == "f1" else f"{name}_accuracy"] for name in figures}
    assert told == {name: pytest.approx(figure, abs=1e-4) for name, figure in figures.items()}
