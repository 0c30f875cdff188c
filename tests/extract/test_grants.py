"""What a policy grants or caps: whom it is for, what it is, and that it is a limit."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.cases("grants.jsonl")
def test_a_grant_names_whom_and_what_and_is_a_limit(
    case: dict[str, Any], agrees: Callable[[dict[str, Any]], None]
) -> None:
    agrees(case)
