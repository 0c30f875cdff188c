"""How sure the grammar is of a claim's value, bound and unit: a score by rule (``docs/confidence.md``)."""

import re

from pipeline.extract.model import Quantity

VERSION = 1
# Factors multiply. What the reading leans on more, weighs more.
BASE = 0.99
FAULT = 0.3
NO_CLASSIFIER = 0.85
CHINESE_DIGITS = 0.88
WORDED_BOUND = 0.99
APART = 0.97

_ARABIC = re.compile(r"[0-9０-９]")


def factors_of(quantity: Quantity) -> list[tuple[str, float]]:
    """What weighs the score of a quantity down, each with its factor, in the order of ``docs/confidence.md``."""
    held = (
        ("a scanning fault", FAULT, quantity.fault),
        ("a count without classifier", NO_CLASSIFIER, quantity.unit == "count" and quantity.classifier is None),
        ("no Arabic digit", CHINESE_DIGITS, not _ARABIC.search(quantity.numeral)),
        ("a worded bound", WORDED_BOUND, quantity.bound not in {"eq", "range"}),
        (
            "a cue far off",
            APART,
            quantity.reading_end - quantity.end > 12 or quantity.start - quantity.reading_start > 12,
        ),
    )
    return [(name, factor) for name, factor, holds in held if holds]


def confidence_of(quantity: Quantity) -> float:
    """The score of a quantity, from 0 to 1, rounded to two decimals."""
    score = BASE
    for _, factor in factors_of(quantity):
        score *= factor
    return round(score, 2)
