"""May a figure be held against a target, and if not, why not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.normalise.catalogue import Catalogue
from pipeline.normalise.model import Observation
from pipeline.normalise.nesting import Nesting
from pipeline.normalise.relations import related
from pipeline.normalise.sources import DOUBTFUL, UNSOURCED
from pipeline.normalise.units import convertible, same_things

Year = tuple[str, str | None, str | None, date | None, date | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two figures may be compared (``yes``, ``likely``, ``no``) and the first reason that decides it."""

    comparable: str
    reason: str


class Judge:
    """Verdicts on pairs of observations. ``observations``: all of them, for what a figure means its neighbours tell."""

    def __init__(self, observations: Iterable[Observation], known: Catalogue, nesting: Nesting) -> None:
        self._known = known
        self.nesting = nesting
        self._places: dict[tuple[str | None, str | None], str] = {}
        self._planned = {_year(one) for one in observations if one.statement == "target" and one.period_kind == "span"}

    def same_question(self, target: Observation, report: Observation) -> Verdict:
        """Whether the two are figures of one series, whatever their dates. The first difference in this order is the reason.

        Indicator; place; added against standing; measure, basis; unit or thing counted; population. A population that
        only one of them names is the one difference that leaves them likely comparable.
        """
        if target.indicator_id != report.indicator_id:
            return Verdict("no", related(target.indicator_id).get(report.indicator_id, "other_indicator"))
        if target.region_id != report.region_id:
            return Verdict("no", self.of_place(target.region_id, report.region_id))
        measures = {target.measure, report.measure}
        if measures == {"level", "increment"}:
            return Verdict("no", "flow_against_stock")
        if len(measures) > 1:
            return Verdict("no", "measure_differs")
        if target.basis != report.basis:
            return Verdict("no", "basis_differs")
        if not convertible(target.unit, report.unit) or not same_things(target.classifier, report.classifier):
            return Verdict("no", "unit_differs")
        if target.organisation_id != report.organisation_id or target.reference != report.reference:
            return Verdict("no", "population_differs")
        if target.population != report.population:
            if target.population is None or report.population is None:
                return Verdict("likely", "population_unstated")
            return Verdict("no", "population_differs")
        return Verdict("yes", "same_series")

    def usable(self, target: Observation, report: Observation) -> Verdict:
        """As ``same_question``, and the report must be one to rely on: told by a page that names its source, with a date,
        and plainly what stood or what was added; the target must have some date too. Beside a target of its own document
        all this does not matter."""
        verdict = self.same_question(target, report)
        if verdict.comparable == "no" or share_a_document(target, report):
            return verdict
        doubt = self.doubt(report)
        if target.period_end is None and target.published is None and doubt != "unsourced":
            doubt = "date_doubtful"
        return Verdict("no", doubt) if doubt else verdict

    def doubt(self, report: Observation) -> str | None:
        """Why a report is not one to rely on, whatever the target; null where nothing speaks against it."""
        if report.trust[0] == UNSOURCED:
            return "unsourced"
        if report.trust[0] == DOUBTFUL or report.day is None:
            return "date_doubtful"
        return "flow_unclear" if self._flow_unclear(report) else None

    def held_against(self, target: Observation, report: Observation) -> Verdict:
        """As ``usable``, and the figure must be a report of the target's time: what stood when the target was set is its
        baseline, what came after its deadline says nothing of it, and another target is no report."""
        if report.statement == "target":
            return Verdict("no", "target_itself")
        verdict = self.usable(target, report)
        if verdict.comparable == "no":
            return verdict
        if is_baseline(target, report):
            return Verdict("no", "before_target")
        return verdict if in_time(target, report) else Verdict("no", "outside_period")

    def of_place(self, aimed: str | None, reported: str | None) -> str:
        """The reason against a report of the target's indicator about another place, which the place decides whatever the
        rest."""
        if (aimed, reported) not in self._places:
            within = self.nesting.holds(aimed, reported)
            wider = "wider_region" if self.nesting.holds(reported, aimed) else "place_differs"
            self._places[aimed, reported] = "part_of_region" if within else wider
        return self._places[aimed, reported]

    def _flow_unclear(self, report: Observation) -> bool:
        """Whether a year's figure of a stock may be what the year added: the goals of single years mostly are."""
        stock = self._known.indicators[report.indicator_id].kind == "stock"
        return stock and report.measure == "level" and report.period_kind == "span" and _year(report) in self._planned


def _year(one: Observation) -> Year:
    return one.indicator_id, one.region_id, one.organisation_id, one.period_start, one.period_end


def share_a_document(one: Observation, other: Observation) -> bool:
    """Whether some document tells both figures."""
    return not one.documents.isdisjoint(other.documents)


def in_time(target: Observation, report: Observation) -> bool:
    """Whether a report falls in the time of a target: by its deadline, or inside the span it is set for."""
    day = report.day
    if day is None or target.period_end is None:
        return True
    if day > target.period_end:
        return False
    return target.period_kind != "span" or target.period_start is None or day >= target.period_start


def is_baseline(target: Observation, report: Observation) -> bool:
    """Whether a reported figure was already there when the target was set."""
    if report.day is None or target.published is None:
        return share_a_document(target, report)
    return report.day <= target.published
