"""Declared corrections of scanning faults: rows of ``seeds/corrections.yaml``, applied on exact context.

Nothing is corrected by guess: a row tells the documents by the sha256 of their bytes, the characters before and after the fault,
what it should be and what proves it. Where nothing decides what a figure was, ``right`` is null and the text stays; the claim is
then marked. A document that was revised has other bytes: its corrections are not applied until somebody reviewed them.
"""

from collections.abc import Iterator
from functools import cache

from pipeline.clean.declared import Correction, Declared, read
from pipeline.clean.text import Edit
from pipeline.contract.paths import SEEDS

FILE = SEEDS / "corrections.yaml"


@cache
def declared() -> Declared:
    """The file's documents and corrections. Raises ValueError as ``declared.read``."""
    return read(FILE)


def corrections() -> tuple[Correction, ...]:
    """All rows, in file order. Raises ValueError as ``declared``."""
    return declared().corrections


def applicable(sha256: str) -> tuple[Correction, ...]:
    """The corrections for a document of these bytes, and the global ones, in file order."""
    return declared().applicable(sha256)


def outdated(source_id: str, edition: str, sha256: str) -> Iterator[tuple[Correction, str]]:
    """The corrections that wait for a review, since the document was revised, each with the sha256 that it was reviewed on."""
    file = declared()
    if any(document.sha256 == sha256 for document in file.documents):
        return
    for correction in file.corrections:
        reviewed = [one.sha256 for one in correction.scope if (one.source, one.edition) == (source_id, edition)]
        if reviewed:
            yield correction, reviewed[-1]


def outcome(correction: Correction, found: int) -> str:
    """What became of a correction in a document that holds ``found`` of its places: a code of ``correction_outcome``.

    >>> from datetime import date
    >>> row = Correction("rate", (), "", "9。0%", "90%", "", "number", "", "", {}, "editors", date(2026, 1, 31), None)
    >>> outcome(row, 3)
    'applied'
    """
    if correction.scope and found != correction.expected_hits:
        return "failed"
    return "applied" if correction.right is not None else "undecided"


def hits(text: str, correction: Correction) -> list[int]:
    """Offsets at which the faulty characters stand in their context."""
    context = correction.printed
    found, at = [], text.find(context)
    while at >= 0:
        found.append(at + len(correction.before))
        at = text.find(context, at + len(context))
    return found


def correction_edits(text: str, correction: Correction) -> list[Edit]:
    """Edits, rule ``correction:<id>``, of the characters that differ; none where nothing decides what is right.

    >>> from datetime import date
    >>> row = Correction("rate", (), "达到", "9。0%", "90%", "", "number", "", "", {}, "editors", date(2026, 1, 31), None)
    >>> correction_edits("覆盖率达到9。0%", row)
    [Edit(start=6, end=7, replacement='', rule='correction:rate')]
    """
    wrong, right = correction.wrong, correction.right
    if right is None:
        return []
    head = 0
    while head < min(len(wrong), len(right)) and wrong[head] == right[head]:
        head += 1
    tail = 0
    while tail < min(len(wrong), len(right)) - head and wrong[-1 - tail] == right[-1 - tail]:
        tail += 1
    replacement = right[head : len(right) - tail]
    return [
        Edit(at + head, at + len(wrong) - tail, replacement, f"correction:{correction.id}")
        for at in hits(text, correction)
    ]
