"""Answers are superseded as holding each against each tells."""

from random import Random

import pytest

from pipeline.normalise.superseding import superseded, supersedes
from tests.normalise.builders import claim, observed, source

BOUNDS = ("eq", "eq", "ge", "lt", "approx", "range")


@pytest.mark.parametrize("seed", range(20))
def test_what_is_superseded_is_what_some_later_answer_supersedes(seed: int) -> None:
    chance = Random(seed)
    documents = [
        source(
            f"d{number:02d}",
            f"2023-0{chance.randint(1, 6)}-05" if chance.random() < 0.9 else None,
            publisher_type=chance.choice(["media", "government"]),
            standing=chance.choice(["first_hand", "repost"]),
        )
        for number in range(12)
    ]
    claims = []
    for _ in range(60):
        low, bound = float(chance.randint(90, 110)), chance.choice(BOUNDS)
        ends = {"value_low": low, "value_high": low + 8} if bound == "range" else {}
        claims.append(
            claim(
                "灯塔",
                None if ends else low,
                chance.choice(["count", "count", "percent"]),
                "2022",
                bound=bound,
                resolution=chance.choice([None, 1.0, 10.0]),
                source_id=chance.choice(documents)["source_id"],
                **ends,
            )
        )
    answers = observed(claims, documents)
    expected = {one.observation_id for one in answers if any(supersedes(other, one) for other in answers)}
    assert superseded(answers) == expected
    assert 0 < len(expected) < len(answers)
