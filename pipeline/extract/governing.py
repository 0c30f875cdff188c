"""Which time governs a figure: its own clause, its sentence, the sentence before, the paragraph, the list, the heading, the document.

Rules (annotation guideline, settled cases): the nearest time before the figure in its sentence; else a time that opened the
paragraph; else the sentence before where a connective goes on from it; else the date that opened the list; else the heading.
A work report's or news item's undated figures hold for the year its title tells.
"""

import re
from bisect import bisect_left

from pipeline.contract.late import Late
from pipeline.extract.model import Period
from pipeline.extract.periods import Clock, Time, read_times
from pipeline.extract.spans import is_span

# A sentence that goes on from the one before.
_CONNECTIVE = re.compile(r"^(?:但|其中|同时|此外|而|并|且|另外|相关|上述|这些|通过|其次|当中|与此同时|另一方面)")
_ITEM = Late(
    r"\s*(?:——|第[一二三四五六七八九十]+[，,、]|—|－－|[-•·●◆■★▲◎○]|[（(]?[一二三四五六七八九十\d]+[）)、．.]|[①-⑳]|[一二三四五六七八九十]是)"
)
_OPENER = re.compile(
    r"^(?:【[^】]{1,10}】)?[\s　“《]*(?:[（(]?[一二三四五六七八九十\d]+[）)、．.]\s*|[一二三四五六七八九十]是|——)?"
    r"(?:[^，。；：]{0,8}目标(?:任务)?(?:是|为)?[：，])?"
    r"(?:(?:力争|争取)?(?:通过|经过|用|利用)[^，。；：]{2,10}(?:努力|时间|奋斗|建设|左右)[，,]?)?"
    r"(?:力争|争取|确保|预计|计划|预期|全市|全省|全县|全区|全州|我市|我省|我县|我区|各位代表[，,])*[，,]?$"
)
_NAMED = Late(
    r"(?P<name>[\u4e00-\u9fff]{0,2}第[\d一二三四五六七八九十]{1,3}[期轮批阶][\u4e00-\u9fff]{0,6}?)(?:预算|决算|计划|方案|行动|工程)[（(]$"
)
_CLOSES = re.compile(r"度?[)）]")
# The line below a picture names who took it; it heads nothing.
_CREDIT = Late(r"(?:摄影?|图片|供图|[资档]料图|截图|摄自[^）)]*)[）)】]?[\s。]*$")
# 服务输出亦上升: what is said too holds for the time of what was said before.
_TOO = re.compile(r"[^，。；：\d]{2,14}?(?:亦|也|则)(?=[^，。；：]*\d)")
# 全年 goes back from a later deadline to the year at hand.
_WITHIN_YEAR = re.compile(r"[\s　]*[^，。；]{0,4}(?:全年|年内)")
# The deadline that opens a sentence of such a section holds for the paragraphs below it.
_GOALS = re.compile(r"目标|总体(?:要求|思路|部署|考虑)|指导思想")
# A heading that runs into its paragraph: （一）总体目标。
_LONGEST_RUN_IN = 16
_CLAUSE_OPENER = Late(r"(?:^|[，,。；;：:！？\n“】 　])(?:在|截至|到|其中)?$")

# 某公司114年第三季…: whose time it is stands before.
_OWNER = Late(r"(?:^|[，,。；;：:！？\n“】 　])(?![^，]*[比较自从由到至及和与在同])[\u4e00-\u9fff]{2,8}$")


