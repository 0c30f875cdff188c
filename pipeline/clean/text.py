"""Text with a memory: a raw text and the edits that lead to the clean one, as a map between the offsets of both.

Offsets are code points. An edit replaces ``raw[start:end]``; edits are sorted and do not overlap, and what no edit covers
is the same in both texts.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple


class Edit(NamedTuple):
    """One replacement. ``rule`` names why; where several rules touched the stretch their names are joined by ``+``.

    A tuple, since a page makes thousands: made in a third of the time that a frozen dataclass takes.
    """

    start: int
    end: int
    replacement: str
    rule: str


@dataclass(frozen=True)
class Text:
    """A raw text and its edits. Raises ValueError for edits that overlap, are unsorted or lie outside the raw text.

    >>> text = Text("产值<b>１</b>亿元", (Edit(2, 5, "", "tag"), Edit(5, 6, "1", "width"), Edit(6, 10, "", "tag")))
    >>> text.clean, text.to_raw(2, 4), text.to_clean(10)
    ('产值1亿元', (5, 11), 3)
    """

    raw: str
    edits: tuple[Edit, ...] = ()

    def __post_init__(self) -> None:
        _check(self.edits, 0, len(self.raw))

    @cached_property
    def clean(self) -> str:
        """The text with all edits applied."""
        raw, at = self.raw, 0
        parts: list[str] = []
        for start, end, replacement, _ in self.edits:
            parts += (raw[at:start], replacement)
            at = end
        return "".join([*parts, raw[at:]])

    @cached_property
    def _raw_starts(self) -> list[int]:
        return [edit.start for edit in self.edits]

    @cached_property
    def _clean_starts(self) -> list[int]:
        """Clean offset at which the replacement of each edit begins."""
        grown = [len(edit.replacement) - (edit.end - edit.start) for edit in self.edits]
        return [edit.start + shift for edit, shift in zip(self.edits, accumulate(grown, initial=0), strict=False)]

    def _raw_of(self, offset: int) -> tuple[int, int]:
        """Raw stretch of the clean character at ``offset``; behind the last character, the empty stretch at the end."""
        if offset >= len(self.clean):
            return len(self.raw), len(self.raw)
        index = bisect_right(self._clean_starts, offset) - 1
        if index < 0:
            return offset, offset + 1
        edit, start = self.edits[index], self._clean_starts[index]
        beyond = offset - start - len(edit.replacement)
        return (edit.start, edit.end) if beyond < 0 else (edit.end + beyond, edit.end + beyond + 1)

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The smallest raw stretch that yields ``clean[start:end]``; an edit that it cuts is included whole.

        An empty stretch gives the raw place of the next clean character. Raises ValueError outside the clean text.
        """
        if not 0 <= start <= end <= len(self.clean):
            raise ValueError(f"{start}-{end} is no stretch of a clean text of {len(self.clean)} characters")
        if not self.edits:
            return start, end
        first = self._raw_of(start)[0]
        return (first, first) if start == end else (first, self._raw_of(end - 1)[1])

    def to_clean(self, offset: int) -> int:
        """The clean offset of a raw one; inside a replaced stretch, where its replacement begins.

        Raises ValueError outside the raw text.
        """
        if not 0 <= offset <= len(self.raw):
            raise ValueError(f"{offset} is no offset of a raw text of {len(self.raw)} characters")
        index = bisect_right(self._raw_starts, offset) - 1
        if index < 0:
            return offset
        edit, start = self.edits[index], self._clean_starts[index]
        return start if offset < edit.end else start + len(edit.replacement) + offset - edit.end

    def edits_over(self, start: int, end: int) -> tuple[Edit, ...]:
        """The edits that replace some character of ``raw[start:end]``, in order."""
        index = max(bisect_right(self._raw_starts, start) - 1, 0)
        found = []
        while index < len(self.edits) and self.edits[index].start < end:
            if self.edits[index].end > start:
                found.append(self.edits[index])
            index += 1
        return tuple(found)

    def apply(self, edits_on_clean: Iterable[Edit]) -> "Text":
        """The text after a further step, whose edits are given in offsets of the present clean text.

        A new edit that overlaps replacements of old ones absorbs them, their rules joined by ``+``; edits that merely
        touch stay apart, so that each character keeps its own place. Where text is deleted, what was deleted inside it
        before keeps its own rule. Edits that change nothing vanish. Raises ValueError where the new edits overlap.

        >>> Text("a&lt;b", (Edit(1, 5, "<", "entity"),)).apply([Edit(0, 2, "", "furniture")]).edits
        (Edit(start=0, end=5, replacement='', rule='furniture+entity'),)
        """
        step = Text(self.clean, tuple(sorted(edits_on_clean)))
        if not step.edits:
            return self
        if not self.edits:
            return Text(self.raw, tuple(edit for edit in step.edits if edit[2] != self.raw[edit[0] : edit[1]]))
        composed: list[Edit] = []
        starts: list[int] = []  # where the replacements of the edits begin in the new clean text
        done = grown = 0  # old edits that have been taken over, and by how much the step made the text longer so far
        old, old_starts = self.edits, self._clean_starts
        for first, last, new in _touched(self, step.edits):
            if done < first:
                composed += old[done:first]
                starts += [start + grown for start in old_starts[done:first]] if grown else old_starts[done:first]
            done = last
            shift = self._shift(first)
            if first == last:  # the new edit stands where no old one does
                start, end, replacement, rule = new[0]
                if replacement != self.clean[start:end]:
                    composed.append(Edit(start - shift, end - shift, replacement, rule))
                    starts.append(start + grown)
                    grown += len(replacement) - (end - start)
                continue
            around = _composed(self, step, first, last, new)
            _check(around, composed[-1].end if composed else 0, len(self.raw))
            shift += grown
            for edit in around:
                composed.append(edit)
                starts.append(edit.start + shift)
                shift += len(edit.replacement) - (edit.end - edit.start)
            for edit in new:
                grown += len(edit.replacement) - (edit.end - edit.start)
        composed += old[done:]
        starts += [start + grown for start in old_starts[done:]]
        return _known(self.raw, tuple(composed), step.clean, starts)

    def _shift(self, index: int) -> int:
        """By how much the clean text is longer than the raw one before the edit of that index."""
        if index < len(self.edits):
            return self._clean_starts[index] - self.edits[index].start
        return len(self.clean) - len(self.raw)


