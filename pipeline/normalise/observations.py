"""Claims become observations: linked to an indicator, merged where they say the same, one preferred for each question."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.normalise.catalogue import Catalogue
from pipeline.normalise.intervals import allowed, meet
from pipeline.normalise.matching import Match, match
from pipeline.normalise.model import Observation, Row
from pipeline.normalise.series import identifier, series_id
from pipeline.normalise.sources import UNSOURCED, Sources
from pipeline.normalise.subjects import Subjects
from pipeline.normalise.units import convert, convertible


@dataclass(frozen=True, slots=True)
class Reading:
    """One claim read as a figure of one indicator."""

    claim: Row
    match: Match
    region_id: str | None
    organisation_id: str | None
    measure: str
    value: float | None
    low: float | None
    high: float | None
    resolution: float | None
    unit: str

    @property
    def series(self) -> str:
        """The series it belongs to."""
        claim = self.claim
        return series_id(
            self.match.indicator_id,
            self.region_id,
            self.organisation_id,
            self.match.population,
            self.measure,
            claim["basis"],
            claim["reference"],
        )

    @property
    def observation_id(self) -> str:
        """Hash of what makes two readings the same figure."""
        claim = self.claim
        figure = [self.value, self.low, self.high, claim["bound"], self.unit]
        return identifier("o", [self.series, claim["period"], claim["statement"], *figure])


def readings(claims: Iterable[Row], known: Catalogue, subjects: Subjects) -> list[Reading]:
    """All claims that an indicator of the catalogue and a known place or organisation can be named for.

    A figure about a subject that is neither (one project, one platform) is no figure of the place around it, and stays
    a claim.
    """
    found = []
    links: dict[tuple[str, str, str, str], tuple[Match, ...]] = {}
    groups = Groups(known)
    for claim in sorted(claims, key=lambda claim: (claim["source_id"], claim["raw_start"], claim["raw_end"])):
        if not claim["indicator_text"] or not _finite(claim):
            continue
        region_id, organisation_id = claim["region_id"], None
        if claim["subject_text"]:
            region_id, organisation_id = subjects.resolve(claim["subject_text"], claim["source_id"])
            if region_id is None and organisation_id is None:
                continue
        key = (claim["indicator_text"], claim["measure"], claim["unit"], sentence_before(claim))
        if key not in links:
            words, measure, unit, before = key
            links[key] = match(words, measure, unit, known, before)
        found += [
            _reading(claim, groups.held_over(claim, one), region_id, organisation_id, known) for one in links[key]
        ]
    return found


class Groups:
    """The firms a sentence of rates speaks of: named before the first (全市工业企业A率为60%，B率为70%), they hold for those after
    it that name none and that the catalogue knows as rates of these firms. Claims must come in the order of their text."""

    def __init__(self, known: Catalogue) -> None:
        self._known = known
        self._told_of: defaultdict[str, set[str]] = defaultdict(set)
        for synonym in known.synonyms:
            if synonym.population is not None:
                self._told_of[synonym.indicator_id].add(synonym.population)
        self._last: tuple[tuple[str, str], str] | None = None

    def held_over(self, claim: Row, link: Match) -> Match:
        """The link, with the population its sentence named before where its own words name none."""
        if self._known.indicators[link.indicator_id].kind != "rate" or not claim["context"]:
            return link
        sentence = claim["passage_id"], claim["context"]
        if link.population is not None:
            self._last = sentence, link.population
        elif self._last is not None and self._last[0] == sentence and self._last[1] in self._told_of[link.indicator_id]:
            return replace(link, population=self._last[1])
        return link


def sentence_before(claim: Row) -> str:
    """The claim's sentence up to its figure; empty where it does not hold the figure as printed."""
    before, quote, _ = (claim["context"] or "").partition(claim["quote"] or "\0")
    return before if quote else ""


def _reading(claim: Row, link: Match, region_id: str | None, organisation_id: str | None, known: Catalogue) -> Reading:
    indicator = known.indicators[link.indicator_id]
    unit = _unit(claim, indicator.unit)
    value, low, high, resolution = (
        _amount(claim[column], claim["unit"], unit) for column in ("value", "value_low", "value_high", "resolution")
    )
    # The indicator is the share already: a share of it is its level, however the sentence is built.
    rate = indicator.kind == "rate" and claim["measure"] == "share"
    measure = "level" if rate else claim["measure"]
    return Reading(claim, link, region_id, organisation_id, measure, value, low, high, resolution, unit)


