"""Documents as they are met, and what cleaning must make of them; the cases are data under tests/cases/clean."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.clean import clean_document, passages

CASES = Path(__file__).parents[1] / "cases" / "clean"
MEDIA = {"html": "text/html", "markdown": "text/markdown", "plain": "text/plain"}


def cases(name: str) -> list[Any]:
    rows = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["name"]) for row in rows]


def cleaned(case: dict[str, Any]) -> str:
    text, _ = clean_document(
        case["raw"], media_type=MEDIA[case.get("media", "plain")], script=case.get("script", "Hans")
    )
    return text.clean


@pytest.mark.parametrize("case", cases("repairs"))
def test_the_fault_is_repaired(case: dict[str, Any]) -> None:
    assert cleaned(case) == case["clean"]


@pytest.mark.parametrize("case", cases("negative"))
def test_what_is_no_fault_stays(case: dict[str, Any]) -> None:
    assert cleaned(case) == case["raw"]


@pytest.mark.parametrize("case", cases("known_failures"))
def test_a_known_failure_still_fails(case: dict[str, Any]) -> None:
    assert cleaned(case) != case["clean"], "repaired: move the case to repairs.yaml"


@pytest.mark.parametrize("case", [case for case in cases("repairs") if case.values[0]["media"] == "plain"])
def test_cleaning_clean_text_changes_nothing(case: dict[str, Any]) -> None:
    again, _ = clean_document(case["clean"])
    assert again.edits == ()


@pytest.mark.parametrize("case", cases("passages"))
def test_the_passages_of_a_document(case: dict[str, Any]) -> None:
    text, _ = clean_document(case["raw"], media_type=MEDIA[case["media"]])
    found = passages(text, case["title"])
    assert [[p.kind, p.level, p.label, text.clean[p.start : p.end]] for p in found] == case["passages"]
