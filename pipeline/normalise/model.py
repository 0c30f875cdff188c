"""The observation as the modules of this stage hand it on: the contract's columns, and the claims it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

Row = Mapping[str, Any]

# Kept beside the contract's columns while the stage works; not part of the row.
WORKING = frozenset({"claims", "classifier", "linked_by", "published", "last_published", "trust", "order", "documents"})


@dataclass(frozen=True, slots=True)
class Observation:
    """A comparable figure. ``claims`` stand in order of preference, the leading one first.

    ``published``/``last_published``: last day the date of its earliest and of its latest document allows. ``linked_by``: the
    rule that linked the leading claim to the indicator. ``trust``: ranks of page and publisher of its best document, 0 the
    highest. ``order``: the leading claim's place in the order of preference. ``documents``: all that tell the figure.
    """

    observation_id: str
    series_id: str
    indicator_id: str
    region_id: str | None
    organisation_id: str | None
    population: str | None
    measure: str
    basis: str
    reference: str | None
    statement: str
    period: str | None
    period_start: date | None
    period_end: date | None
    period_kind: str | None
    value: float | None
    value_low: float | None
    value_high: float | None
    bound: str
    resolution: float | None
    unit: str
    first_published: str | None
    preferred: bool
    status: str
    claims: tuple[Row, ...]
    classifier: str | None
    linked_by: str
    published: date | None
    last_published: date | None
    trust: tuple[int, int]
    order: tuple[Any, ...]
    documents: frozenset[str]

    @property
    def day(self) -> date | None:
        """Day a reported figure holds for: the end of its period, but never after its own publication."""
        if self.period_end is None or self.published is None:
            return self.period_end or self.published
        return min(self.period_end, self.published)

    @property
    def group(self) -> tuple[str, str, str]:
        """Series, period (empty where the text gives none) and statement: what one figure should answer."""
        return self.series_id, self.period or "", self.statement


def columns(observations: Sequence[Observation]) -> dict[str, list[Any]]:
    """The columns of the table ``observations``."""
    names = [field.name for field in fields(Observation) if field.name not in WORKING]
    return {name: [getattr(one, name) for one in observations] for name in names}
