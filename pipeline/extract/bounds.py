"""Words of bound around a number (约, 超过, 以上, 左右): rows of ``seeds/tables/bounds.csv``.

A cue before the number outranks one after it, and both outrank 余 or 多 inside. A cue governs the number it stands at; in a
list of bare numbers (超过3%、4%和5%) the one before the first governs all, one after governs its own (guideline).
"""

import re
from functools import cache
from typing import NamedTuple

from pipeline.contract.late import Late
from pipeline.contract.seed import seed_rows
from pipeline.extract.vocabulary import pattern

REACH = 24
_FILL = r"(?:了|为|有|达到|达|占|计|到|的)?(?:每[年季月周日天户人亩台次吨个]){0,2}[ \u3000]{0,2}$"
_CLAUSE_BREAK = Late(r"[，。；：！？、,;\n\d\ue000]")
_STEP = r"(?:的)?新?(?:的)?<step_noun>"
_STEP_VERB = r"<step_verb>[^，。；、\n]{0,6}$"


class Bound(NamedTuple):
    """A bound and the stretch of the cue that gave it."""

    code: str
    start: int
    end: int


@cache
def _before() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, tuple[str, str]]]:
    """The first characters of cues, the cue with what may fill the gap to the number, and bound and ``not_after`` of each.

    A hundred cues are tried only where one can begin: most numbers have none before them.
    """
    rows = sorted((r for r in seed_rows("bounds") if r["side"] == "before"), key=lambda r: -len(r["cue"]))
    cues = {row["cue"]: (row["bound"], row["not_after"]) for row in rows}
    firsts = re.compile(f"[{''.join(sorted(re.escape(cue[0]) for cue in cues))}]")
    return firsts, re.compile(rf"(?P<cue>{'|'.join(map(re.escape, cues))}){_FILL}"), cues


@cache
def _reaching() -> tuple[tuple[str, int, str], ...]:
    rows = (r for r in seed_rows("bounds") if r["side"] == "before" and r["gap"] != "0")
    return tuple((row["cue"], int(row["gap"]), row["bound"]) for row in rows)


@cache
def _after() -> tuple[re.Pattern[str], dict[str, str]]:
    cues = {row["cue"]: row["bound"] for row in seed_rows("bounds") if row["side"] == "after"}
    longest = sorted(cues, key=len, reverse=True)
    return re.compile(rf"[ \u3000]{{0,2}}(?P<cue>{'|'.join(map(re.escape, longest))})"), cues


def bound_before(text: str, at: int) -> Bound | None:
    """The cue that stands before offset ``at``, or reaches it (约占全国总量的…)."""
    window = text[max(0, at - REACH) : at]
    firsts, cue, cues = _before()
    places = [place.start() for place in firsts.finditer(window)]
    if not places:
        return None
    match = next((match for place in places if (match := cue.match(window, place))), None)
    if match:
        code, not_after = cues[match["cue"]]
        start = match.start()
        if not (start and window[start - 1] in not_after):
            return Bound(code, at - len(window) + start, at)
    for words, gap, code in _reaching():
        found = window.rfind(words)
        between = window[found + len(words) :]
        if found >= 0 and len(between) <= gap and not _CLAUSE_BREAK.search(between):
            return Bound(code, at - len(window) + found, at)
    return None


def bound_after(text: str, start: int, at: int) -> Bound | None:
    """The cue right after offset ``at``; 跃上…台阶 around the quantity ``text[start:at]`` is at least."""
    cue, cues = _after()
    match = cue.match(text, at)
    if match:
        return Bound(cues[match["cue"]], at, match.end())
    step = pattern(_STEP).match(text, at)
    verb = pattern(_STEP_VERB).search(text[max(0, start - REACH) : start]) if step else None
    if step and verb:
        return Bound("ge", start - min(REACH, start) + verb.start(), step.end())
    return None
