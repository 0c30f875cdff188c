"""What a release's claims measure that is linked to no indicator, for ``liaoning review``: a person decides, and the tables keep it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.normalise.catalogue import Catalogue, catalogue
from pipeline.normalise.fitting import acceptable
from pipeline.normalise.likeness import shared
from pipeline.normalise.master import master_tables
from pipeline.normalise.matching import match
from pipeline.normalise.reading import sentence_before
from pipeline.normalise.wording import plain
from pipeline.publish.ask import ask

CLAIMS = """
    SELECT claims.* FROM claims LEFT JOIN (SELECT DISTINCT claim_id FROM evidence) AS used USING (claim_id)
    WHERE used.claim_id IS NULL ORDER BY source_id, raw_start, raw_end
"""
COLUMNS = pa.schema(
    [
        ("claims", pa.int64()),
        ("documents", pa.int64()),
        ("indicator_text", pa.string()),
        ("unit", pa.string()),
        ("candidate", pa.string()),
        ("score", pa.float64()),
        ("example", pa.string()),
        ("claim_id", pa.string()),
    ]
)
AROUND = 24
"""Characters of the sentence shown on either side of the figure."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """``table``: a row a wording and unit that nothing links, the most frequent first. The counts are of claims: the
    ``unlinked`` ones in the table; ``unplaced`` ones, whose indicator is known but whose subject is no known place or
    organisation; ``unnamed`` ones, for which no words of the document may be shown or none were found.
    """

    table: pa.Table
    unlinked: int
    unplaced: int
    unnamed: int


def review(folder: Path) -> Reviewed:
    """The claims of a release that became no observation, sorted out. Raises AskFailed where the folder is no release."""
    master = master_tables()
    known = catalogue(master["indicators"], master["indicator_synonyms"])
    groups: defaultdict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    unplaced = unnamed = 0
    for claim in ask(CLAIMS, folder).to_pylist():
        words = claim["indicator_text"]
        if not words:
            unnamed += 1
        elif match(words, claim["measure"], claim["unit"], known, sentence_before(claim)):
            unplaced += 1
        else:
            groups[words, claim["unit"]].append(claim)
    rows = [row(words, unit, claims, known) for (words, unit), claims in groups.items()]
    rows.sort(key=lambda one: (-one["claims"], one["indicator_text"], one["unit"]))
    return Reviewed(pa.Table.from_pylist(rows, COLUMNS), sum(one["claims"] for one in rows), unplaced, unnamed)


def row(words: str, unit: str, claims: list[Mapping[str, Any]], known: Catalogue) -> dict[str, Any]:
    """One wording with how often it stands, the indicator closest to it, and its first claim as an example."""
    first = claims[0]
    closest, score = nearest(words, first["measure"], unit, known)
    return {
        "claims": len(claims),
        "documents": len({claim["source_id"] for claim in claims}),
        "indicator_text": words,
        "unit": unit,
        "candidate": closest,
        "score": score,
        "example": next((said for claim in claims if (said := example(claim))), None),
        "claim_id": first["claim_id"],
    }


def nearest(words: str, measure: str, unit: str, known: Catalogue) -> tuple[str | None, float | None]:
    """The indicator with the wording most like these that a figure of the measure and unit can be of, and how like it is."""
    said = plain(words)
    likeness: dict[str, float] = {}
    for synonym in known.synonyms:
        if set(said) & set(synonym.text) and acceptable(known.indicators[synonym.indicator_id], measure, unit):
            score = shared(said, synonym.text)
            likeness[synonym.indicator_id] = max(score, likeness.get(synonym.indicator_id, 0.0))
    best = min(likeness, key=lambda name: (-likeness[name], name), default=None)
    return best, round(likeness[best], 2) if best else None


def example(claim: Mapping[str, Any]) -> str | None:
    """The figure in its sentence, as far as the document's evidence policy left it in the release."""
    quote, context = claim["quote"], claim["context"]
    if not quote or not context or quote not in context:
        return quote or None
    at: int = context.index(quote)
    return str(context[max(0, at - AROUND) : at + len(quote) + AROUND])
