"""Readings become observations: merged where they say the same, one preferred for each question."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pipeline.contract import build
from pipeline.normalise.catalogue import Catalogue
from pipeline.normalise.model import Observation, Row
from pipeline.normalise.reading import readings
from pipeline.normalise.resolving import resolved
from pipeline.normalise.series import identifier, series_id
from pipeline.normalise.sources import UNSOURCED, Sources
from pipeline.normalise.subjects import Subjects
from pipeline.normalise.superseding import superseded

SERIES = ("indicator_id", "region_id", "organisation_id", "population", "measure", "basis", "reference")
FIGURE = ("period", "statement", "value", "value_low", "value_high", "bound", "unit")
# Series, period (empty where the text gives none) and statement: what one figure should answer.
Question = tuple[str, str, str]


def observe(claims: Iterable[Row], sources: Sources, known: Catalogue, subjects: Subjects) -> list[Observation]:
    """The observations of claims, sorted by identifier, with the preferred and the superseded ones marked.

    A figure about a subject that is neither a known place nor an organisation (one project, one platform) is no figure of
    the place around it, and stays a claim.
    """
    read = build("readings", readings(claims, known, subjects.told))
    return observations(resolved(read, subjects.named, known).to_pylist(), sources)


def observations(read: Iterable[Row], sources: Sources) -> list[Observation]:
    """As ``observe``, of resolved readings: all of whatever series they are of."""
    series: dict[tuple[str | None, ...], str] = {}
    asked: defaultdict[Question, defaultdict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in read:
        parts = tuple(row[name] for name in SERIES)
        if parts not in series:
            series[parts] = series_id(*parts)
        # The hash of what makes two readings the same figure.
        figure = identifier("o", [series[parts], *(row[name] for name in FIGURE)])
        asked[series[parts], row["period"] or "", row["statement"]][figure].append(row)
    settled: list[Observation] = []
    for question, told in asked.items():
        alone = len(told) == 1
        answers = [
            _merge(figure, question[0], _in_order(rows, sources), sources, alone)
            for figure, rows in sorted(told.items())
        ]
        settled += answers if alone else settle(answers)
    return sorted(settled, key=lambda one: one.observation_id)


def order(claim: Row, sources: Sources) -> tuple[Any, ...]:
    """Total order of preference among claims: a source at all, sound print, standing of the page, authority, earlier
    published, document, place in it."""
    source_id = claim["source_id"]
    standing = sources.standing(source_id)
    published = sources.published(source_id) or date.max
    trust = standing == UNSOURCED, claim["fault"], standing, sources.authority(source_id)
    return *trust, published, source_id, claim["raw_start"], claim["raw_end"]


def _in_order(rows: list[Row], sources: Sources) -> list[Row]:
    return rows if len(rows) == 1 else sorted(rows, key=lambda row: order(row, sources))


def _merge(observation_id: str, series: str, group: Sequence[Row], sources: Sources, preferred: bool) -> Observation:
    """Readings of one figure, the leading one first, as one observation."""
    lead = group[0]
    documents = sorted({row["source_id"] for row in group})
    if len(documents) > 1:
        documents.sort(key=lambda document: sources.published(document) or date.max)
    dates = [day for day in map(sources.published, documents) if day is not None]
    return Observation(
        observation_id=observation_id,
        series_id=series,
        indicator_id=lead["indicator_id"],
        region_id=lead["region_id"],
        organisation_id=lead["organisation_id"],
        population=lead["population"],
        measure=lead["measure"],
        basis=lead["basis"],
        reference=lead["reference"],
        statement=lead["statement"],
        period=lead["period"],
        period_start=lead["period_start"],
        period_end=lead["period_end"],
        period_kind=lead["period_kind"],
        value=lead["value"],
        value_low=lead["value_low"],
        value_high=lead["value_high"],
        bound=lead["bound"],
        resolution=lead["resolution"],
        unit=lead["unit"],
        first_published=sources.published_text(documents[0]),
        preferred=preferred,
        status="suspect" if any(row["fault"] for row in group) else "normal",
        claims=tuple(group),
        classifier=lead["classifier"],
        linked_by=lead["linked_by"],
        published=dates[0] if dates else None,
        last_published=dates[-1] if dates else None,
        order=order(lead, sources),
        trust=min((sources.standing(document), sources.authority(document)) for document in documents),
        documents=frozenset(documents),
    )


def settle(group: Sequence[Observation]) -> list[Observation]:
    """One question's answers with the superseded ones and the one preferred answer marked."""
    gone = superseded(group)
    marked = [
        replace(one, status="superseded") if one.status == "normal" and one.observation_id in gone else one
        for one in group
    ]
    best = min(marked, key=preference)
    return [replace(one, preferred=True) if one is best else one for one in marked]


def preference(one: Observation) -> tuple[Any, ...]:
    """Total order of preference among answers to one question, the best first: a source at all, not superseded, then as
    their leading claims."""
    return one.trust[0] == UNSOURCED, one.status != "normal", *one.order, one.observation_id
