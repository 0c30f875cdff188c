"""The indicators and their wordings, arranged for looking up."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from pipeline.normalise.wording import HEAD, SHORTEST_BEGINNING, SHORTEST_END, bag, core, plain, population_of

# In a pattern, * stands for whatever a document puts there, up to this many characters.
GAP = 16


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


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """``exact``: plain wording to synonyms. ``stems``: the same without the word for the population; ``cores``:
    without words that change nothing; ``bags``: by their characters in a fixed order; ``heads``: by their last
    characters; ``endings``: by every ending that a sentence may leave of them. ``patterns``: wordings with a gap. Two
    catalogues are never equal, so that what was looked up in one can be kept.
    """

    indicators: dict[str, Indicator]
    exact: dict[str, tuple[Synonym, ...]]
    stems: dict[str, tuple[Synonym, ...]]
    cores: dict[str, tuple[Synonym, ...]]
    bags: dict[str, tuple[Synonym, ...]]
    heads: dict[str, tuple[Synonym, ...]]
    endings: dict[str, tuple[Synonym, ...]]
    patterns: tuple[tuple[re.Pattern[str], Synonym], ...]
    synonyms: tuple[Synonym, ...]


def catalogue(indicators: pa.Table, synonyms: pa.Table) -> Catalogue:
    """The catalogue of the tables ``indicators`` and ``indicator_synonyms``; an indicator's name is a wording of it too."""
    known = {
        row["indicator_id"]: Indicator(
            row["indicator_id"], row["unit"], row["kind"], row["direction"], row["classifier"]
        )
        for row in indicators.to_pylist()
    }
    rows = [row for row in synonyms.to_pylist() if row["indicator_id"] in known]
    wordings = {
        (plain(row["synonym"]), row["indicator_id"]): row["population"] for row in rows if "*" not in row["synonym"]
    }
    for row in indicators.to_pylist():
        wordings.setdefault((plain(row["name_zh"]), row["indicator_id"]), None)
    listed = tuple(
        Synonym(text, indicator_id, implied or population_of(text)[0])
        for (text, indicator_id), implied in sorted(wordings.items())
    )
    return Catalogue(
        known,
        _by_text((synonym.text, synonym) for synonym in listed),
        _by_text((population_of(s.text, covered(known[s.indicator_id]))[1], s) for s in listed),
        _by_text((core(synonym.text), synonym) for synonym in listed),
        _by_text((key, synonym) for synonym in listed if (key := bag(synonym.text)) is not None),
        _by_text((synonym.text[-HEAD:], synonym) for synonym in listed),
        _by_text((s.text[at:], s) for s in listed for at in range(SHORTEST_BEGINNING, len(s.text) - SHORTEST_END + 1)),
        tuple(
            (pattern(row["synonym"]), Synonym(row["synonym"], row["indicator_id"], row["population"]))
            for row in rows
            if "*" in row["synonym"]
        ),
        listed,
    )


def covered(indicator: Indicator) -> tuple[str, ...]:
    """Kinds of population under which a figure stays the indicator's. A rate may be that of any group of firms; a total of
    one group is a part of the total, but may leave out the small ones."""
    return ("size", "group") if indicator.kind == "rate" else ("size",)


def pattern(wording: str) -> re.Pattern[str]:
    """The expression for a wording with gaps.

    >>> bool(pattern("入选*百强*企业").fullmatch("入选全国软件百强榜单的企业"))
    True
    """
    return re.compile(f".{{0,{GAP}}}".join(re.escape(plain(part)) for part in wording.split("*")))


def _by_text(pairs: Iterable[tuple[str, Synonym]]) -> dict[str, tuple[Synonym, ...]]:
    found: defaultdict[str, list[Synonym]] = defaultdict(list)
    for text, synonym in pairs:
        found[text].append(synonym)
    return {text: tuple(synonyms) for text, synonyms in found.items()}
