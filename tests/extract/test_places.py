"""A figure is about the place that governs it."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.cases("places.jsonl")
def test_the_place_that_governs_a_figure_is_its_region(
    case: dict[str, Any], agrees: Callable[[dict[str, Any]], None]
) -> None:
    agrees(case)
