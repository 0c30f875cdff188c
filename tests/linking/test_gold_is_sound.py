"""The hand-made linking gold keeps its own rules, and lies where the documents say."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from pipeline.contract.paths import ROOT
from pipeline.contract.seed import seed_rows

GOLD = Path(__file__).parent / "gold.csv"
OWN = ROOT / "tests" / "annotated" / "development"
SHARED = ROOT.parent / "shared"
ORIGINALS = (SHARED / "seeds", SHARED / "corpus")
ANNOTATION = SHARED / "annotation" / "gold"
ALSO = re.compile(r"\balso: ([a-z0-9_ ]+)")
DIGIT = re.compile(r"[0-9０-９〇一二三四五六七八九十百千万亿萬億两兩半]")
"""A numeral somewhere in the span, or the scale that ends one (数百家)."""

Row = dict[str, str]
Span = tuple[str, int, int]


def rows() -> list[Row]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def span(row: Row) -> Span:
    return row["document"], int(row["start"]), int(row["end"])


def raw(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return file.read()


def annotated(folder: Path) -> set[Span]:
    """Spans of the non-optional claims; a line without offsets says what part of a document is annotated."""
    lines = [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    return {(c["doc"], c["start"], c["end"]) for c in lines if "start" in c and not c["optional"]}


def indicator_ids() -> set[str]:
    return {row["indicator_id"] for row in seed_rows("indicators")}


def assert_spans_hold_figures(folders: tuple[Path, ...], gold: list[Row]) -> None:
    assert gold
    for row in gold:
        document, start, end = span(row)
        text = raw(next(folder / document for folder in folders if (folder / document).exists()))
        assert 0 <= start < end <= len(text), row
        assert DIGIT.search(text[start:end]), row


def of_our_own() -> list[Row]:
    return [row for row in rows() if (OWN / row["document"]).exists()]


def test_it_holds_at_least_300_claims_of_either_kind() -> None:
    linked = [row for row in rows() if row["indicator_id"]]
    assert len(linked) >= 300
    assert len(rows()) - len(linked) >= 300


def test_each_figure_is_decided_once_and_in_order() -> None:
    spans = [span(row) for row in rows()]
    assert [s for s, times in Counter(spans).items() if times > 1] == []
    assert spans == sorted(spans)


def test_each_indicator_is_in_the_catalogue() -> None:
    named = {row["indicator_id"] for row in rows()} - {""}
    also = {name for row in rows() for match in ALSO.finditer(row["note"]) for name in match[1].split()}
    assert (named | also) - indicator_ids() == set()


def test_a_further_indicator_stands_beside_a_first_one() -> None:
    assert [row for row in rows() if ALSO.search(row["note"]) and not row["indicator_id"]] == []


def test_notes_quote_no_document() -> None:
    assert [row["note"] for row in rows() if not row["note"].isascii()] == []


def test_the_documents_of_our_own_are_covered_claim_by_claim() -> None:
    assert {span(row) for row in of_our_own()} == annotated(OWN / "gold")


def test_figures_of_our_own_documents_lie_where_the_gold_says() -> None:
    assert_spans_hold_figures((OWN,), of_our_own())


def test_the_annotated_claims_of_the_originals_are_covered() -> None:
    if not ANNOTATION.exists():
        pytest.skip("the annotation of the originals (../shared/annotation) is not at hand")
    assert annotated(ANNOTATION) - {span(row) for row in rows()} == set()


def test_figures_of_the_originals_lie_where_the_gold_says() -> None:
    if not all(folder.exists() for folder in ORIGINALS):
        pytest.skip("the originals (../shared/seeds, ../shared/corpus) are not at hand")
    assert_spans_hold_figures(ORIGINALS, [row for row in rows() if not (OWN / row["document"]).exists()])
