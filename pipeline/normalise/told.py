"""Figures arranged by whom they are about, for those that are to be held against a target."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import chain, islice

from pipeline.normalise.model import Observation
from pipeline.normalise.nesting import Nesting

# Of reports about other places and organisations a target is held against no more than these: where a corpus has thousands of
# figures of one indicator, all pairs of targets and reports are billions, and nobody takes the thousandth city's for the own.
ELSEWHERE = 32

# Indicator, place and organisation.
Subject = tuple[str, str | None, str | None]
# A report by its place in order, the latest first.
Ranked = tuple[tuple[int, str], Observation]


def subject(one: Observation) -> Subject:
    """What a figure is a figure of."""
    return one.indicator_id, one.region_id, one.organisation_id


def by_subject(observations: Iterable[Observation], statement: str) -> dict[Subject, list[Observation]]:
    """Observations of one statement by their subject, each list in the order given."""
    found: defaultdict[Subject, list[Observation]] = defaultdict(list)
    for observation in observations:
        if observation.statement == statement:
            found[subject(observation)].append(observation)
    return dict(found)


class Elsewhere:
    """Reports of one indicator by their place, the latest first."""

    def __init__(self, reports: Iterable[Observation], nesting: Nesting) -> None:
        self._nesting = nesting
        self._all = sorted((_rank(report), report) for report in reports)
        self._at: defaultdict[str | None, list[Ranked]] = defaultdict(list)
        self._within: defaultdict[str, list[Ranked]] = defaultdict(list)
        for ranked in self._all:
            self._at[ranked[1].region_id].append(ranked)
        for region_id, told in self._at.items():
            for holder in nesting.holders(region_id):
                self._within[holder] += told
        for told in self._within.values():
            told.sort()

    def beside(self, whom: Subject) -> list[Observation]:
        """Reports about others, at most ``ELSEWHERE``: of organisations at the same place first, then of places that hold
        it or lie in it, then of any; of each the latest first."""
        _, region_id, _ = whom
        around = [self._at.get(holder, []) for holder in self._nesting.holders(region_id)]
        nearest = chain(self._at.get(region_id, ()), merge(*around, self._within.get(region_id or "", [])), self._all)
        others = (report for _, report in nearest if subject(report) != whom)
        return list(islice(each_once(others), ELSEWHERE))


def each_once(reports: Iterable[Observation]) -> Iterator[Observation]:
    """The reports without those that were there before."""
    seen: set[str] = set()
    for report in reports:
        if report.observation_id not in seen:
            seen.add(report.observation_id)
            yield report


def _rank(report: Observation) -> tuple[int, str]:
    return -report.day.toordinal() if report.day else 0, report.observation_id
