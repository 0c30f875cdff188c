"""The row of a warning."""

from collections.abc import Mapping
from typing import Any

from pipeline.normalise.model import Observation
from pipeline.normalise.series import canonical, identifier

Finding = dict[str, Any]


def warning(kind: str, one: Observation, other: Observation | None, detail: Mapping[str, Any]) -> Finding:
    """One row of the table ``warnings``; ``detail``: the figures set side by side."""
    other_id = other.observation_id if other else None
    return {
        "warning_id": identifier("w", [kind, one.observation_id, other_id]),
        "kind": kind,
        "observation_id": one.observation_id,
        "other_observation_id": other_id,
        "claim_id": one.claims[0]["claim_id"],
        "detail": canonical(detail),
    }
