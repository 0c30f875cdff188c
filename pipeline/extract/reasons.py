"""Why a numeral run of the raw text is no claim: a code of ``numeral_reason`` for each.

A run in text that cleaning removed has the reason in the name of the removing rule (``tag`` is markup, ``caption`` is
furniture). Any other is looked up in what the grammar read: an exclusion's reason, ``structural`` or ``legal`` for a
borderline quantity, and for a numeral without a unit what its surroundings say. ``unresolved`` is left for the rest.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache

from pipeline.clean.text import Text
from pipeline.contract.codes import codes_of
from pipeline.contract.late import Late
from pipeline.extract.numerals import fold
from pipeline.extract.readings import Readings

_REMOVED = {
    "markup": ("front_matter", "tag", "entity", "style", "script_element", "comment"),
    "furniture": ("furniture", "caption", "notice", "image"),
}
_CHINESE = Late(r"[〇零一二三四五六七八九十百千万亿两半兆廿卅萬億兩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]+")
_LATIN = re.compile(r"[A-Za-z_#&@+/\\=~·]")
_VAGUE = Late(r"[几数若]$")


@cache
def reasons() -> tuple[str, ...]:
    """The codes of ``numeral_reason``; where reasons are numbers, they count by them."""
    return tuple(sorted(codes_of("numeral_reason")))


def removed_by(rules: Sequence[str], replacements: Sequence[str | None]) -> list[int]:
    """Of each of some edits, the place among :func:`reasons` of the reason for the numerals that it removed; -1 where its rule tells
    none or its replacement holds one."""
    known = {rule: _removing(rule) for rule in dict.fromkeys(rules)}
    places = {rule: reasons().index(reason) if reason else -1 for rule, reason in known.items()}
    still = {new: _has_numeral(new or "") for new in dict.fromkeys(replacements)}
    return [-1 if still[new] else places[rule] for rule, new in zip(rules, replacements, strict=True)]


class Reasons:
    """The reasons of runs of one document; ``structural`` are raw stretches of borderline quantities, ``readings`` what was
    read of the clean text."""

    def __init__(self, text: Text, structural: Sequence[tuple[int, int]], readings: Readings) -> None:
        self._text, self._structural, self._readings = text, structural, readings

    def of(self, runs: Sequence[tuple[int, int]]) -> list[str]:
        """One reason a run, each given by start and end in the raw text, in order."""
        removed = [_removed(self._text, start, end) for start, end in runs]
        there = [start for (start, _), reason in zip(runs, removed, strict=True) if reason is None]
        stretches = _Stretches(self._text, there, self._structural, self._readings) if there else None
        return [
            reason or (stretches.reason(start, end) if stretches else "unresolved")
            for (start, end), reason in zip(runs, removed, strict=True)
        ]


def _removed(text: Text, start: int, end: int) -> str | None:
    """The reason in the rule of the edits that removed the whole run; None where some of it is still there."""
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
    """What the grammar read around some runs, as labelled stretches of the clean text, and the reason for a run in it."""

    def __init__(
        self, text: Text, runs: Sequence[int], structural: Sequence[tuple[int, int]], readings: Readings
    ) -> None:
        """``runs`` are the raw offsets of the runs that will be asked about, in order."""
        self.text = text
        self._folded: str | None = None
        labelled = [(text.to_clean(start), text.to_clean(end), "structural") for start, end in structural]
        for part in dict.fromkeys(readings.around(text.to_clean(start)) for start in runs):
            labelled += [(start, end, _reason_in(label)) for start, end, label in readings.labelled(*part)]
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
        if self._folded is None:
            self._folded = fold(self.text.clean)
        folded = self._folded
        run, left, right = folded[start:end], folded[max(0, start - 2) : start], folded[end : end + 1]
        if _VAGUE.search(left):
            return "vague"
        if left.endswith("第"):
            return "ordinal"
        if _CHINESE.fullmatch(run):
            return "lexical"
        if _LATIN.search(left[-1:]) or _LATIN.match(right):
            return "name"
        return "unresolved"


def _reason_in(label: str) -> str:
    """The reason in a label of ``Readings.labelled``."""
    if label == "borderline:duration":
        return "legal"
    return "structural" if label.startswith("borderline:") else label
