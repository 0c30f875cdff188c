"""What a figure measures is told in the document's own words."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.cases("indicators.jsonl")
def test_the_indicator_is_the_noun_that_is_measured(
    case: dict[str, Any], agrees: Callable[[dict[str, Any]], None]
) -> None:
    agrees(case)
