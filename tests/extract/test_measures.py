"""The words before a figure tell what it says about its indicator."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.cases("measures.jsonl")
def test_the_cue_nearest_before_the_figure_tells_its_measure(
    case: dict[str, Any], agrees: Callable[[dict[str, Any]], None]
) -> None:
    agrees(case)
