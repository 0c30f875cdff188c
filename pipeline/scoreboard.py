"""Scores as tables for ``liaoning score``: the accuracy of each document in each field, and the errors, worst first."""

from collections import Counter
from collections.abc import Iterator, Mapping

from rich.table import Table

from pipeline.score import FIELDS, WORST, Error, Score

FIGURES = (*FIELDS, "claim", "confident")


def accuracy(scores: Mapping[str, Score]) -> Table:
    """A row a document, and one of all together. ``-`` where a figure was not scored."""
    table = Table("document", "f1", "claims", *FIGURES)
    whole = Score()
    for name, scored in sorted(scores.items()):
        whole.join(scored)
        table.add_row(name, *_row(scored))
    table.add_row("all", *_row(whole))
    return table


def _row(scored: Score) -> list[str]:
    shares = (f"{scored.share(figure):.3f}" if scored.n[figure] else "-" for figure in FIGURES)
    return [f"{scored.f1:.3f}", str(scored.n["found"]), *shares]


def error_counts(scores: Mapping[str, Score]) -> Table:
    """Errors by document and kind; the documents with the worst errors first, those without any left out."""
    table = Table("errors in", *WORST)
    for name in _worst_first(scores):
        table.add_row(name, *_counts(scores[name].errors))
    table.add_row("all", *_counts([error for scored in scores.values() for error in scored.errors]))
    return table


def _counts(errors: list[Error]) -> list[str]:
    counted = Counter(error.kind for error in errors)
    return [str(counted[kind] or "") for kind in WORST]


def error_lines(scores: Mapping[str, Score]) -> Iterator[str]:
    """A line an error: by kind, the worst first; within a kind by document and place."""
    for kind in WORST:
        for name in sorted(scores):
            for error in sorted((e for e in scores[name].errors if e.kind == kind), key=lambda e: (e.start, e.told)):
                yield f"{name}: {kind} {error.start} {error.told}"


def _worst_first(scores: Mapping[str, Score]) -> list[str]:
    """Documents with errors: one that has more of the worst kind comes before one that has fewer, and so on down the kinds."""
    counts = {name: Counter(error.kind for error in scored.errors) for name, scored in scores.items() if scored.errors}
    return sorted(counts, key=lambda name: ([-counts[name][kind] for kind in WORST], name))
