"""Whether a figure is a fact, a target, a forecast or a limit.

In this order: a cue in its clause or earlier in its sentence (``statement_cues.csv``), the time it holds for against the date of
publication, the section it stands in, the mood of its passage and section, the kind of document.
"""

import re
from dataclasses import dataclass

from pipeline.extract.cues import Hit, hits
from pipeline.extract.days import period_dates
from pipeline.extract.frames import Sentence, Slot
from pipeline.extract.grants import is_granted
from pipeline.extract.model import Period
from pipeline.extract.periods import Clock

_PROMISED = re.compile(r"(?:以上|左右)")
_PROGRAMME = re.compile(r"工作要点|行动方案|实施方案|工作方案|行动计划|工作安排|任务清单|工作计划|年度计划")
_BINDING = frozenset({"actual", "target", "forecast"})
_POLICIES = frozenset({"policy", "notice"})
_DEFAULTS = {"plan": "target", "policy": "target", "notice": "target"}
# Reports of what was done speak of intentions too; plans hardly of facts. From this part of facts on a passage is a report.
_FACT_PART = 0.15


@dataclass(frozen=True, slots=True)
class Mood:
    """Sums of the cue weights of a stretch of text: facts and intentions."""

    actual: float = 0.0
    target: float = 0.0

    def __add__(self, other: "Mood") -> "Mood":
        return Mood(self.actual + other.actual, self.target + other.target)

    @property
    def leaning(self) -> str | None:
        """actual or target; None where too little is said."""
        total = self.actual + self.target
        if total < 4:
            return None
        return "actual" if self.actual >= _FACT_PART * total else "target"


def mood_of(text: str) -> Mood:
    """Mood of a passage's text, by all its cues and by promised bounds (4%左右, 20个以上)."""
    mood = _sums(text, {"mood", "section", "sentence", "clause"})
    return mood + Mood(0.0, 2.0 * len(_PROMISED.findall(text)))


def tells_programme(opening: str) -> bool:
    """A headline or opening that reports on a programme of work."""
    return _PROGRAMME.search(opening) is not None


def stance_of(text: str) -> Mood:
    """Mood by the cues alone that bind a figure (将, 力争, 已, 目前): reporters praise in words of intention."""
    return _sums(text, {"section", "sentence", "clause"})


def _sums(text: str, governs: set[str]) -> Mood:
    sums = {"actual": 0.0, "target": 0.0}
    for hit in hits("statement_cues", text):
        if hit.row["governs"] in governs and hit.row["statement"] in sums:
            sums[hit.row["statement"]] += float(hit.row["weight"])
    return Mood(**sums)


def heading_statement(headings: list[str]) -> str | None:
    """What the innermost telling heading says of the figures below it."""
    for heading in reversed(headings):
        told = [h for h in hits("statement_cues", heading) if h.row["governs"] == "heading"]
        if told:
            return told[-1].row["statement"]
    return None


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a sentence: its headings' word, the moods of passage and section, the document's stance, its kind and date,
    and whether it reports on a programme of the year (工作要点)."""

    heading: str | None
    passage: Mood
    section: Mood
    stance: Mood
    document_type: str
    clock: Clock
    programme: bool = False


def cues_of(text: str) -> list[Hit]:
    """The cues of a sentence that bind figures, in order; found once a sentence."""
    told = hits("statement_cues", text)
    return [h for h in told if h.row["governs"] in {"sentence", "clause"} and h.row["statement"] in _BINDING]


def statement_of(
    slot: Slot, sentence: Sentence, cues: list[Hit], period: Period | None, setting: Setting
) -> tuple[str, str]:
    """Statement and the rule that told it. ``cues`` are those of the sentence, offsets from its start."""
    at = slot.quantity.start - sentence.start
    clause_start = slot.clause_start - sentence.start
    if is_granted(slot, sentence, setting.document_type in _POLICIES):
        return "limit", "grant"
    if told := _cue(cues, clause_start, at):
        ahead = told == "actual" and _by_period(period, setting.clock) == "target"
        return ("target", "period") if ahead else (told, "cue")
    if told := _by_period(period, setting.clock):
        return told, "period"
    if setting.heading:
        return setting.heading, "heading"
    if setting.programme and (period is None or period.rule == "headline"):
        return "target", "programme"
    for mood, rule in _moods(setting):
        if mood.leaning:
            return mood.leaning, rule
    return _DEFAULTS.get(setting.document_type, "actual"), "document"


def _moods(setting: Setting) -> tuple[tuple[Mood, str], ...]:
    """The moods that may decide: none in a plan, which is all intention, nor in a communiqué, which is all fact; the whole
    document's stance in news."""
    if setting.document_type in {"plan", "communique"}:
        return ()
    if setting.document_type in {"news", "brochure", "press_conference"}:
        return ((setting.stance, "stance"),)
    return ((setting.passage, "passage"), (setting.section, "section"))


def _cue(cues: list[Hit], clause_start: int, at: int) -> str | None:
    """The cue nearest before the figure that governs it; a goal named after it in the same sentence (…的目标)."""
    best: str | None = None
    for hit in cues:
        if hit.start < at and (hit.row["governs"] == "sentence" or hit.start >= clause_start):
            best = hit.row["statement"]
        elif hit.start >= at and hit.word in {"的目标", "任务目标"}:
            return "target" if best is None or hit.word == "的目标" else best
    return best


def _by_period(period: Period | None, clock: Clock) -> str | None:
    """A time wholly before publication is a fact; a deadline after it a target."""
    if period is None or clock.published is None:
        return None
    _, final = period_dates(period.text)
    published = period_dates(clock.published[:7])[1]
    if period.rule in {"headline", "report"}:
        return None
    if final > published and period.text.startswith("/"):
        return "target"
    if final.year < published.year or (final < published and period.rule in {"part", "months"}):
        return "actual"
    return None
