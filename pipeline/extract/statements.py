"""Whether a figure is a fact, a target, a forecast or a limit.

In this order: a cue in its clause or earlier in its sentence (``statement_cues.csv``), the time it holds for against the date of
publication, the section it stands in, the mood of its passage and section, the kind of document.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.contract.late import Late
from pipeline.extract.cues import Hit, hits
from pipeline.extract.days import period_dates
from pipeline.extract.frames import Sentence, Slot
from pipeline.extract.grants import is_granted, tells_grant
from pipeline.extract.model import TELLING, Passage, Period
from pipeline.extract.periods import Clock

# 高于8月预测, 比原预期: what a figure is held against.
_COMPARED = Late(
    r"(?:比|较|高于|低于|优于|好于|逊于|差于|胜于|高出|超出|超过|超|不及|不如|符合|跟|与)[^，。；、：]{0,8}$"
)
# 预估明年将跌破: what is foreseen shall be.
_SHALL = frozenset({"将", "即将", "将会"})
_PART = re.compile(r"^[\s　]*(?:其中|当中|另|余下|其余|即)")
_DONE = re.compile(r"已")
_OWN_FIGURE = Late(r"(?:值|数)?的[约近]?[\d一二三四五六七八九十]")
# 规模以上, 限额以上, 亿元及以上 name classes of size.
_PROMISED = re.compile(r"以上(?<!规模以上)(?<!限额以上)(?<!及以上)|左右")
_PROGRAMME = Late(r"工作要点|行动方案|实施方案|工作方案|行动计划|工作安排|任务清单|工作计划|年度计划")
# 将算法、图谱融入生产: 将 moves its object, it promises nothing.
_DISPOSES = Late(
    r"(?!全面|加快|进一步|大力|积极|逐步|继续|持续|深度|深入|重点|陆续|推动|推进|不断|通过|在|以|对|把|由|从|于|有|会)[^，。；]{3,40}?(?:融入|应用于|运用于|运用到|应用到|转化为|转变为|转化成|变成|相结合|结合起来|嵌入|植入|搬到|搬上|搬进|送到|送进|带到|带进)"
)
# 到2025年，: a year to come, as far as an undated text tells.
_DUE = Late(r"(?:^|[，。；：\s])(?:力争|争取|确保)?到\d{4}年[底末]?")
_BINDING = frozenset({"actual", "target", "forecast"})
_POLICIES = frozenset({"policy", "notice"})
_DEFAULTS = {"plan": "target", "policy": "target", "notice": "target"}
# Reports of what was done speak of intentions too; plans hardly of facts. From this part of facts on a passage is a report.
_FACT_PART = 0.15
_OPENING = 160
"""Characters of a text in which news says what it is about."""


class Mood:
    """Sums of the cue weights of a stretch of text: facts and intentions."""

    __slots__ = ("actual", "target")

    def __init__(self, actual: float = 0.0, target: float = 0.0) -> None:
        self.actual, self.target = actual, target

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
    mood = _sums(text, _SAYING)
    return mood + Mood(0.0, 2.0 * len(_PROMISED.findall(text)))


def tells_programme(opening: str) -> bool:
    """A headline or opening that reports on a programme of work."""
    return _PROGRAMME.search(opening) is not None


def stance_of(text: str, title: str) -> Mood:
    """Mood by the cues alone that bind a figure (将, 力争, 已, 目前): reporters praise in words of intention. A text whose title
    and first lines tell of no intention takes no side for one."""
    stance = _sums(text, _BINDING_A_FIGURE)
    return stance if _sums(title + text[:_OPENING], _BINDING_A_FIGURE).target else Mood(max(stance.actual, 4.0), 0.0)


_BINDING_A_FIGURE = frozenset({"section", "sentence", "clause"})
_SAYING = _BINDING_A_FIGURE | {"mood"}


def _sums(text: str, governs: frozenset[str]) -> Mood:
    actual = target = 0.0
    for hit in hits("statement_cues", text):
        row = hit.row
        if row["governs"] not in governs:
            continue
        if row["statement"] == "actual":
            actual += float(row["weight"])
        elif row["statement"] == "target":
            target += float(row["weight"])
    return Mood(actual, target)


class Moods:
    """The moods of a document: of its passages, its sections and the whole. Each is summed when a figure asks for it; most find
    their statement before that."""

    def __init__(self, text: str, title: str, passages: Sequence[Passage]) -> None:
        self._text, self._title, self._passages = text, title, passages
        self._stance: Mood | None = None
        self._of_passage: dict[str, Mood] = {}
        self._of_section: dict[str, Mood] = {}

    def stance(self) -> Mood:
        """The stance of the whole text."""
        if self._stance is None:
            self._stance = stance_of(self._text, self._title)
        return self._stance

    def passage(self, passage: Passage) -> Mood:
        """The mood of a passage; a cell of a table has that of its row."""
        if passage.passage_id not in self._of_passage:
            whole = next(p for p in self._passages if p.passage_id == passage.passage_id)
            self._of_passage[passage.passage_id] = mood_of(self._text[whole.start : whole.end])
        return self._of_passage[passage.passage_id]

    def section(self, path: str) -> Mood:
        """The sum over the passages of a section."""
        if path not in self._of_section:
            moods = (self.passage(passage) for passage in self._passages if passage.section_path == path)
            self._of_section[path] = sum(moods, Mood())
        return self._of_section[path]


def heading_statement(headings: list[str]) -> str | None:
    """What the innermost telling heading says of the figures below it."""
    return next((told for heading in reversed(headings) if (told := _told_by(heading)) is not None), None)


@lru_cache(maxsize=1024)
def _told_by(heading: str) -> str | None:
    """What the last cue of a heading says; None where it has none. Kept: the passages of a section share their headings."""
    told = [h.row["statement"] for h in hits("statement_cues", heading) if h.row["governs"] == "heading"]
    return told[-1] if told else None


class Setting(NamedTuple):
    """What surrounds a sentence: its headings' word, its passage, the moods of the document, its kind and date, whether it
    reports on a programme of the year (工作要点), and the part of a work report it stands in."""

    heading: str | None
    passage: Passage
    moods: Moods
    document_type: str
    clock: Clock
    programme: bool = False
    part: str | None = None


def cues_of(text: str) -> list[Hit]:
    """The cues of a sentence that bind figures, in order; found once a sentence."""
    told: list[Hit | None] = []
    for hit in hits("statement_cues", text):
        if hit.word == "将" and _DISPOSES.match(text, hit.end):
            continue
        forecast = any(h and h.row["statement"] == "forecast" for h in told)
        told.append(hit if forecast else _as_base(hit, text))
    return [h for h in told if h and h.row["governs"] in {"sentence", "clause"} and h.row["statement"] in _BINDING]


def _as_base(hit: Hit, text: str) -> Hit | None:
    """A forecast that a fact is compared with (高于原预测) says nothing of the fact; with a figure of its own
    (高于原预测的3%) it binds its clause."""
    if hit.row["statement"] != "forecast" or not _COMPARED.search(text, max(0, hit.start - 12), hit.start):
        return hit
    owned = _OWN_FIGURE.match(text, hit.end)
    return Hit(hit.start, hit.end, hit.word, hit.row | {"governs": "clause"}) if owned else None


def statement_of(
    slot: Slot, sentence: Sentence, cues: list[Hit], period: Period | None, setting: Setting, basis: str = "none"
) -> tuple[str, str]:
    """Statement and the rule that told it. ``cues`` are those of the sentence, offsets from its start. ``basis``: growth
    against the year or quarter before has been measured unless something says otherwise."""
    at = slot.quantity.start - sentence.start
    clause_start = slot.clause_start - sentence.start
    if is_granted(slot, sentence, setting.document_type in _POLICIES):
        return "limit", "grant"
    if told := _cue(cues, clause_start, at):
        ahead = told == "actual" and _by_period(period, setting.clock) == "target"
        return ("target", "period") if ahead else (told, "cue")
    if told := _by_period(period, setting.clock):
        return told, "period"
    if setting.clock.published is None and period and period.text.startswith("/") and _DUE.search(sentence.text[:at]):
        return "target", "deadline"
    if setting.document_type == "policy" and tells_grant(sentence):
        return "limit", "support"
    if setting.heading:
        return setting.heading, "heading"
    if setting.part:
        return setting.part, "part"
    if setting.programme and (period is None or period.rule == "headline"):
        return "target", "programme"
    if basis in {"yoy", "qoq"} and setting.document_type not in _DEFAULTS:
        return "actual", "basis"
    for mood, rule in _moods(setting):
        if mood.leaning:
            return mood.leaning, rule
    return _DEFAULTS.get(setting.document_type, "actual"), "document"


def part_stated(slot: Slot, own: tuple[str, str], whole: tuple[str, str] | None) -> tuple[str, str]:
    """A part (其中20亿元用于…) is what its whole is said to be, unless its own words tell."""
    told = own[1] in {"cue", "grant", "period"} or whole is None or whole[1] not in {"cue", "whole"}
    if told or whole is None or not _PART.match(slot.lead) or _DONE.search(slot.tail):
        return own
    return whole[0], "whole"


def _moods(setting: Setting) -> Iterator[tuple[Mood, str]]:
    """The moods that may decide: none in a plan or policy, which is all intention, nor in a communiqué, which is all fact; the whole
    document's stance in news."""
    if setting.document_type in {"plan", "policy", "communique"}:
        return
    if setting.document_type in TELLING:
        yield setting.moods.stance(), "stance"
        return
    yield setting.moods.passage(setting.passage), "passage"
    yield setting.moods.section(setting.passage.section_path), "section"


def _cue(cues: list[Hit], clause_start: int, at: int) -> str | None:
    """The cue nearest before the figure that governs it; a goal named after it in the same sentence (…的目标)."""
    best: str | None = None
    for hit in cues:
        if hit.start < at and (hit.row["governs"] == "sentence" or hit.start >= clause_start):
            foreseen = best == "forecast" and hit.word in _SHALL
            best = best if foreseen else hit.row["statement"]
        elif hit.start >= at and hit.word in {"的目标", "任务目标"}:
            return "target" if best is None or hit.word == "的目标" else best
    return best


def _by_period(period: Period | None, clock: Clock) -> str | None:
    """A time wholly before publication is a fact; a deadline after it a target."""
    if period is None or clock.published is None:
        return None
    first, final = period_dates(period.text)
    published = period_dates(clock.published[:7])[1]
    if period.rule == "report" or (period.rule == "headline" and len(period.text) <= len("2025-10")):
        return "actual" if "Q" in period.text and final < published else None
    if final > published and period.text.startswith("/"):
        return "target"
    if first is not None and first.year > published.year:
        return "target"
    if final.year < published.year or (final < published and period.rule in {"part", "months", "headline"}):
        return "actual"
    return None
