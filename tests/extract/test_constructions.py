"""Sentences that put topic, whole, relative clause, payer or heading where a plain sentence has the noun of its figure."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.cases("constructions.jsonl")
def test_a_figure_finds_its_noun_however_the_sentence_is_built(
    case: dict[str, Any], agrees: Callable[[dict[str, Any]], None]
) -> None:
    agrees(case)
