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
from pipeline.normalise.sources import Sources
from pipeline.normalise.subjects import Subjects
from pipeline.normalise.units import convert, convertible


@dataclass(frozen=True, slots=True)
class Reading:
    """One claim read as a figure of one indicator."""

    claim: Row
    match: Match
    region_id: str | None
    organisation_id: str | None
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
            claim["measure"],
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
    links: dict[tuple[str, str, str], tuple[Match, ...]] = {}
    for claim in claims:
        if not claim["indicator_text"] or not _finite(claim):
            continue
        region_id, organisation_id = claim["region_id"], None
        if claim["subject_text"]:
            region_id, organisation_id = subjects.resolve(claim["subject_text"])
            if region_id is None and organisation_id is None:
                continue
        key = (claim["indicator_text"], claim["measure"], claim["unit"])
        if key not in links:
            links[key] = match(*key, known)
        found += [_reading(claim, one, region_id, organisation_id, known) for one in links[key]]
    return found


def _reading(claim: Row, link: Match, region_id: str | None, organisation_id: str | None, known: Catalogue) -> Reading:
    unit = _unit(claim, known.indicators[link.indicator_id].unit)
    value, low, high, resolution = (
        _amount(claim[column], claim["unit"], unit) for column in ("value", "value_low", "value_high", "resolution")
    )
    return Reading(claim, link, region_id, organisation_id, value, low, high, resolution, unit)


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
    settled = [observation for group in asked.values() for observation in settle(group, sources)]
    return sorted(settled, key=lambda o: o.observation_id)


def order(claim: Row, sources: Sources) -> tuple[Any, ...]:
    """Total order of preference among claims: sound print, authority, earlier published, document, place in it."""
    source_id = claim["source_id"]
    published = sources.published(source_id) or date.max
    return claim["fault"], sources.authority(source_id), published, source_id, claim["raw_start"], claim["raw_end"]


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
        measure=claim["measure"],
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
        authority=min(sources.authority(document) for document in documents),
    )


def settle(group: Sequence[Observation], sources: Sources) -> list[Observation]:
    """One question's answers with the superseded ones and the one preferred answer marked."""
    marked = [
        replace(one, status="superseded")
        if one.status == "normal" and any(supersedes(other, one) for other in group)
        else one
        for one in group
    ]
    best = min(marked, key=lambda one: (one.status != "normal", *order(one.claims[0], sources), one.observation_id))
    return [replace(one, preferred=one is best) for one in marked]


def supersedes(later: Observation, earlier: Observation) -> bool:
    """Whether a figure takes another's place: published after it, by no lesser publisher, and no reading fits both."""
    if later.published is None or earlier.last_published is None or later.published <= earlier.last_published:
        return False
    return later.authority <= earlier.authority and not meet(allowed(later), allowed(earlier))
