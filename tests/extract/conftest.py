"""How the tests of the grammar's upper half read an invented document."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.claims import Reader
from pipeline.extract.model import Meta, Passage

CASES = Path(__file__).parents[1] / "cases" / "extract"


def cases(name: str) -> list[Any]:
    """The cases of a JSON Lines file, each named by its ``why``; one with a ``known_failure`` must fail until the grammar reads it."""
    with (CASES / name).open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines if line.strip()]
    return [pytest.param(case, id=case["why"], marks=known_failure(case)) for case in found]


def known_failure(case: dict[str, Any]) -> list[pytest.MarkDecorator]:
    reason = case.get("known_failure")
    return [pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)] if reason else []


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """``@pytest.mark.cases("file.jsonl")`` runs a test once a line of the file."""
    for mark in metafunc.definition.iter_markers("cases"):
        metafunc.parametrize("case", cases(mark.args[0]))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "cases(name): one run a line of tests/cases/extract/<name>")


def read_case(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Claims of an invented document: ``text`` is one paragraph, or ``passages`` are [kind, text] or [kind, text, level]."""
    text, laid, path = "", [], []
    for index, (kind, words, *level) in enumerate(case.get("passages", [["paragraph", case.get("text", "")]]), 1):
        if level:
            path = [*path[: level[0] - 1], words]
        above = path[:-1] if level else path
        laid.append(
            Passage(
                f"doc/p{index:04d}",
                kind,
                level[0] if level else None,
                " / ".join(above),
                len(text),
                len(text) + len(words),
                None,
            )
        )
        text += words + "\n"
    meta = Meta(
        case.get("type", "news"), case.get("published", "2021-07-12"), case.get("region", "210000"), case.get("title")
    )
    found = []
    for entry in Reader(meta, text, laid).read():
        claim, quantity = entry.claim, entry.quantity
        if claim is None:
            continue
        found.append(
            {
                "quote": text[quantity.start : quantity.end],
                "indicator": claim.indicator,
                "measure": claim.measure,
                "basis": claim.basis,
                "reference": claim.reference,
                "statement": claim.statement,
                "period": claim.period.text if claim.period else None,
                "kind": claim.period.kind if claim.period else None,
                "region": claim.region_id,
                "subject": claim.subject,
                "value": None if quantity.value is None else float(quantity.value),
                "unit": quantity.unit,
                "bound": quantity.bound,
                "confidence": claim.confidence,
                "rule": claim.rule,
            }
        )
    return found


@pytest.fixture
def read() -> Callable[[dict[str, Any]], list[dict[str, Any]]]:
    return read_case


@pytest.fixture
def agrees() -> Callable[[dict[str, Any]], None]:
    """Asserts that the claims read are those of the case, in every field the case names."""

    def check(case: dict[str, Any]) -> None:
        found = read_case(case)
        told = [{name: claim[name] for name in wanted} for claim, wanted in zip(found, case["claims"], strict=False)]
        assert told == case["claims"]
        assert len(found) == len(case["claims"])

    return check
