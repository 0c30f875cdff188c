"""How sure the grammar is of a claim's value, bound and unit: a score by rule (``docs/confidence.md``)."""

import re
from functools import cache

from pipeline.extract.model import Quantity

VERSION = 1
# Factors multiply. What the reading leans on more, weighs more.
BASE = 0.99
FAULT = 0.3
NO_CLASSIFIER = 0.85
CHINESE_DIGITS = 0.88
WORDED_BOUND = 0.99
APART = 0.97

_FACTORS = (
    ("a scanning fault", FAULT),
    ("a count without classifier", NO_CLASSIFIER),
    ("no Arabic digit", CHINESE_DIGITS),
    ("a worded bound", WORDED_BOUND),
    ("a cue far off", APART),
)
_ARABIC = re.compile(r"[0-9０-９]")


def factors_of(quantity: Quantity) -> list[tuple[str, float]]:
    """What weighs the score of a quantity down, each with its factor, in the order of ``docs/confidence.md``."""
    return [factor for factor, holds in zip(_FACTORS, _held(quantity), strict=True) if holds]


def _held(quantity: Quantity) -> tuple[bool, ...]:
    """Which of the factors hold."""
    return (
        quantity.fault,
        quantity.unit == "count" and quantity.classifier is None,
        not _ARABIC.search(quantity.numeral),
        quantity.bound not in {"eq", "range"},
        quantity.reading_end - quantity.end > 12 or quantity.start - quantity.reading_start > 12,
    )


@cache
def _score(held: tuple[bool, ...]) -> float:
    score = BASE
    for (_, factor), holds in zip(_FACTORS, held, strict=True):
        score *= factor if holds else 1.0
    return round(score, 2)


def confidence_of(quantity: Quantity) -> float:
    """The score of a quantity, from 0 to 1, rounded to two decimals."""
    return _score(_held(quantity))
