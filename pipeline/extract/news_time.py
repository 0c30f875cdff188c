"""The time that a piece of news as a whole is about, for its undated figures: the span its first sentence reports on, the period
of the yearly or half-yearly reports it goes through, the month in which the fair or meeting it tells of was held."""

import re

from pipeline.contract.late import Late
from pipeline.extract.clock import Clock
from pipeline.extract.model import Period
from pipeline.extract.periods import find_times

_REPORT = Late(
    r"(?:(?P<year>(?:19|20)\d{2})年?|(?P<word>去年|今年|上年)的?)?(?P<kind>半年度?报告?|中报|中期报告|前三季度?报告|三季度?报告?|第三季度报告|一季度?报告?|第一季度报告|年度报告|(?<![0-9])年报)"
)
_FIRMS = re.compile(r"上市公司|[AH]股|沪深|科创板|创业板|证券|股东")
# 《…发展报告（2020）》, 《2020…白皮书》: the year of a title without 年.
_TITLED = Late(
    r"《(?:[^《》\n]{2,40}[（(](?P<last>20\d{2})(?:年度?)?[)）]|(?P<first>20\d{2})(?!\d)年?度?[^《》\n]{2,36}(?:报告|白皮书|蓝皮书))》"
)
_EDITION = Late(
    r"第[一二三四五六七八九十\d]{1,3}届[^，。；！？\n]{0,24}?(?:会|展|节|赛)[^，。；！？\n]{0,16}?(?:闭幕|落幕|开幕|举行|举办|启幕|收官|圆满结束|落下帷幕|拉开帷幕)"
)
_LEAD = Late(r"[^。！？]*\d[^。！？]*[。！？]?")
_HEAD = 160
"""Characters of an opening in which news says what it is about."""
_SPANS = frozenset({"part", "months", "days"})
# 还将发布《…(2023年)》: a report that is announced is no source of the figures beside it.
TO_COME = Late(r"将[^，。；《》]{0,8}(?:发布|推出|出台|公布|印发|编制)[^，。；《》]{0,6}$")


def news_period(title: str, opening: str, clock: Clock) -> Period | None:
    """The time a news item is about where its headline tells none; None where its opening tells none either."""
    for told in (_of_reports(title + "\n" + opening, clock), _of_title(opening), _of_event(title, opening, clock)):
        if told:
            return Period(told, "span", "headline")
    return _of_lead(opening, clock)


def _of_reports(text: str, clock: Clock) -> str | None:
    """2021年半年报, 一季报 of listed companies: the time these reports are on."""
    match = _REPORT.search(text)
    if match is None or not _FIRMS.search(text) or clock.year is None:
        return None
    kind = match["kind"]
    before = (kind[0] == "年" and match["word"] is None) or match["word"] in {"去年", "上年"}
    year = int(match["year"] or clock.year - before)
    if kind[0] in "半中":
        return f"{year}-01/{year}-06"
    if "三" in kind:
        return f"{year}-01/{year}-09"
    return f"{year}-Q1" if "一" in kind else str(year)


def _of_title(opening: str) -> str | None:
    match = _TITLED.search(opening)
    if match is None or TO_COME.search(opening[: match.start()]):
        return None
    return match["last"] or match["first"]


def _of_event(title: str, opening: str, clock: Clock) -> str | None:
    """The month named where a fair is told to open or close, else that of publication."""
    match = _EDITION.search(title) or _EDITION.search(opening[:_HEAD])
    if match is None:
        return None
    told = _EDITION.search(opening[:_HEAD])
    end = told.end() if told else 0
    times = [
        t
        for t in find_times(opening, opening.rfind("。", 0, end) + 1, end, clock)
        if t.period.rule in {"month", "days"}
    ]
    return times[-1].period.text if times else clock.month


def _of_lead(opening: str, clock: Clock) -> Period | None:
    """今年前三季度, at the head of the first sentence with figures: what the item reports on."""
    match = _LEAD.search(opening)
    if match is None:
        return None
    times = [t for t in find_times(opening, match.start(), match.end(), clock) if not t.base and not t.titled]
    spans = [t for t in times if t.period.rule in _SPANS]
    return Period(spans[0].period.text, "span", "headline") if spans and spans[0] is times[0] else None