def _finite(claim: Row) -> bool:
    """Whether its values fit a float: a run of four hundred digits is a numeral, but no figure to compare."""
    return all(math.isfinite(claim[name] or 0.0) for name in ("value", "value_low", "value_high", "resolution"))


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


def observe(claims: Iterable[Row], sources: Sources, known: Catalogue, subjects: Subjects) -> list[Observation]:
    """The observations, sorted by identifier, with the preferred and the superseded ones marked."""
    same: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in readings(claims, known, subjects):
        same[reading.observation_id].append(reading)
    merged = [_merge(key, sorted(group, key=lambda r: order(r.claim, sources)), sources) for key, group in same.items()]
    asked: defaultdict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for observation in sorted(merged, key=lambda o: o.observation_id):
        asked[observation.group].append(observation)
    settled = [observation for group in asked.values() for observation in settle(group)]
    return sorted(settled, key=lambda o: o.observation_id)


def order(claim: Row, sources: Sources) -> tuple[Any, ...]:
    """Total order of preference among claims: a source at all, sound print, standing of the page, authority, earlier
    published, document, place in it."""
    source_id = claim["source_id"]
    standing = sources.standing(source_id)
    published = sources.published(source_id) or date.max
    trust = standing == UNSOURCED, claim["fault"], standing, sources.authority(source_id)
    return *trust, published, source_id, claim["raw_start"], claim["raw_end"]


def _merge(observation_id: str, group: Sequence[Reading], sources: Sources) -> Observation:
    """Readings of one figure, the leading one first, as one observation."""
    lead = group[0]
    claim = lead.claim
    documents = sorted({reading.claim["source_id"] for reading in group})
    dates = sorted(day for day in (sources.published(document) for document in documents) if day is not None)
    first = min(documents, key=lambda document: (sources.published(document) or date.max, document))
    return Observation(
        observation_id=observation_id,
        series_id=lead.series,
        indicator_id=lead.match.indicator_id,
        region_id=lead.region_id,
        organisation_id=lead.organisation_id,
        population=lead.match.population,
        measure=lead.measure,
        basis=claim["basis"],
        reference=claim["reference"],
        statement=claim["statement"],
        period=claim["period"],
        period_start=claim["period_start"],
        period_end=claim["period_end"],
        period_kind=claim["period_kind"],
        value=lead.value,
        value_low=lead.low,
        value_high=lead.high,
        bound=claim["bound"],
        resolution=lead.resolution,
        unit=lead.unit,
        first_published=sources.published_text(first),
        preferred=False,
        status="suspect" if any(reading.claim["fault"] for reading in group) else "normal",
        claims=tuple(reading.claim for reading in group),
        classifier=claim["classifier"],
        linked_by=lead.match.rule,
        published=dates[0] if dates else None,
        last_published=dates[-1] if dates else None,
        order=order(claim, sources),
        trust=min((sources.standing(document), sources.authority(document)) for document in documents),
    )


def settle(group: Sequence[Observation]) -> list[Observation]:
    """One question's answers with the superseded ones and the one preferred answer marked."""
    marked = [
        replace(one, status="superseded")
        if one.status == "normal" and any(supersedes(other, one) for other in group)
        else one
        for one in group
    ]
    best = min(marked, key=preference)
    return [replace(one, preferred=one is best) for one in marked]


def preference(one: Observation) -> tuple[Any, ...]:
    """Total order of preference among answers to one question, the best first: a source at all, not superseded, then as
    their leading claims."""
    return one.trust[0] == UNSOURCED, one.status != "normal", *one.order, one.observation_id


def supersedes(later: Observation, earlier: Observation) -> bool:
    """Whether a figure takes another's place: published after it, on no lesser page (of equal ones: by no lesser
    publisher), in the same unit, and no reading fits both."""
    if later.published is None or earlier.last_published is None or later.published <= earlier.last_published:
        return False
    comparable = later.unit == earlier.unit and later.trust <= earlier.trust
    return comparable and not meet(allowed(later), allowed(earlier))
