"""Claims of a digest and of its original that a span ties together, and how far they agree field by field.

Of an original's wordings (indicator, subject) only what they link to or how alike they are is told, never the words.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.normalise.catalogue import catalogue
from pipeline.normalise.master import master_tables
from pipeline.normalise.matching import match
from pipeline.normalise.observations import sentence_before
from pipeline.score import ALIKE, alike, pairs
from pipeline.verify import Finding

Row = Mapping[str, Any]

FIGURE = ("value", "value_low", "value_high", "bound", "unit")
"""What a claim says in numbers."""
DEMANDED = ("statement", "period", "region_id")
LEAST = 0.9
"""Share of the tied claims that must agree in each of these, and in the indicator."""
TOLD = ("measure", "basis", "reference", "classifier")
"""Fields whose agreement is told and not demanded, like the subject's."""

Difference = Callable[[Row, Row], str | None]
"""What a digest's and its original's claim say differently, as "digest / original"; None where they agree."""


@dataclass(frozen=True, slots=True)
class Tied:
    """Claims of one document: digest and original in pairs, and those left over, in words."""

    pairs: Sequence[tuple[Row, Row]]
    alone: Sequence[str]


def figure(claim: Row) -> tuple[Any, ...]:
    """Value, both ends of a range, bound and unit of a claim."""
    return tuple(claim[name] for name in FIGURE)


def place(claim: Row) -> str:
    """Where a claim's figure stands, and the figure as printed."""
    return f"{claim['raw_start']}–{claim['raw_end']} “{claim['quote']}”"


def tie(spans: Sequence[Row], digest: Sequence[Row], original: Sequence[Row]) -> Tied:
    """Pairs the claims of a document by its spans, each claim once; a span and a claim belong together as the scorer pairs."""
    here, there = _by_span("digest", spans, digest), _by_span("original", spans, original)
    both = sorted(here.keys() & there.keys())
    alone = []
    for edition, claims, held in (("digest", digest, here), ("original", original, there)):
        used = {held[at] for at in both}
        alone += [f"{edition} {place(claim)}" for at, claim in enumerate(claims) if at not in used]
    return Tied([(digest[here[at]], original[there[at]]) for at in both], alone)


def _by_span(edition: str, spans: Sequence[Row], claims: Sequence[Row]) -> dict[int, int]:
    """Place of each span that holds a claim, and of that claim."""
    stretches = [{"start": span[f"{edition}_start"], "end": span[f"{edition}_end"]} for span in spans]
    return pairs(stretches, [{"start": claim["raw_start"], "end": claim["raw_end"]} for claim in claims])


def agreement(ties: Mapping[str, Tied]) -> list[Finding]:
    """Whether every claim is tied, whether tied claims state the same figure, and their agreement in the other fields."""
    tied = [(document, *pair) for document, held in sorted(ties.items()) for pair in held.pairs]
    alone = [f"{document}: {claim}" for document, held in sorted(ties.items()) for claim in held.alone]
    by_words = _compared(
        "tied: indicator, by words alone", tied, _words_differ("indicator_text"), LEAST, demanded=False
    )
    counted = [row for row in tied if row[1]["unit"] == "count"]
    return [
        Finding("claims: tied by a span", 2 * len(tied), 2 * len(tied) + len(alone), tuple(alone)),
        _compared("tied: figure", tied, _figures_differ),
        _compared("tied: indicator", tied, Wordings().differ, LEAST),
        *(_compared(f"tied: {name}", tied, _differ(name), LEAST) for name in DEMANDED),
        # What is another word for the same indicator is no difference to list.
        replace(by_words, differing=()),
        *(
            _compared(f"tied: {name}", counted if name == "classifier" else tied, _differ(name), LEAST, demanded=False)
            for name in TOLD
        ),
        _compared("tied: subject_text", tied, _words_differ("subject_text"), LEAST, demanded=False),
    ]


def _compared(
    what: str,
    tied: Iterable[tuple[str, Row, Row]],
    differ: Difference,
    least: float = 1.0,
    demanded: bool = True,
) -> Finding:
    told = [(document, digest, original, differ(digest, original)) for document, digest, original in tied]
    differing = tuple(
        f"{document}: digest {place(digest)}, original {place(original)}: {difference}"
        for document, digest, original, difference in told
        if difference is not None
    )
    return Finding(what, len(told) - len(differing), len(told), differing, demanded, least)


def _differ(name: str) -> Difference:
    def differ(digest: Row, original: Row) -> str | None:
        return None if digest[name] == original[name] else f"{digest[name] or '-'} / {original[name] or '-'}"

    return differ


def _figures_differ(digest: Row, original: Row) -> str | None:
    ours, theirs = figure(digest), figure(original)
    names = [name for name, our, their in zip(FIGURE, ours, theirs, strict=True) if our != their]
    return "; ".join(f"{name} {digest[name]} / {original[name]}" for name in names) or None


def _words_differ(name: str) -> Difference:
    """Wordings agree as the scorer has it: their common part is long enough."""

    def differ(digest: Row, original: Row) -> str | None:
        ours, theirs = digest[name] or "", original[name] or ""
        likeness = alike(ours, theirs)
        return None if likeness >= ALIKE else f"{ours or '-'} / {_hidden(theirs, likeness)}"

    return differ


def _hidden(wording: str, likeness: float) -> str:
    return f"{len(wording)} characters, likeness {likeness:.2f}" if wording else "-"


class Wordings:
    """Indicators by what they mean: both linked to the catalogue, they agree where the links do; else by their words."""

    def __init__(self) -> None:
        master = master_tables()
        self._known = catalogue(master["indicators"], master["indicator_synonyms"])
        self._by_words = _words_differ("indicator_text")

    def differ(self, digest: Row, original: Row) -> str | None:
        """The two links where both are linked and not alike, else how the wordings differ; None where they agree."""
        ours, theirs = self._linked(digest), self._linked(original)
        if ours and theirs:
            return None if ours == theirs else f"{'、'.join(ours)} / {'、'.join(theirs)}"
        return self._by_words(digest, original)

    def _linked(self, claim: Row) -> list[str]:
        words, measure, unit = claim["indicator_text"] or "", claim["measure"], claim["unit"]
        return [link.indicator_id for link in match(words, measure, unit, self._known, sentence_before(claim))]
