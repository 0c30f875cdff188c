"""Claims read as figures of an indicator, as far as their own document tells: the rows of ``readings``."""

import math
from collections.abc import Iterable
from typing import Any

from pipeline.normalise.catalogue import Catalogue
from pipeline.normalise.matching import Match, match
from pipeline.normalise.model import Row
from pipeline.normalise.subjects import Asked, Told
from pipeline.normalise.units import convert, convertible

# Columns of a claim that its reading keeps as they are.
KEPT = (
    "source_id",
    "raw_start",
    "raw_end",
    "claim_id",
    "passage_id",
    "basis",
    "reference",
    "statement",
    "period",
    "period_start",
    "period_end",
    "period_kind",
    "bound",
    "classifier",
    "numeral",
    "context",
    "repeats",
    "fault",
)
VALUES = ("value", "value_low", "value_high", "resolution")
# Columns of a claim that are looked at.
CLAIM = (*KEPT, *VALUES, "indicator_text", "measure", "unit", "region_id", "subject_text", "quote")


def readings(claims: Iterable[Row], known: Catalogue, told: Told) -> list[dict[str, Any]]:
    """Rows of the table ``readings``: every claim that an indicator of the catalogue can be named for, once for each."""
    found = []
    for claim in claims:
        if not claim["indicator_text"] or not _finite(claim):
            continue
        links = match(claim["indicator_text"], claim["measure"], claim["unit"], known, sentence_before(claim))
        if links:
            subject = claim["subject_text"]
            asked = told.ask(subject, claim["source_id"]) if subject else Asked(claim["region_id"])
            found += [_reading(claim, link, asked, len(links), known) for link in links]
    return found


def sentence_before(claim: Row) -> str:
    """The claim's sentence up to its figure; empty where it does not hold the figure as printed."""
    before, quote, _ = (claim["context"] or "").partition(claim["quote"] or "\0")
    return before if quote else ""


def _reading(claim: Row, link: Match, asked: Asked, links: int, known: Catalogue) -> dict[str, Any]:
    indicator = known.indicators[link.indicator_id]
    unit = _unit(claim, indicator.unit)
    # The indicator is the share already: a share of it is its level, however the sentence is built.
    rate = indicator.kind == "rate" and claim["measure"] == "share"
    row = {name: claim[name] for name in KEPT}
    row |= {name: _amount(claim[name], claim["unit"], unit) for name in VALUES}
    return row | {
        "indicator_id": link.indicator_id,
        "population": link.population,
        "linked_by": link.rule,
        "links": links,
        "region_id": asked.region_id,
        "subject": asked.name,
        "told_at": asked.told_at,
        "told_id": asked.told_id,
        "measure": "level" if rate else claim["measure"],
        "unit": unit,
    }


def _finite(claim: Row) -> bool:
    """Whether its values fit a float: a run of four hundred digits is a numeral, but no figure to compare."""
    return all(math.isfinite(claim[name] or 0.0) for name in VALUES)


def _unit(claim: Row, usual: str) -> str:
    """Unit an observation is given in: growth in percent, levels in the indicator's unit, all else as it was said."""
    said: str = claim["unit"]
    if claim["measure"] == "growth_rate" and said in ("multiple", "per_mille"):
        return "percent"
    return usual if claim["measure"] in ("level", "increment") and convertible(said, usual) else said


def _amount(value: float | None, unit: str, other: str) -> float | None:
    if value is not None and (unit, other) == ("multiple", "percent"):
        # 增长1倍 is 100 percent; times one hundred in decimals, so that 2.2倍 is 220 and not 220.00000000000003.
        return float(f"{value!r}e2") if "e" not in repr(value) else value * 100
    return convert(value, unit, other)
