"""The times of a whole document: when it was published, which year it reports on, which time its undated figures hold for."""

import re

from pipeline.contract.late import Late
from pipeline.extract.clock import Clock, Time
from pipeline.extract.model import Period
from pipeline.extract.news_time import TO_COME, news_period
from pipeline.extract.numerals import fold
from pipeline.extract.periods import find_times

_NAMED_YEAR = Late(r"(?<![\d/\-.—–－~～至到])((?:19|20)\d{2})年(?!\s?\d{1,2}月\s?\d|\s?[—–\-－~～至到]|以?来|起)")
_COMPARED = Late(r"(?:比|较|同|与|自|从|由|于|《|第)$")
_DATED_BY_TITLE = frozenset({"news", "press_release", "press_conference", "government_work_report"})
_MONTH_OR_YEAR = re.compile(r"\d{4}(?:-\d{2})?")
_DATE = r"((?:19|20)(?<!\d..)\d{2})年(1[0-2]|[1-9])月([12]\d|3[01]|[1-9])日"
_SESSION = Late(rf"{_DATE}[，,]?在[^\n。]{{2,40}}?(?:会议|大会|全会)|(?<=会议上)[^。：:]{{0,30}}?[（(]{_DATE}[）)]")
_MEETING = Late(r"会议|大会|全会")
_YEAR = re.compile(r"\d{4}")
# A quarter or a run of months, which no event is dated by.
_PART = re.compile(r"\d{4}-Q\d|\d{4}-\d{2}(?:/\d{4}-\d{2})?")
# 115年度总预算: a year of account.
_YEARS = re.compile(r"\d{4}(?:/\d{4})?")
_REPORTED = frozenset({"part", "months", "word", "month"})
# 公布今年第1季就业调查结果: what the release reports on.
_RESULTS = Late(r"(?:公布|发布|发表)[^，。；]{0,24}(?:结果|数据|统计|指标|报告|情况)")
_FIGURED = Late(r"[\d一二三四五六七八九十][%％]|个?百分点|分之")
_HEADLINE = re.compile(r"\d{4}(?:-Q\d|-\d{2}(?:/\d{4}-\d{2})?)?")


def document_period(title: str | None, opening: str, document_type: str, clock: Clock) -> Period | None:
    """The year that governs the undated figures of a news item, report or communiqué: that of its headline, or of the yearly
    programme it reports on, or, for a communiqué, the first one its text names. None for plans and policies, whose undated paragraphs stay undated."""
    if document_type not in {"news", "press_release", "communique", "press_conference", "other"}:
        return None
    for text, forms in ((title or "", _HEADLINE), (opening, _YEAR)):
        told = [t for t in find_times(text, 0, len(text), clock) if forms.fullmatch(t.period.text) and not t.base]
        if text is opening and document_type != "communique":
            told = [t for t in told if t.titled and not TO_COME.search(text[: text.rfind("《", 0, t.start)])]
        told = [t for t in told if text[t.end : t.end + 1] not in tuple("0123456789") and text[t.end - 1] != "日"]
        if told:
            lead = (
                news_period("", opening, clock) if told[0].period.rule == "days" and document_type == "news" else None
            )
            if lead is not None and lead.text.startswith(told[0].period.text + "-"):
                return lead
            return _nearer(told[0].period.text, opening, document_type, clock)
    near = _nearer(None, opening, document_type, clock)
    return near or (news_period(title or "", opening, clock) if document_type == "news" else None)


def _nearer(headline: str | None, opening: str, document_type: str, clock: Clock) -> Period | None:
    """The headline's time, or the part of its year that the first sentence of a news item reports on."""
    if document_type in {"news", "press_release"} and (headline is None or _YEAR.fullmatch(headline)):
        lead = re.split(r"[。！？]", opening, maxsplit=1)[0]
        times = [t for t in find_times(lead, 0, len(lead), clock) if not t.base and not t.titled]
        part = next((t.period for t in times if _reported(t, lead)), None)
        if (
            part
            and (_FIGURED.search(lead) or _RESULTS.search(lead))
            and (headline is None or part.text.startswith(headline))
        ):
            return Period(part.text, "span", "headline")
    return Period(headline, "span", "headline") if headline else None


def _reported(time: Time, lead: str) -> bool:
    """A quarter, a run of months, or a month that is no day's and no word's (目前)."""
    if _YEARS.fullmatch(time.period.text) and lead[time.start : time.end + 1].endswith("年度"):
        return True
    if not _PART.fullmatch(time.period.text) or time.period.rule not in _REPORTED:
        return False
    month = len(time.period.text) == len("2025-10") and "Q" not in time.period.text
    return not month or (time.period.rule == "month" and lead[time.start : time.end].endswith(("月", "月份")))


def report_year(title: str | None, document_type: str) -> int | None:
    """The year that a communiqué reports on, as its title tells: the year before it is its 上年."""
    found = re.search(r"(?<!\d)((?:19|20)\d{2})年", fold(title or "")) if document_type == "communique" else None
    return int(found[1]) if found else None


def told_year(text: str, document_type: str) -> int | None:
    """The year of a communiqué whose title tells none: the first that its text names and only compares nothing with."""
    if document_type != "communique":
        return None
    for match in _NAMED_YEAR.finditer(fold(text)):
        if not _COMPARED.search(text[max(0, match.start() - 4) : match.start()]):
            return int(match[1])
    return None


def publication_date(title: str | None, opening: str, document_type: str, published: str | None) -> str | None:
    """What 今年 is read against: when a work report was read out, as its opening tells it (2018年12月22日在…会议上); else when the
    document was published; else, of news and reports, the month or year that the title names."""
    read_out = document_type == "government_work_report" and _MEETING.search(opening)
    if read_out and (told := _SESSION.search(fold(opening))):
        when = [int(part) for part in told.groups() if part]
        return f"{when[0]}-{when[1]:02d}-{when[2]:02d}"
    if published or document_type not in _DATED_BY_TITLE:
        return published
    times = find_times(title or "", 0, len(title or ""), Clock(None))
    named = [t.period.text for t in times if _MONTH_OR_YEAR.fullmatch(t.period.text) and not t.base]
    return named[0] if named else None
