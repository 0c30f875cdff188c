"""An explanation names what the tables say of a number, the rule that said it and the words it was said by."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline import clean, extract, ingest
from pipeline.contract.paths import ROOT, SEEDS
from pipeline.contract.seed import seed_rows
from pipeline.explain import Explained, meanings, rules_of
from pipeline.extract.scanner import numeral_runs
from pipeline.single import explained

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "explain.yaml").read_text(encoding="utf-8"))
SHARED = ROOT.parent / "shared"
GRAMMAR = ROOT / "pipeline" / "extract"


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_an_explanation_says_what_each_step_found(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / f"document{case.get('name_ends', '.txt')}"
    path.write_text(case["text"], encoding="utf-8")
    steps = list(explained(path, None, case["find"], published="2023-02-01", region="210000"))
    told = {name: "; ".join(step.found for step in steps if step.name == name) for name in {s.name for s in steps}}
    assert {name: told.get(name) for name, part in case["says"].items() if part not in told.get(name, "")} == {}
    assert told.keys().isdisjoint(case.get("none", []))
    assert ("no claim" in told) != ("indicator" in told)


def test_every_numeral_of_a_document_has_an_explanation(tmp_path: Path) -> None:
    for case in CASES:
        path = tmp_path / f"document{case.get('name_ends', '.txt')}"
        path.write_text(case["text"], encoding="utf-8")
        for start, _ in numeral_runs(case["text"]):
            steps = list(explained(path, start, None, published="2023-02-01", region="210000"))
            assert steps[0].name == "raw" and steps[-1].name in ("read again", "no claim")


def folders() -> list[Any]:
    found = [pytest.param(SEEDS, id="seeds")]
    for name in ("seeds", "corpus"):
        missing = pytest.mark.skipif(not (SHARED / name).exists(), reason=f"needs ../shared/{name}")
        found.append(pytest.param(SHARED / name, id=f"shared-{name}", marks=missing))
    return found


@pytest.mark.parametrize("folder", folders())
def test_every_rule_that_made_a_claim_has_a_meaning(folder: Path) -> None:
    read = ingest.run(folder)
    cleaned = clean.run(read["sources"], read["documents"])
    claims = extract.run(read["sources"], read["documents"], cleaned["edits"], cleaned["passages"])["claims"]
    used = {part for rule in claims["rule"].to_pylist() for part in rules_of(rule)}
    assert used
    assert sorted(used - meanings().keys()) == []


def named(pattern: str, *modules: str) -> set[str]:
    """What the code of the grammar writes where ``pattern`` has its group."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(GRAMMAR.glob("*.py")) if path.stem in modules)
    return set(re.findall(pattern, text))


def test_every_rule_that_the_grammar_can_name_has_a_meaning_and_no_other() -> None:
    kinds = {row["kind"] for row in seed_rows("classifiers")} - {"structural"}
    measures = named(r'Measure\([^()]*(?:\[[^]]*\])?[^()]*(?:\([^()]*\))?[^()]*, "(\w+)"\)', "measures", "tables")
    known = {step: {rule for of, rule in meanings() if of == step} for step, _ in meanings()}
    assert known["period"] == named(
        r'Period\([^\n]*"(?:span|as_of)", "(\w+)"\)', "periods", "governing", "pairs", "claims", "stretches"
    ) | {
        "last_years",
        "word",
        "undated",
    }
    assert known["measure"] == measures | {"default"}
    assert known["borderline"] == named(r'return [^\n]*"(\w+)"', "structural") | {
        "size_class",
        "bare_scale",
        "one",
        "duration",
        "small_count",
        "rank_class",
    }
    assert known["quantity"] >= kinds | {"unit", "list", "fault", "range", "rank", "rank_change", "cell"}
    assert known["quantity"] - kinds == {
        "unit",
        "list",
        "fault",
        "range",
        "rank",
        "rank_change",
        "cell",
        "share",
        "index",
        "implied",
    }
    assert known["exclusion"] == named(r'\("name", "(\w+)"\)', "exclusions") | {"word"}


def test_a_document_without_numerals_says_so(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("渔港已建好。", encoding="utf-8")
    read = ingest.run_files([path])
    cleaned = clean.run(read["sources"], read["documents"])
    found = extract.run(read["sources"], read["documents"], cleaned["edits"], cleaned["passages"])
    with pytest.raises(ValueError, match="holds no numeral"):
        list(Explained(read | cleaned | found).steps(2, None))
