"""Number cases of another project (not part of this repository): the values of 97 in 100 are read."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.contract.paths import ROOT
from pipeline.extract.numerals import find_numerals, fold
from pipeline.extract.quantities import find_quantities
from pipeline.extract.signs import minus_before

CASES = ROOT.parent / "shared" / "peers" / "numbers_zh.jsonl"
SCALES = {"percent": (1, 10, 100)}  # a share may be given as a part of one, of a thousand or of a hundred


def cases(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    return [case for case in found if case["policy"] in ("text", "form")]


def values(text: str) -> list[tuple[int, int, float]]:
    """Start, end and value of every numeral and quantity of a text."""
    folded = fold(text)
    found = []
    for numeral in find_numerals(folded):
        if numeral.value is not None:
            sign = -1 if minus_before(folded, numeral.start) is not None else 1
            found.append((numeral.start, numeral.end, sign * float(numeral.value)))
    return found + [(q.start, q.end, float(q.value)) for q in find_quantities(text) if q.value is not None]


@pytest.mark.skipif(not CASES.exists(), reason="needs ../shared/peers/numbers_zh.jsonl")
def test_at_least_97_of_100_values_are_right() -> None:
    right = expected = 0
    for case in cases(CASES):
        found = values(case["input"])
        for wanted in case["expected"]:
            expected += 1
            near = [value for start, end, value in found if start < wanted["end"] and wanted["start"] < end]
            scales = SCALES.get(case["category"], (1,))
            right += any(
                value * scale == pytest.approx(wanted["value"], rel=1e-6) for value in near for scale in scales
            )
    assert expected > 200
    assert right / expected >= 0.97
