"""Accuracy: its interval, and whether the grammar that was scored is the one that is released."""

import pytest

from pipeline.publish import evaluation as module
from pipeline.publish.evaluation import evaluation, wilson

TODAY = "f" * 64


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [
        (9, 10, 0.5958, 0.9821),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 1, 0.2065, 1.0),
        (950, 1000, 0.9347, 0.9619),
    ],
)
def test_the_interval_is_that_of_wilson(right: int, n: int, low: float, high: float) -> None:
    assert wilson(right, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("n", [1, 2, 7, 100, 100_000])
def test_the_interval_holds_the_share_and_stays_within_none_and_all(n: int) -> None:
    for right in {0, 1, n // 2, n - 1, n}:
        low, high = (round(end, 12) for end in wilson(right, n))
        assert 0 <= low <= right / n <= high <= 1


def test_right_and_wrong_mirror_each_other() -> None:
    low, high = wilson(3, 20)
    assert wilson(17, 20) == pytest.approx((1 - high, 1 - low))


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two figures on record, one of them scored with an earlier grammar."""
    rows = (
        {"document_kind": "plan", "figure": "value", "n": "10", "right": "9", "extractor_hash": "0" * 64},
        {"document_kind": "notice", "figure": "unit", "n": "4", "right": "4", "extractor_hash": TODAY},
    )
    monkeypatch.setattr(module, "seed_rows", lambda name: {"evaluation": rows}[name])
    monkeypatch.setattr(module, "extractor_hash", lambda: TODAY)


@pytest.mark.usefixtures("scored")
def test_recorded_accuracy_gets_its_interval_and_says_whether_it_is_stale() -> None:
    rows = evaluation().to_pylist()
    assert [(row["document_kind"], row["figure"], row["n"], row["right"], row["stale"]) for row in rows] == [
        ("notice", "unit", 4, 4, False),
        ("plan", "value", 10, 9, True),
    ]
    assert (rows[1]["low"], rows[1]["high"]) == pytest.approx((0.5958, 0.9821), abs=5e-5)
    assert rows[1]["low"] == round(rows[1]["low"], 12)
