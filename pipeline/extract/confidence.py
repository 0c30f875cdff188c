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


def confidence_of(quantity: Quantity) -> float:
    """The score of a quantity, from 0 to 1, rounded to two decimals."""
    score = BASE
    if quantity.fault:
        score *= FAULT
    if quantity.unit == "count" and quantity.classifier is None:
        score *= NO_CLASSIFIER
    if not re.search(r"[0-9０-９]", quantity.numeral):
        score *= CHINESE_DIGITS
    if quantity.bound not in {"eq", "range"}:
        score *= WORDED_BOUND
    if quantity.reading_end - quantity.end > 12 or quantity.start - quantity.reading_start > 12:
        score *= APART
    return round(score, 2)