def _check(edits: Iterable[Edit], reached: int, end: int) -> None:
    """Raises ValueError for edits that overlap, are unsorted or lie outside of ``reached``–``end``."""
    previous: Edit | None = None
    for edit in edits:
        if not reached <= edit.start <= edit.end <= end:
            raise ValueError(f"the edit {edit.start}-{edit.end} overlaps the one before it or leaves the text")
        if previous is not None and (previous.start, previous.end) == (edit.start, edit.end):
            raise ValueError(f"two edits insert at {edit.start}")
        reached, previous = edit.end, edit


def _known(raw: str, edits: tuple[Edit, ...], clean: str, clean_starts: list[int]) -> Text:
    """A text whose clean text and offsets are known already; its edits were checked where they changed."""
    text = object.__new__(Text)
    vars(text).update(raw=raw, edits=edits, clean=clean, _clean_starts=clean_starts)
    return text


def _touched(text: Text, new: Sequence[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """New edits, those that touch the same old ones together, with the indices of the first old one and behind the last.

    All other old edits stay as they are: a page has thousands, and a step seldom touches more than a few.
    """
    index, count = 0, len(new)
    while index < count:
        edit = new[index]
        first, last = _met(text, edit)
        together = [edit]
        index += 1
        while first < last and index < count:
            begin, end = _met(text, new[index])
            if begin >= last:
                break
            together.append(new[index])
            last = max(last, end)
            index += 1
        yield first, last, together


def _met(text: Text, edit: Edit) -> tuple[int, int]:
    """The old edits that a new one meets: where it replaces, those whose replacements it cuts; where it inserts, those beside
    the place too."""
    starts, edits = text._clean_starts, text.edits
    start, end = edit.start, edit.end
    first = bisect_right(starts, start)
    if start < end:
        if first and starts[first - 1] + len(edits[first - 1].replacement) > start:
            first -= 1
        return first, max(first, bisect_left(starts, end, first))
    last = first
    while first and starts[first - 1] + len(edits[first - 1].replacement) >= start:
        first -= 1
    return first, last


def _composed(text: Text, step: Text, first: int, last: int, new: list[Edit]) -> list[Edit]:
    """The old edits from ``first`` to ``last`` with the new ones laid over them, without those that change nothing."""
    if len(new) == 1 and new[0].start < new[0].end:
        return [
            edit
            for edit in _laid_over(text, first, last, new[0])
            if edit.replacement != text.raw[edit.start : edit.end]
        ]
    composed: list[Edit] = []
    for edit in _compose(text, step, first, last, new):
        if composed and composed[-1].start == composed[-1].end == edit.start == edit.end:
            before = composed.pop()
            edit = Edit(
                edit.start, edit.end, before.replacement + edit.replacement, joined_rules(before.rule, edit.rule)
            )
        if edit.replacement != text.raw[edit.start : edit.end]:
            composed.append(edit)
    return composed


def _laid_over(text: Text, first: int, last: int, edit: Edit) -> Iterable[Edit]:
    """What ``_merge`` gives for one new edit that cuts each of the old ones: the rule for marks and blanks."""
    old, starts = text.edits[first:last], text._clean_starts
    before, behind = starts[first], starts[last - 1] + len(old[-1].replacement)
    start, end = min(before, edit.start), max(behind, edit.end)
    raw_start, raw_end = old[0].start - (before - start), old[-1].end + (end - behind)
    if edit.replacement == "" and (edit.start, edit.end) == (start, end):
        return _deleted(list(old), raw_start, raw_end, edit.rule)
    replacement = text.clean[start : edit.start] + edit.replacement + text.clean[edit.end : end]
    return [Edit(raw_start, raw_end, replacement, joined_rules(*(one.rule for one in old), edit.rule))]


@lru_cache(maxsize=1024)
def joined_rules(*rules: str) -> str:
    """Rule names joined by ``+``, each once, in order of first appearance.

    >>> joined_rules("tag+space", "furniture", "space")
    'tag+space+furniture'
    """
    return "+".join(dict.fromkeys(name for rule in rules for name in rule.split("+")))


def _compose(text: Text, step: Text, first: int, last: int, edits: list[Edit]) -> Iterator[Edit]:
    """Edits of ``step`` laid over those of ``text`` from ``first`` to ``last``, in raw offsets and raw order.

    Both lists are intervals of the same middle text. Intervals that overlap form a group and become one edit.
    """
    old = [
        (start, start + len(edit.replacement), 0, edit)
        for start, edit in zip(text._clean_starts[first:last], text.edits[first:last], strict=True)
    ]
    new = [(edit.start, edit.end, 1, edit) for edit in edits]
    # Sorting by offsets is stable, so old edits that collapsed to one place stay in raw order, before an insertion there.
    intervals = sorted(old + new, key=lambda interval: interval[:2])
    group: list[tuple[int, int, int, Edit]] = []
    reached = -1
    for interval in intervals:
        overlaps = bool(group) and group[0][0] < interval[1] and interval[0] < reached
        if not overlaps and group:
            yield from _merge(text, step, group, reached)
            group = []
        reached = max(reached, interval[1]) if group else interval[1]
        group.append(interval)
    if group:
        yield from _merge(text, step, group, reached)


def _merge(text: Text, step: Text, group: list[tuple[int, int, int, Edit]], end: int) -> Iterator[Edit]:
    """The edits of one group of overlapping intervals; ``end`` is where the group ends in the middle text."""
    start = group[0][0]
    old = [edit for *_, kind, edit in group if kind == 0]
    new = [edit for *_, kind, edit in group if kind == 1]
    if not new:
        yield from old
        return
    if not old:
        edit = new[0]
        raw_start, raw_end = text.to_raw(start, end)
        yield Edit(raw_start, raw_end, edit.replacement, edit.rule)
        return
    raw_start = min(old[0].start, text.to_raw(start, end)[0])
    raw_end = max(old[-1].end, text.to_raw(start, end)[1])
    if len(new) == 1 and new[0].replacement == "" and (new[0].start, new[0].end) == (start, end):
        yield from _deleted(old, raw_start, raw_end, new[0].rule)
        return
    parts, at = [], start
    for edit in new:
        parts += [text.clean[at : edit.start], edit.replacement]
        at = edit.end
    parts.append(text.clean[at:end])
    yield Edit(raw_start, raw_end, "".join(parts), joined_rules(*(edit.rule for edit in old), *(e.rule for e in new)))


def _deleted(old: list[Edit], start: int, end: int, rule: str) -> Iterator[Edit]:
    """Deletion of ``raw[start:end]``, in which earlier deletions keep their own edit and rule.

    What was replaced before is deleted together with the characters around it, the deleting rule first.
    """
    at = begun = start
    absorbed: list[str] = []
    untouched = False  # whether characters that no edit had touched are among the deleted
    for edit in [*old, Edit(end, end, "", "")]:
        untouched = untouched or at < edit.start
        if edit.replacement:
            absorbed.append(edit.rule)
        else:
            if begun < edit.start:
                rules = (rule, *absorbed) if untouched else (*absorbed, rule)
                yield Edit(begun, edit.start, "", joined_rules(*rules))
            if edit.start < edit.end:
                yield edit
            begun, absorbed, untouched = edit.end, [], False
        at = edit.end
