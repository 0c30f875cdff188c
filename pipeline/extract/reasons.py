"""Why a numeral run of the raw text is no claim: a code of ``numeral_reason`` for each.

A run in text that cleaning removed has the reason in the name of the removing rule (``tag`` is markup, ``caption`` is
furniture). Any other is looked up in what the grammar read: an exclusion's reason, ``structural`` or ``legal`` for a
borderline quantity, and for a numeral without a unit what its surroundings say. ``unresolved`` is left for the rest.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from pipeline.clean.text import Text
from pipeline.extract.numerals import fold
from pipeline.extract.quantities import borderlines

_REMOVED = {
    "markup": ("front_matter", "tag", "entity", "style", "script_element", "comment"),
    "furniture": ("furniture", "caption", "notice", "image"),
}
_CHINESE = re.compile(r"[〇零一二三四五六七八九十百千万亿两半兆廿卅萬億兩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]+")
_LATIN = re.compile(r"[A-Za-z_#&@+/\\=~·]")
_VAGUE = re.compile(r"[几数若]$")


def reasons_of(text: Text, runs: Sequence[tuple[int, int]], structural: Sequence[tuple[int, int]]) -> list[str]:
    """One reason a run, in the order of ``runs`` (raw offsets, sorted). ``structural`` are raw stretches of borderline quantities."""
    stretches = _Stretches(text, structural)
    found = []
    edits, starts = text.edits, [edit.start for edit in text.edits]
    for start, end in runs:
        index = bisect_right(starts, start) - 1
        # Most runs of a page lie within a single tag or script.
        if index >= 0 and start < (edit := edits[index]).end >= end:
            removed = _removing(edit.rule) if not _has_numeral(edit.replacement) else None
        else:
            removed = _removed(text, start, end)
        found.append(removed or stretches.reason(start, end))
    return found


def _removed(text: Text, start: int, end: int) -> str | None:
    """The reason in the rule of the edit that removed the whole run; None where some of it is still there."""
    edits = text.edits_over(start, end)
    if not edits or edits[0].start > start or edits[-1].end < end or any(_has_numeral(e.replacement) for e in edits):
        return None
    return _removing("+".join(edit.rule for edit in edits))


@lru_cache(maxsize=1024)
def _removing(rule: str) -> str | None:
    """The reason in the names of rules, joined by ``+``, that removed a run."""
    rules = set(rule.split("+"))
    return next((reason for reason, names in _REMOVED.items() if any(_named(rule, names) for rule in rules)), None)


def _named(rule: str, names: tuple[str, ...]) -> bool:
    return rule.startswith(names)


def _has_numeral(replacement: str) -> bool:
    return replacement != "" and (any(c.isdigit() for c in replacement) or _CHINESE.search(replacement) is not None)


class _Stretches:
    """What the grammar read, as labelled stretches of the clean text, and the reason for a run in it."""

    def __init__(self, text: Text, structural: Sequence[tuple[int, int]]) -> None:
        self.text, self.folded = text, fold(text.clean)
        exclusions, borderline = borderlines(text.clean)
        labelled = [(x.start, x.end, x.reason) for x in exclusions]
        labelled += [(start, end, _borderline(rule)) for start, end, rule in borderline]
        labelled += [(text.to_clean(start), text.to_clean(end), "structural") for start, end in structural]
        self.spans = sorted(labelled)
        self.starts = [start for start, _, _ in self.spans]

    def reason(self, raw_start: int, raw_end: int) -> str:
        start, end = self.text.to_clean(raw_start), self.text.to_clean(raw_end)
        at = bisect_right(self.starts, start)
        for span_start, span_end, reason in reversed(self.spans[max(0, at - 4) : at]):
            if span_start <= start < span_end:
                return reason
        # A run of several words: 三农一体.
        if at < len(self.starts) and self.starts[at] < end:
            return self.spans[at][2]
        return self._from_surroundings(start, max(end, start + 1))

    def _from_surroundings(self, start: int, end: int) -> str:
        run, left, right = self.folded[start:end], self.folded[max(0, start - 2) : start], self.folded[end : end + 1]
        if _VAGUE.search(left):
            return "vague"
        if left.endswith("第"):
            return "ordinal"
        if _CHINESE.fullmatch(run):
            return "lexical"
        if _LATIN.search(left[-1:]) or _LATIN.match(right):
            return "name"
        return "unresolved"


def _borderline(rule: str) -> str:
    return "legal" if rule == "borderline:duration" else "structural"
