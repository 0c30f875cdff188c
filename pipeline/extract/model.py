"""The small types that the grammar passes from step to step. Offsets are code points of the clean text unless named raw."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class Quantity(NamedTuple):
    """A number with its unit and bound, read from the text alone: no period, place or indicator yet.

    ``start``/``end`` enclose the quote: first digit (or 第 of a rank) through unit or classifier. ``reading_start``/
    ``reading_end`` enclose all that is needed to read it again: words of bound, direction, a unit shared by a later item.
    """

    start: int
    end: int
    reading_start: int
    reading_end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: str
    unit: str
    classifier: str | None
    resolution: Decimal | None
    numeral: str
    form: str
    rule: str
    fault: bool = False
    borderline: bool = False


def checked(one: Quantity) -> Quantity:
    """The quantity. ValueError where its quote is empty or lies outside of its reading, or where it is half a range."""
    if not (one.reading_start <= one.start < one.end <= one.reading_end):
        raise ValueError(
            f"the quote {one.start}-{one.end} lies outside its reading {one.reading_start}-{one.reading_end}"
        )
    if (one.low is None) != (one.high is None):
        raise ValueError("a range has both ends or none")
    if (
        one.low is not None
        and one.high is not None
        and not (one.low < one.high and one.value is None and one.bound == "range")
    ):
        raise ValueError("a range has low < high, no value, and the bound range")
    return one


class Period(NamedTuple):
    """A time as the guideline writes it (``2019``, ``2021-Q1``, ``2016/2020``, ``/2025``) and how a figure holds in it."""

    text: str
    kind: str
    rule: str


class Name(NamedTuple):
    """A named organisation, park, event, product or project at ``start``-``end``; ``kind`` is one of ``subject_suffixes.csv``."""

    start: int
    end: int
    text: str
    kind: str


STAYING = frozenset({"company", "park", "institute", "university", "hospital"})
"""Kinds of names of whom the next sentence may go on to speak, and for whom a speaker says 我们."""


class Claim(NamedTuple):
    """A quantity with all that the document says about it."""

    quantity: Quantity
    indicator: str
    measure: str
    basis: str
    reference: str | None
    statement: str
    period: Period | None
    region_id: str | None
    subject: str | None
    sentence_start: int
    sentence_end: int
    rule: str
    confidence: float


class Passage(NamedTuple):
    """A passage of the clean text."""

    passage_id: str
    kind: str
    level: int | None
    section_path: str
    start: int
    end: int
    repeats: str | None


TELLING = frozenset({"news", "press_release", "brochure", "press_conference", "other"})
"""Kinds of document that tell of a company or park over several sentences."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of the document before it is read."""

    document_type: str
    published: str | None
    region_id: str | None
    title: str | None
