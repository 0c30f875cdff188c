"""A claim takes what its clause, sentence, paragraph, list, heading and document say."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.cases("claims.jsonl")
def test_the_parts_of_a_claim_come_from_what_governs_it(
    case: dict[str, Any], agrees: Callable[[dict[str, Any]], None]
) -> None:
    agrees(case)