class Governing:
    """The times in force while a document is read from top to bottom. ``flowing``: news and speech, whose paragraph goes on with
    the time that opened a clause of an earlier sentence of it (``topic``). ``fresh``: a month without a year at the head of a
    paragraph is one of the year of publication, whatever year was named before. ``marks``: where the text that is read holds
    what times are not without (``time_marks``); ``until``: where the sentence read last ends."""

    def __init__(self, clock: Clock, marks: list[int], flowing: bool, fresh: bool) -> None:
        self.clock, self.marks, self.flowing, self.fresh = clock, marks, flowing, fresh
        self.headings: dict[int, Period | None] = {}
        self.until = 0
        self.paragraph: Period | None = None
        self.listed: Period | None = None
        self.before: Period | None = None
        self.last_year: int | None = None
        self.topic: Period | None = None
        self.going_on: Period | None = None
        self.span: str | None = None
        self.named: dict[str, Period] = {}
        self.spoken: Period | None = None
        self.goals: int | None = None
        self.run_in = self.listing = False

    def heading(self, text: str, level: int, marked: bool) -> None:
        """A heading ends what stood below its level; a time in it, which a ``marked`` one may hold, governs its section."""
        for deeper in [key for key in self.headings if key >= level]:
            del self.headings[deeper]
        self.span = None
        times = read_times(text, 0, len(text), self.clock, self.last_year) if marked else []
        times = [t for t in times if not t.base and not t.titled]
        self.headings[level] = times[-1].period if len(times) == 1 and not _CREDIT.search(text) else None
        self.paragraph = self.listed = self.before = self.topic = None
        if _GOALS.search(text):
            self.goals = level
        elif self.goals is not None and self.goals >= level:
            self.goals = None

    def begin(self, text: str, start: int, end: int) -> None:
        """A paragraph or list item begins: only a list goes on under the date that opened it, or that its announcement told."""
        if self.flowing:
            self._flow_on(text, start, end)
        elif self.listed is not None and not _ITEM.match(text, start, end):
            self.listed = None
        self.paragraph = self.before = self.span = None
        self.last_year = None if self.fresh else self.last_year
        self.run_in = False

    def _flow_on(self, text: str, start: int, end: int) -> None:
        """A paragraph or list item of news or speech begins."""
        ending = text[start:end].rstrip()[-1:]
        announced = ending in {"：", ":"}
        if _ITEM.match(text, start, end):
            self.listed = self.listed or self.topic
        elif not announced:
            self.listed = None
        if not announced and not self.listing:
            self.topic = None
        self.listing = announced or (self.listing and ending in {"；", ";"})

    def sentence(self, text: str, start: int, end: int, opens: bool) -> list[Time]:
        """Times of a sentence; ``opens`` where it is the first of its paragraph."""
        if not self.tells(start, end):
            self.pass_over(text, start, end, opens)
            return []
        times = read_times(text, start, end, self.clock, self.last_year, self.span)
        usable = [t for t in times if not t.base]
        if usable and (named := _named(text, start, usable)):
            self.named |= named
        self.pass_over(text, start, end, opens and not usable)
        if usable:
            self._open(text, start, usable, opens)
            if self.flowing:
                self.topic = self._told(text, usable) or self.topic
        elif _WITHIN_YEAR.match(text, start, end):
            self.paragraph = self.listed = None
            if self.goals is not None and (self.headings[self.goals] or _NO_TIME).text.startswith("/"):
                self.headings[self.goals] = None
        return times

    def pass_over(self, text: str, start: int, end: int, opens: bool) -> None:
        """What a sentence without times leaves of those before it. ``opens``: it is the first of its paragraph."""
        self.until, self.going_on = end, self.topic
        if opens and end - start <= _LONGEST_RUN_IN and _GOALS.search(text, start, end):
            self.run_in = True
        self.spoken = self.named_in(text[start:end]) if self.named else None
        if self.before is not None:
            opening = text[start:end].lstrip()
            if not (_CONNECTIVE.match(opening) or _TOO.match(opening)):
                self.before = None

    def _open(self, text: str, start: int, times: list[Time], opens: bool) -> None:
        """What the times of a sentence leave to those behind it: the year and span named last, and the first where it opens it."""
        self.span = next((t.period.text for t in times[::-1] if is_span(t.period.text)), self.span)
        self.last_year = int(_YEAR.findall(times[-1].period.text)[-1])
        first = times[0]
        opener = _OPENER.match(text[start : first.start]) is not None and not first.titled
        if opener and (opens or "/" in first.period.text):
            self.paragraph = first.period
            if opens or self.run_in:
                self.listed = first.period
            if self.goals is not None and first.period.text.startswith("/"):
                self.headings[self.goals] = self.listed = first.period
        elif self.paragraph is not None and opener:
            self.paragraph = None

    def tells(self, start: int, end: int) -> bool:
        """A stretch of the text that may hold a time."""
        at = bisect_left(self.marks, start)
        return at < len(self.marks) and self.marks[at] < end

    def _told(self, text: str, times: list[Time]) -> Period | None:
        """The last time that opens a clause, no day and no deadline, in a text that flows on."""
        for time in reversed(times):
            opens = _CLAUSE_OPENER.search(text[max(0, time.start - 8) : time.start]) is not None
            opens = opens or (
                time.period.rule == "part" and bool(_OWNER.search(text[max(0, time.start - 12) : time.start]))
            )
            day = text[time.end - 1] == "日" and time.period.rule != "days"
            if opens and not (time.bound or time.titled or day):
                return None if time.period.text.startswith("/") else time.period
        return None

    def period(self, text: str, times: list[Time], at: int, tight: int) -> Period | None:
        """The period of a quantity at ``at``; ``tight`` is the end of the quantity before it in the sentence."""
        named = [t for t in times if not t.base and t.end <= at]
        usable = [t for t in named if not (t.bound and t.end < tight)]
        if usable:
            if len(usable) > 1 and self._in_passing(text, usable[-1], at):
                usable = usable[:-1]
            self.before = None if usable[-1].bound else usable[-1].period
            return usable[-1].period
        for period in (self.before, self.spoken, self.going_on, self.paragraph, self.listed):
            if period is not None:
                return period
        return named[-1].period if named else self.section

    def _in_passing(self, text: str, time: Time, at: int) -> bool:
        """2020年产值9亿元，今年有望突破10亿元；渔船…: what was foreseen in passing ends with its semicolon."""
        ended = _SEMICOLON.search(text, time.end, at) is not None
        return ended and _OUTLOOK.match(text, time.start - 1, self.until) is not None

    def named_in(self, text: str) -> Period | None:
        """The years of a programme or budget that the text names and that told its years before: 第二期特别预算(108至109年度)."""
        return next((period for name, period in self.named.items() if name in text), None)

    @property
    def section(self) -> Period | None:
        """The time of the innermost heading that has one."""
        for level in sorted(self.headings, reverse=True):
            if (period := self.headings[level]) is not None:
                return period
        return None


