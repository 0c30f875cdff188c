"""A sentence laid out for the grammar: its clauses, and for each quantity the words before it and after it in its clause."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from pipeline.clean.sentences import sentences
from pipeline.extract.model import Quantity

# What parts clauses. The colon of 6:4, the dash of a range and a thousands comma lie inside a quantity and are passed over.
# It begins with a set of characters, for which Python's engine skips all others.
BREAK = re.compile(r"[，,；;。！？!?\n：:…—](?:(?<![：:…—])|(?<=[：:])(?!(?<=\d.)\d)|(?<=…)…|(?<=—)—)")
_REMARK = re.compile(r"[（(\[〔【][^（()）\[\]〔〕【】\n]{1,60}[）)\]〕】]")
# Sentences are joined over semicolons up to this many characters, and cut beyond, so that work grows with the text alone.
LONGEST = 1200
_OPENING, _CLOSING = "（(〔[【", "）)〕]】"
_OPENS = re.compile(r"[（(〔\[【]")


class Slot:
    """A quantity in its clause. ``lead``: the words from the clause (or the quantity before it) to it; ``tail``: the words after it
    up to the next quantity or the clause's end (``closed``). ``first``: no quantity stands before it in the clause. ``position``: its
    place among the sentence's slots. Borderline quantities (4个万亿级基地) are words like others."""

    __slots__ = ("clause", "clause_end", "clause_start", "closed", "first", "lead", "position", "quantity", "tail")

    def __init__(
        self,
        quantity: Quantity,
        clause: int,
        clause_start: int,
        clause_end: int,
        lead: str,
        tail: str,
        first: bool,
        closed: bool,
        position: int = 0,
    ) -> None:
        self.quantity, self.clause, self.clause_start, self.clause_end = quantity, clause, clause_start, clause_end
        self.lead, self.tail, self.first, self.closed, self.position = lead, tail, first, closed, position


class Sentence:
    """A sentence of the clean text with its clauses (start, end) and slots, in order."""

    __slots__ = ("clauses", "end", "slots", "start", "text")

    def __init__(
        self, start: int, end: int, text: str, clauses: tuple[tuple[int, int], ...], slots: tuple[Slot, ...]
    ) -> None:
        self.start, self.end, self.text, self.clauses, self.slots = start, end, text, clauses, slots

    def clause_text(self, index: int) -> str:
        start, end = self.clauses[index]
        return self.text[start - self.start : end - self.start]


def clauses_of(text: str, start: int, end: int, quantities: list[Quantity]) -> list[tuple[int, int]]:
    """Clauses of ``text[start:end]``: a mark inside a quantity or inside a bracketed remark without one does not part them."""
    parts, begin, at = [], start, 0
    remarks = _remarks(text, start, end, quantities)
    inside = 0
    for mark in BREAK.finditer(text, start, end):
        first, last = mark.span()
        while inside < len(remarks) and remarks[inside][1] <= first:
            inside += 1
        if inside < len(remarks) and remarks[inside][0] < first:
            continue
        while at < len(quantities) and quantities[at].end <= first:
            at += 1
        if at < len(quantities) and quantities[at].start < last:
            continue
        if _is_told(text, begin, first):
            parts.append((begin, first))
        begin = last
    if _is_told(text, begin, end):
        parts.append((begin, end))
    return parts or [(start, end)]


def _is_told(text: str, start: int, end: int) -> bool:
    """The stretch holds more than blanks."""
    return start < end and (not text[start].isspace() or not text[start:end].isspace())


def _remarks(text: str, start: int, end: int, quantities: list[Quantity]) -> list[tuple[int, int]]:
    """Bracketed remarks that hold no quantity, in order."""
    found = [remark.span() for remark in _REMARK.finditer(text, start, end)]
    if not found or not quantities:
        return found
    begins = [quantity.start for quantity in quantities]
    return [span for span in found if bisect_right(begins, span[0]) == bisect_left(begins, span[1])]


def lay_out(text: str, start: int, end: int, quantities: list[Quantity]) -> Sentence:
    """The sentence ``text[start:end]``; ``quantities`` are those inside it, in order."""
    clauses = clauses_of(text, start, end, quantities)
    starts = [clause[0] for clause in clauses]
    slots: list[Slot] = []
    place, reached = -1, None  # the clause of the figure before, and where it ended
    for position, (quantity, following) in enumerate(zip(quantities, _next_starts(quantities), strict=True)):
        own = max(0, bisect_right(starts, quantity.start) - 1)
        place, reached = own, reached if own == place else None
        clause_start, clause_end = clauses[own]
        closed = following is None or following >= clause_end
        tail_end = max(clause_end, quantity.end) if following is None or closed else following
        lead = text[clause_start if reached is None else reached : quantity.start]
        tail = text[quantity.end : tail_end]
        slots.append(Slot(quantity, own, clause_start, clause_end, lead, tail, reached is None, closed, position))
        if not quantity.borderline:
            reached = quantity.end
    return Sentence(start, end, text[start:end], tuple(clauses), tuple(slots))


def _next_starts(quantities: list[Quantity]) -> list[int | None]:
    """For each quantity, where the next one that is not borderline begins."""
    found: list[int | None] = []
    following: int | None = None
    for quantity in reversed(quantities):
        found.append(following)
        if not quantity.borderline:
            following = quantity.start
    return found[::-1]


def sentences_of(text: str, first: int, last: int, quantities: list[Quantity]) -> Iterator[tuple[int, int]]:
    """Sentences of the passage ``text[first:last]``. One that ends inside a quantity or in a semicolon is joined to the next: what stands before a
    semicolon governs what follows it."""
    begun: int | None = None
    at = 0
    for start, end in sentences(text, first, last):
        start = start if begun is None else begun
        begun = None
        while end - start > 2 * LONGEST:
            at, cut = _outside(quantities, at, start + LONGEST)
            if cut >= end:
                break
            yield start, cut
            start = cut
        at, cut = _outside(quantities, at, end) if quantities else (0, end)
        if end < last and (cut > end or (text[end - 1] in "；;" and end - start < LONGEST)):
            begun = start
            continue
        yield start, end
    if begun is not None:
        yield begun, last


def _outside(quantities: list[Quantity], at: int, offset: int) -> tuple[int, int]:
    """The first offset from this one on that lies in no quantity, and the first quantity that ends behind it."""
    while at < len(quantities) and quantities[at].end <= offset:
        at += 1
    inside = at < len(quantities) and quantities[at].start < offset
    return at, quantities[at].end if inside else offset


def strip_brackets(text: str) -> str:
    """The text without bracketed remarks; an unclosed bracket stays as it is.

    >>> strip_brackets("首台（套）设备")
    '首台设备'
    """
    if not _OPENS.search(text):
        return text
    kept: list[str] = []
    opened: list[int] = []
    for character in text:
        if character in _OPENING:
            opened.append(len(kept))
        kept.append(character)
        if character in _CLOSING and opened:
            del kept[opened.pop() :]
    return "".join(kept)
