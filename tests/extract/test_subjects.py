"""A figure may be about an organisation, park, event or project."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.cases("subjects.jsonl")
def test_the_name_that_opens_a_clause_is_the_subject(
    case: dict[str, Any], agrees: Callable[[dict[str, Any]], None]
) -> None:
    agrees(case)