def _named(text: str, start: int, times: list[Time]) -> dict[str, Period]:
    """Programmes and budgets that tell their years in brackets, by what their name opens with."""
    found: dict[str, Period] = {}
    for time in times:
        if "/" not in time.period.text[1:] or not _CLOSES.match(text, time.end):
            continue
        if name := _NAMED.search(text, max(start, time.start - 24), time.start):
            found[name["name"]] = Period(time.period.text, "span", "years")
    return found


def settled(period: Period, statement: str, measure: str, window: str) -> Period:
    """A period with what the statement adds: a target of the years of a plan is due at their end."""
    years = statement == "target" and re.fullmatch(r"\d{4}/\d{4}", period.text) and period.rule in {"plan", "word"}
    if years and measure in {"level", "share", "rank"} and not re.search(r"年均|累计|新增", window):
        return Period(f"/{period.text[5:]}", "deadline", period.rule)
    if period.text.startswith("/"):
        return Period(period.text, "deadline" if statement == "target" else "as_of", period.rule)
    return period


_NO_TIME = Period("", "span", "")
_SEMICOLON = re.compile(r"[；;]")
_OUTLOOK = Late(r"[，,](?:今年|明年|全年|预计|\d{4}年)[^，,；;。]{0,4}(?:有望|可望|预计|将)")
_YEAR = re.compile(r"\d{4}")
