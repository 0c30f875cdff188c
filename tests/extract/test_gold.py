"""On annotated documents (not part of this repository) the claims are as good as asked, by our count and by the annotators'."""

import importlib.util
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from pipeline import clean, extract, ingest
from pipeline.contract.paths import ROOT
from pipeline.extract.proof import ledger_gaps
from pipeline.score import Score, read_annotations, score
from pipeline.single import kind_and_claims

SHARED = ROOT.parent / "shared"
FOLDERS = ("seeds", "corpus")
LEAST = {
    "f1": 0.985, "value": 0.99, "unit": 0.99, "bound": 0.985, "classifier": 0.985, "measure": 0.96, "statement": 0.96,
    "period": 0.95, "region": 0.97, "subject": 0.88, "indicator": 0.90, "claim": 0.84, "confident": 0.95,
}  # fmt: skip

pytestmark = pytest.mark.skipif(not (SHARED / "annotation").exists(), reason="needs ../shared/annotation")


@pytest.fixture(scope="module")
def annotated() -> dict[str, list[dict[str, Any]]]:
    return read_annotations(sorted((SHARED / "annotation" / "gold").glob("*.jsonl")))


@pytest.fixture(scope="module")
def extracted(annotated: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    paths = {name: next(p for p in (SHARED / f / name for f in FOLDERS) if p.is_file()) for name in annotated}
    return {name: kind_and_claims(path)[1] for name, path in paths.items()}


@pytest.fixture(scope="module")
def scored(annotated: dict[str, list[dict[str, Any]]], extracted: dict[str, list[dict[str, Any]]]) -> Score:
    whole = Score()
    for name, lines in annotated.items():
        whole.join(score(lines, extracted[name]))
    return whole


@pytest.fixture(scope="module")
def theirs() -> Iterator[ModuleType]:
    """The annotators' own program."""
    spec = importlib.util.spec_from_file_location("annotators_score", SHARED / "annotation" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module


def test_all_annotated_documents_are_scored(annotated: dict[str, list[dict[str, Any]]]) -> None:
    assert len(annotated) == 46


@pytest.mark.parametrize("figure", LEAST)
def test_a_figure_is_as_high_as_asked(figure: str, scored: Score) -> None:
    told = scored.f1 if figure == "f1" else scored.share(figure)
    assert told >= LEAST[figure], [error for error in scored.errors if error.kind == figure]


def test_confidence_is_told_apart(extracted: dict[str, list[dict[str, Any]]]) -> None:
    """A bar that every claim passes, or none, would tell nothing."""
    given = [claim["confidence"] >= 0.9 for claims in extracted.values() for claim in claims]
    assert any(given) and not all(given)


def test_our_count_is_the_annotators(
    theirs: ModuleType,
    scored: Score,
    annotated: dict[str, list[dict[str, Any]]],
    extracted: dict[str, list[dict[str, Any]]],
) -> None:
    gold, found = ([line for lines in told.values() for line in lines] for told in (annotated, extracted))
    told = theirs.score(gold, found)
    ours = {f"{figure}_accuracy": scored.share(figure) for figure in LEAST if figure not in ("f1", "confident")}
    ours |= {"f1": scored.f1, "recall": scored.share("found"), "precision": scored.share("precise")}
    assert {name: told[name] for name in ours} == {name: pytest.approx(ours[name], abs=6e-5) for name in ours}


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_numeral_of_each_document_has_one_claim_or_reason(folder: str) -> None:
    read = ingest.run(SHARED / folder)
    cleaned = clean.run(read["sources"], read["documents"])
    found = extract.run(read["sources"], read["documents"], cleaned["edits"], cleaned["passages"])
    assert found["quarantine"].num_rows == 0
    assert found["numerals"].num_rows > 0
    assert list(ledger_gaps(read["documents"], found["numerals"], found["claims"])) == []
