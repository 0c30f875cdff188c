"""Against which figures about its own place and organisation a target is held.

All there are, where they are few. Where a corpus has hundreds, all pairs of targets and figures would grow with the square of it;
there a target is held against no more than ``OWN``: what may be compared with it first, then the nearest in time.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from heapq import merge
from itertools import chain, islice
from typing import Any

from pipeline.normalise.model import Observation
from pipeline.normalise.relations import related
from pipeline.normalise.told import Subject, by_subject, each_once, subject
from pipeline.normalise.verdicts import Judge, share_a_document

# Figures about its own place and organisation that a target is held against at most.
OWN = 32
# Of these at most so many of its own documents, and so many that may be compared: reported in its time, and before it was set.
BESIDE = 8
EXACT = 8
# Figures next to it in time that are looked at for the rest.
LOOKED_AT = 4 * OWN


class Held:
    """What each target is held against, by the verdicts of ``judge``. ``observations``: all figures of a family of indicators."""

    def __init__(self, observations: Iterable[Observation], judge: Judge) -> None:
        listed = list(observations)
        self.judge = judge
        self._reports, self._targets = by_subject(listed, "actual"), by_subject(listed, "target")
        self._crowds: dict[Subject, Crowd] = {}
        self._against: dict[str, list[Observation]] = {}

    def against(self, target: Observation) -> list[Observation]:
        """Reports of its indicator and of related ones, and what other documents aim at for any of these."""
        if target.observation_id not in self._against:
            self._against[target.observation_id] = self._found(target)
        return self._against[target.observation_id]

    def reports(self, target: Observation) -> list[Observation]:
        """Of these the reports of its own indicator."""
        return [one for one in self.against(target) if one.statement == "actual" and subject(one) == subject(target)]

    def _found(self, target: Observation) -> list[Observation]:
        whom = subject(target)
        indicator_id, region_id, organisation_id = whom
        near = [(one, region_id, organisation_id) for one in (indicator_id, *related(indicator_id))]
        lists = [told.get(one, []) for told in (self._reports, self._targets) for one in near]
        if sum(map(len, lists)) <= OWN:
            return [one for one in chain(*lists) if is_candidate(target, one)]
        if whom not in self._crowds:
            self._crowds[whom] = Crowd(self._reports.get(whom, []), chain(*lists), self.judge)
        return self._crowds[whom].around(target)


def is_candidate(target: Observation, one: Observation) -> bool:
    """Whether a figure may be taken for a report on a target: any report, and another document's target."""
    return one.statement == "actual" or not share_a_document(target, one)


class Crowd:
    """Many figures about one place and organisation. ``reports``: those of the indicator itself; ``figures``: all."""

    def __init__(self, reports: Iterable[Observation], figures: Iterable[Observation], judge: Judge) -> None:
        self._judge = judge
        self._of_document: defaultdict[str, list[Observation]] = defaultdict(list)
        alike: defaultdict[tuple[Any, ...], list[Observation]] = defaultdict(list)
        for report in sorted(reports, key=lateness):
            for document in report.documents:
                self._of_document[document].append(report)
            if judge.doubt(report) is None:
                alike[_terms(report)].append(report)
        self._alike = list(alike.values())
        self._in_time = sorted(figures, key=_place_in_time)

    def around(self, target: Observation) -> list[Observation]:
        """At most ``OWN`` of them: reports of the target's own documents, those that may be compared with it, the nearest."""
        figures = chain(self._beside(target), self._exact(target), self._nearest(target))
        return list(islice(each_once(figures), OWN))

    def _beside(self, target: Observation) -> Iterator[Observation]:
        """The latest reports of the documents that set the target."""
        told = chain.from_iterable(reversed(self._of_document.get(name, [])) for name in sorted(target.documents))
        return islice(told, BESIDE)

    def _exact(self, target: Observation) -> Iterator[Observation]:
        """Comparable reports: the latest by the target's deadline, and the latest when it was set."""
        fitting = [told for told in self._alike if self._judge.same_question(target, told[0]).comparable != "no"]
        begun = target.published or date.min
        yield from _latest(fitting, begun, target.period_end or date.max)
        yield from _latest(fitting, date.min, begun)

    def _nearest(self, target: Observation) -> Iterator[Observation]:
        """Figures whose period ends as near to the target's as can be, of ``LOOKED_AT`` on either side."""
        at = bisect_left(self._in_time, _place_in_time(target), key=_place_in_time)
        earlier = reversed(self._in_time[max(0, at - LOOKED_AT) : at])
        later = self._in_time[at : at + LOOKED_AT]
        day = _ends(target)
        both = merge(earlier, later, key=lambda one: abs((_ends(one) - day).days))
        return (one for one in both if is_candidate(target, one))


def lateness(report: Observation) -> tuple[Any, ...]:
    """Place of a report among others, the latest last: by day, then the preferred one of a day, then by publication."""
    day, published = report.day, report.published
    return (
        day.toordinal() if day else 0,
        report.preferred,
        published.toordinal() if published else 0,
        report.observation_id,
    )


def _terms(report: Observation) -> tuple[Any, ...]:
    """What decides, within one subject, whether a report that can be relied on is a figure of a target's series."""
    one = report
    return one.measure, one.basis, one.unit, one.classifier, one.reference, one.population


def _latest(groups: Iterable[Sequence[Observation]], after: date, until: date) -> Iterator[Observation]:
    """The latest reports of a stretch of days; each group stands in the order of ``lateness``, all with a day."""
    runs = []
    for told in groups:
        begin, end = (bisect_right(told, day.toordinal(), key=lambda one: lateness(one)[0]) for day in (after, until))
        runs.append(reversed(told[max(begin, end - EXACT) : end]))
    return islice(merge(*runs, key=lateness, reverse=True), EXACT)


def _ends(one: Observation) -> date:
    """Last day of a figure's period, or the day it was published; the first of all days where it has neither."""
    return one.period_end or one.published or date.min


def _place_in_time(one: Observation) -> tuple[date, str]:
    return _ends(one), one.observation_id
