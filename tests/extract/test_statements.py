"""Facts, targets, forecasts and limits are told apart."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.cases("statements.jsonl")
def test_cue_time_section_and_kind_of_document_tell_the_statement(
    case: dict[str, Any], agrees: Callable[[dict[str, Any]], None]
) -> None:
    agrees(case)
