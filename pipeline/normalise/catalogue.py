"""The indicators and their wordings, arranged for looking up."""

from collections import defaultdict
from dataclasses import dataclass

import pyarrow as pa

from pipeline.normalise.wording import bag, core, plain, population_of


@dataclass(frozen=True, slots=True)
class Indicator:
    """What linking and comparing need to know of an indicator."""

    indicator_id: str
    unit: str
    kind: str
    direction: str
    classifier: str | None


@dataclass(frozen=True, slots=True)
class Synonym:
    """A wording in its plain form, with the population it implies."""

    text: str
    indicator_id: str
    population: str | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """``exact``: plain wording to synonyms. ``stems``: the same without the word for the population; ``cores``:
    without words that change nothing; ``bags``: by their characters in a fixed order.
    """

    indicators: dict[str, Indicator]
    exact: dict[str, tuple[Synonym, ...]]
    stems: dict[str, tuple[Synonym, ...]]
    cores: dict[str, tuple[Synonym, ...]]
    bags: dict[str, tuple[Synonym, ...]]
    synonyms: tuple[Synonym, ...]


def catalogue(indicators: pa.Table, synonyms: pa.Table) -> Catalogue:
    """The catalogue of the tables ``indicators`` and ``indicator_synonyms``; an indicator's name is a wording of it too."""
    known = {
        row["indicator_id"]: Indicator(
            row["indicator_id"], row["unit"], row["kind"], row["direction"], row["classifier"]
        )
        for row in indicators.to_pylist()
    }
    wordings = {
        (plain(row["synonym"]), row["indicator_id"]): row["population"]
        for row in synonyms.to_pylist()
        if row["indicator_id"] in known
    }
    for row in indicators.to_pylist():
        wordings.setdefault((plain(row["name_zh"]), row["indicator_id"]), None)
    listed = []
    stems = []
    for (text, indicator_id), implied in sorted(wordings.items()):
        named, stem = population_of(text)
        synonym = Synonym(text, indicator_id, implied or named)
        listed.append(synonym)
        stems.append((stem, synonym))
    exact = _by_text([(synonym.text, synonym) for synonym in listed])
    cores = _by_text([(core(synonym.text), synonym) for synonym in listed])
    bags = _by_text([(key, synonym) for synonym in listed if (key := bag(synonym.text)) is not None])
    return Catalogue(known, exact, _by_text(stems), cores, bags, tuple(listed))


def _by_text(pairs: list[tuple[str, Synonym]]) -> dict[str, tuple[Synonym, ...]]:
    found: defaultdict[str, list[Synonym]] = defaultdict(list)
    for text, synonym in pairs:
        found[text].append(synonym)
    return {text: tuple(synonyms) for text, synonyms in found.items()}
