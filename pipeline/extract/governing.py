"""Which time governs a figure: its own clause, its sentence, the sentence before, the paragraph, the list, the heading, the document.

Rules (annotation guideline, settled cases): the nearest time before the figure in its sentence; else a time that opened the
paragraph; else the sentence before where a connective goes on from it; else the date that opened the list; else the heading.
A work report's or news item's undated figures hold for the year its title tells.
"""

import re
from dataclasses import dataclass, field

from pipeline.extract.model import Period
from pipeline.extract.numerals import fold
from pipeline.extract.periods import Clock, Time, find_times

# A sentence that goes on from the one before.
_CONNECTIVE = re.compile(r"^(?:但|其中|同时|此外|而|并|且|另外|相关|上述|这些|通过)")
_ITEM = re.compile(r"^\s*(?:——|—|－－|[-•·●◆■]|[（(]?[一二三四五六七八九十\d]+[）)、．.]|[一二三四五六七八九十]是)")
_OPENER = re.compile(
    r"^[\s　“《]*(?:[（(]?[一二三四五六七八九十\d]+[）)、．.]\s*|[一二三四五六七八九十]是|——)?(?:力争|预计|计划|全市|全省|各位代表[，,])?[，,]?$"
)


@dataclass
class Governing:
    """The times in force while a document is read from top to bottom."""

    clock: Clock
    headings: dict[int, Period | None] = field(default_factory=dict)
    paragraph: Period | None = None
    listed: Period | None = None
    before: Period | None = None
    last_year: int | None = None

    def heading(self, text: str, level: int) -> None:
        """A heading ends what stood below its level; a time in it governs its section."""
        for deeper in [key for key in self.headings if key >= level]:
            del self.headings[deeper]
        times = [t for t in find_times(text, 0, len(text), self.clock, self.last_year) if not t.base and not t.titled]
        self.headings[level] = times[-1].period if len(times) == 1 else None
        self.paragraph = self.listed = self.before = None

    def begin(self, text: str) -> None:
        """A paragraph or list item begins: only a list goes on under the date that opened it."""
        if not _ITEM.match(text):
            self.listed = None
        self.paragraph = self.before = None

    def sentence(self, text: str, start: int, end: int, opens: bool) -> list[Time]:
        """Times of a sentence; ``opens`` where it is the first of its paragraph."""
        times = find_times(text, start, end, self.clock, self.last_year)
        usable = [t for t in times if not t.base]
        if not _CONNECTIVE.match(text[start:end].lstrip()):
            self.before = None
        if usable:
            years = re.findall(r"\d{4}", usable[-1].period.text)
            self.last_year = int(years[-1])
            first = usable[0]
            opener = _OPENER.match(text[start : first.start]) is not None and not first.titled
            if opener and (opens or first.period.text.startswith("/") or "/" in first.period.text):
                self.paragraph = first.period
                if opens:
                    self.listed = first.period
            elif self.paragraph is not None and opener:
                self.paragraph = None
        return times

    def period(self, times: list[Time], at: int, tight: int) -> Period | None:
        """The period of a quantity at ``at``; ``tight`` is the end of the quantity before it in the sentence."""
        named = [t for t in times if not t.base and t.end <= at]
        usable = [t for t in named if not (t.bound and t.end < tight)]
        if usable:
            self.before = None if usable[-1].bound else usable[-1].period
            return usable[-1].period
        for period in (self.before, self.paragraph, self.listed):
            if period is not None:
                return period
        return named[-1].period if named else self.section

    @property
    def section(self) -> Period | None:
        """The time of the innermost heading that has one."""
        for level in sorted(self.headings, reverse=True):
            if (period := self.headings[level]) is not None:
                return period
        return None


def document_period(title: str | None, opening: str, document_type: str, clock: Clock) -> Period | None:
    """The year that governs the undated figures of a news item, report or communiqué: that of its headline, or of the yearly
    programme it reports on. None for plans and policies, whose undated paragraphs stay undated."""
    if document_type not in {"news", "communique", "press_conference"}:
        return None
    for text, forms in ((title or "", _HEADLINE), (opening, _YEAR)):
        told = [t for t in find_times(text, 0, len(text), clock) if forms.fullmatch(t.period.text) and not t.base]
        if text is opening:
            told = [t for t in told if t.titled]
        if told:
            return Period(told[0].period.text, "span", "headline")
    return None


def report_year(title: str | None, document_type: str) -> int | None:
    """The year that a communiqué reports on, as its title tells: the year before it is its 上年."""
    found = re.search(r"(?<!\d)((?:19|20)\d{2})年", fold(title or "")) if document_type == "communique" else None
    return int(found[1]) if found else None


_YEAR = re.compile(r"\d{4}")
_HEADLINE = re.compile(r"\d{4}(?:-Q\d|-\d{2}(?:/\d{4}-\d{2})?)?")
