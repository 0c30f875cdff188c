"""Pairs: 从2022年的6.1%提高到9%, 由A增至B. The first figure holds for the start of the movement, the second for its end.

Words of movement are rows of ``number_cues.csv`` (``pair_from``, ``pair_move``, ``pair_to``).
"""

import re
from typing import NamedTuple

from pipeline.extract.frames import Sentence
from pipeline.extract.model import Period
from pipeline.extract.periods import Clock, Time
from pipeline.extract.vocabulary import pattern

_FROM = r"<pair_from>[^，。；、]{0,14}$"
_MOVE = r"^(?:以上|左右)?[，,]?[^，。；、\d]{0,6}?<pair_move>了?<pair_to>"
_YEAR = re.compile(r"\d{4}")


class Pair(NamedTuple):
    """A movement from the figure at ``first`` to the one at ``last`` (offsets of the quotes), with the years it names."""

    first: int
    last: int
    end: int
    start_year: int | None
    end_year: int | None


def moves_on(words: str) -> bool:
    """Whether the words behind a figure lead on to the one it moved to: 提高到2025年的."""
    return pattern(_MOVE).match(words) is not None


def pairs_of(sentence: Sentence, times: list[Time]) -> list[Pair]:
    """The pairs of a sentence, in order."""
    found = []
    for one, two in zip(sentence.slots, sentence.slots[1:], strict=False):
        if one.quantity.unit != two.quantity.unit or not moves_on(one.tail) or not pattern(_FROM).search(one.lead):
            continue
        begun = [t for t in times if one.quantity.start - len(one.lead) <= t.start and t.end <= one.quantity.start]
        ended = [t for t in times if one.quantity.end <= t.start and t.end <= two.quantity.start]
        found.append(
            Pair(one.quantity.start, two.quantity.start, two.quantity.end, _year(begun, from_end=False), _year(ended))
        )
    return found


def _year(times: list[Time], from_end: bool = True) -> int | None:
    bound = [t for t in times if from_end or t.bound]
    years = _YEAR.findall(bound[-1].period.text) if bound else []
    return int(years[-1]) if years else None


def start_of(pair: Pair, period: Period | None, clock: Clock) -> Period | None:
    """The time of a pair's first figure; ``period`` is what governs the pair. A span or year begins from the year before it,
    a deadline to come from the last full year before publication; what else governs is left."""
    if pair.start_year is not None or period is None:
        return period
    start, slash, end = period.text.partition("/")
    if slash and not start:
        coming = clock.year is not None and int(end[:4]) >= clock.year
        return Period(str((clock.year or 0) - 1), "span", "pair_start") if coming else period
    if _YEAR.fullmatch(start):
        return Period(str(int(start) - 1), "span", "pair_start")
    return period


def behind(pairs: list[Pair], at: int, period: Period | None, basis: str, clock: Clock) -> Period | None:
    """The time of a figure that a pair stands before or ends with, else ``period``: a yearly rate told after it holds for its
    years, and what 去年的 moved to is this year's."""
    if not pairs:
        return period
    if basis == "average_annual":
        return span_of(pairs, at) or period
    ends = next((pair for pair in pairs if pair.last == at), None)
    if ends is None or ends.end_year or clock.year is None or ends.start_year != clock.year - 1:
        return period
    return (
        Period(str(clock.year), "span", "pair")
        if period is not None and period.text == str(ends.start_year)
        else period
    )


def span_of(pairs: list[Pair], at: int) -> Period | None:
    """The years of the last pair before offset ``at``, for a yearly rate that is told after it; None where it names none."""
    told = [pair for pair in pairs if pair.end <= at and pair.start_year and pair.end_year]
    if not told or told[-1].start_year is None or told[-1].end_year is None:
        return None
    first, last = told[-1].start_year + 1, told[-1].end_year
    return Period(f"{first}/{last}", "span", "pair") if first < last else None


def begun(pair: Pair, period: Period | None, statement: str, rule: str, clock: Clock) -> tuple[Period | None, str, str]:
    """Time and statement of the figure that a movement starts from: what lies before publication is a fact."""
    start = start_of(pair, period, clock)
    years = re.findall(r"\d{4}", start.text) if start else []
    past = not years or (clock.published is not None and int(years[-1]) < int(clock.published[:4]))
    return (start, "actual", "pair") if past else (start, statement, rule)
