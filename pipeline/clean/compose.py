"""A further step of cleaning laid over the edits of the steps before.

Only the old edits that a new one meets are looked at; all others are taken over in one piece. A page has thousands of edits,
and of its ten steps most touch a few: to merge all of them anew each time took half of the time of cleaning.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from pipeline.clean.edits import Edit, check, joined_rules


class Mapped(Protocol):
    """What is asked of the text: it is a ``text.Text``."""

    @property
    def raw(self) -> str: ...
    @property
    def edits(self) -> tuple[Edit, ...]: ...
    @property
    def clean(self) -> str: ...
    @property
    def clean_starts(self) -> list[int]: ...
    def to_raw(self, start: int, end: int) -> tuple[int, int]: ...


def composed(text: Mapped, edits: Sequence[Edit]) -> tuple[list[Edit], list[int]]:
    """The edits of a text with those of a step, in offsets of its clean text, laid over them; and where in the new clean text
    the replacement of each begins. Raises ValueError where they would overlap."""
    made: list[Edit] = []
    starts: list[int] = []  # where the replacements of the edits begin in the new clean text
    done = grown = 0  # old edits that have been taken over, and by how much the step made the text longer so far
    old, old_starts, raw, clean = text.edits, text.clean_starts, text.raw, text.clean
    for first, last, new in _touched(text, edits):
        if done < first:
            made += old[done:first]
            starts += [start + grown for start in old_starts[done:first]] if grown else old_starts[done:first]
        done = last
        # By how much the clean text is longer than the raw one before the first edit met.
        shift = old_starts[first] - old[first][0] if first < len(old) else len(clean) - len(raw)
        if first == last:  # the new edit stands where no old one does
            start, end, replacement, rule = new[0]
            if replacement != clean[start:end]:
                made.append(Edit(start - shift, end - shift, replacement, rule))
                starts.append(start + grown)
                grown += len(replacement) - (end - start)
            continue
        shift += grown
        around = _around(text, first, last, new)
        # One edit behind all before it keeps the rules: that is nearly always so, and the check is a call for each.
        if len(around) > 1 or (made and around and around[0][0] < made[-1][1]):
            check(around, made[-1][1] if made else 0, len(raw))
        for edit in around:
            start, end, replacement, _ = edit
            made.append(edit)
            starts.append(start + shift)
            shift += len(replacement) - (end - start)
        for start, end, replacement, _ in new:
            grown += len(replacement) - (end - start)
    made += old[done:]
    starts += [start + grown for start in old_starts[done:]] if grown else old_starts[done:]
    return made, starts


def _touched(text: Mapped, new: Sequence[Edit]) -> Iterator[tuple[int, int, Sequence[Edit]]]:
    """New edits, those that touch the same old ones together, with the indices of the first old one and behind the last.

    All other old edits stay as they are: a page has thousands, and a step seldom touches more than a few.
    """
    old, starts = text.edits, text.clean_starts
    together: list[Edit] = []
    first = last = reached = 0  # ``reached``: where the replacement of the last old edit ends in the clean text
    for edit in new:
        if together:
            if first < last and edit[0] <= reached:
                begin, end = _met(old, starts, edit, first)
                if begin < last:
                    together.append(edit)
                    last = max(last, end)
                    reached = starts[last - 1] + len(old[last - 1][2])
                    continue
            yield first, last, together
        together = [edit]
        first, last = _met(old, starts, edit, last)
        reached = starts[last - 1] + len(old[last - 1][2]) if first < last else 0
    if together:
        yield first, last, together


def _met(old: Sequence[Edit], starts: Sequence[int], edit: Edit, done: int) -> tuple[int, int]:
    """The old edits that a new one meets: where it replaces, those whose replacements it cuts; where it inserts, those beside
    the place too. Those before ``done`` are known to be met by earlier ones alone."""
    start, end, _, _ = edit
    last = first = bisect_right(starts, start, done)
    if start < end:
        if first > done and starts[first - 1] + len(old[first - 1][2]) > start:
            first -= 1
        return first, max(first, bisect_left(starts, end, first))
    while first > done and starts[first - 1] + len(old[first - 1][2]) >= start:
        first -= 1
    return first, last


def _around(text: Mapped, first: int, last: int, new: Sequence[Edit]) -> list[Edit]:
    """The old edits from ``first`` to ``last`` with the new ones laid over them, without those that change nothing."""
    raw = text.raw
    if len(new) == 1 and new[0][0] < new[0][1]:
        laid = _laid_over(text, first, last, new[0])
        return [edit for edit in laid if edit[2] != raw[edit[0] : edit[1]]]
    composed: list[Edit] = []
    for edit in _compose(text, first, last, new):
        if composed and composed[-1].start == composed[-1].end == edit.start == edit.end:
            before = composed.pop()
            edit = Edit(
                edit.start, edit.end, before.replacement + edit.replacement, joined_rules(before.rule, edit.rule)
            )
        if edit.replacement != raw[edit.start : edit.end]:
            composed.append(edit)
    return composed


def _laid_over(text: Mapped, first: int, last: int, edit: Edit) -> Iterable[Edit]:
    """What ``_merge`` gives for one new edit that cuts each of the old ones: the rule for marks and blanks."""
    old, starts, clean = text.edits[first:last], text.clean_starts, text.clean
    edit_start, edit_end, replacement, rule = edit
    behind = starts[last - 1] + len(old[-1][2])
    start, end = min(starts[first], edit_start), max(behind, edit_end)
    raw_start, raw_end = old[0][0] - (starts[first] - start), old[-1][1] + (end - behind)
    if replacement == "" and (edit_start, edit_end) == (start, end):
        return _deleted(list(old), raw_start, raw_end, rule)
    replacement = clean[start:edit_start] + replacement + clean[edit_end:end]
    return [Edit(raw_start, raw_end, replacement, joined_rules(*[one[3] for one in old], rule))]


def _compose(text: Mapped, first: int, last: int, edits: Sequence[Edit]) -> Iterator[Edit]:
    """Edits of a step laid over those of ``text`` from ``first`` to ``last``, in raw offsets and raw order.

    Both lists are intervals of the same middle text. Intervals that overlap form a group and become one edit.
    """
    old = [
        (start, start + len(edit.replacement), 0, edit)
        for start, edit in zip(text.clean_starts[first:last], text.edits[first:last], strict=True)
    ]
    new = [(edit.start, edit.end, 1, edit) for edit in edits]
    # Sorting by offsets is stable, so old edits that collapsed to one place stay in raw order, before an insertion there.
    intervals = sorted(old + new, key=lambda interval: interval[:2])
    group: list[tuple[int, int, int, Edit]] = []
    reached = -1
    for interval in intervals:
        overlaps = bool(group) and group[0][0] < interval[1] and interval[0] < reached
        if not overlaps and group:
            yield from _merge(text, group, reached)
            group = []
        reached = max(reached, interval[1]) if group else interval[1]
        group.append(interval)
    if group:
        yield from _merge(text, group, reached)


def _merge(text: Mapped, group: list[tuple[int, int, int, Edit]], end: int) -> Iterator[Edit]:
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
