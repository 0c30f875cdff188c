"""Readings made whole by what all documents know together: the organisation a subject names, the firms a sentence speaks of."""

from collections import defaultdict

import pyarrow as pa

from pipeline.normalise.catalogue import Catalogue
from pipeline.normalise.subjects import Named

# Columns of ``readings`` that are answered here and not handed on.
ASKED = ("subject", "told_at", "told_id")

Sentence = tuple[str, str]


class Groups:
    """The firms a sentence of rates speaks of: named before the first (全市工业企业A率为60%，B率为70%), they hold for those after
    it that name none and that the catalogue knows as rates of these firms. Must be asked in the order of the text."""

    def __init__(self, known: Catalogue) -> None:
        self._known = known
        self._told_of: defaultdict[str, set[str]] = defaultdict(set)
        for synonym in known.synonyms:
            if synonym.population is not None:
                self._told_of[synonym.indicator_id].add(synonym.population)
        self._last: tuple[Sentence, str] | None = None

    def held_over(self, indicator_id: str, population: str | None, sentence: Sentence) -> str | None:
        """The population of a figure of the sentence (its passage and words) whose own words name ``population``."""
        if self._known.indicators[indicator_id].kind != "rate" or not sentence[1]:
            return population
        if population is not None:
            self._last = sentence, population
        elif self._last is not None and self._last[0] == sentence and self._last[1] in self._told_of[indicator_id]:
            return self._last[1]
        return population


def resolved(readings: pa.Table, named: Named, known: Catalogue) -> pa.Table:
    """Rows of ``readings``, which stand by their key, with the column ``organisation_id`` for what they ask; those about a
    subject that nobody knows are left out."""
    asked = ("indicator_id", "population", "passage_id", "context", *ASKED)
    groups = Groups(known)
    kept: list[int] = []
    organisations: list[str | None] = []
    populations: list[str | None] = []
    for at, (indicator_id, population, passage_id, context, subject, told_at, told_id) in enumerate(
        zip(*(readings.column(name).to_pylist() for name in asked), strict=True)
    ):
        organisation = named.organisation(subject, told_at, told_id) if subject is not None else None
        if subject is not None and organisation is None:
            continue
        kept.append(at)
        organisations.append(organisation)
        populations.append(groups.held_over(indicator_id, population, (passage_id, context or "")))
    if len(kept) < readings.num_rows:
        readings = readings.take(pa.array(kept, pa.int64()))
    readings = readings.set_column(
        readings.schema.get_field_index("population"), "population", pa.array(populations, pa.string())
    )
    return readings.drop_columns(list(ASKED)).append_column("organisation_id", pa.array(organisations, pa.string()))
