"""Time expressions of a text as the guideline writes them: ``2019``, ``2021-Q1``, ``2021-05``, ``2016/2020``, ``/2025``.

Words that stand for a time (今年, 目前, 五年来) are rows of ``period_cues.csv``; they need the date of publication. Which figure
a time governs is decided in ``governing``.
"""

import re
from functools import cache

from pipeline.contract.late import Late
from pipeline.extract.clock import Clock as Clock
from pipeline.extract.clock import Time as Time
from pipeline.extract.holidays import HOLIDAYS, holiday_prefix, holidays_in
from pipeline.extract.mentions import in_dateline, in_name, in_title
from pipeline.extract.model import Period
from pipeline.extract.small_numbers import chinese_int, plan_years
from pipeline.extract.spans import is_span, months_until, spoken_span
from pipeline.extract.stretches import are_months, days_in, days_prefix, joined, since_then
from pipeline.extract.time_likeness import month_like, plan_like
from pipeline.extract.time_marks import has_times
from pipeline.extract.time_pattern import STARTS, opening_time, time_matches, time_words
from pipeline.extract.vocabulary import pattern

REPUBLIC = 1911
"""What is added to a year of the Republic."""
# 从2018年的, 到去年第六届展会的.
_OF_ONE = re.compile(r"(?:第[一二三四五六七八九十\d]{1,3}[届期次][^，；。、\d]{0,8})?的")
# 是2015年的12倍
_TIMES = re.compile(r"(?:底|末|同期)?的[约近]?[\d.一二两三四五六七八九十百千]{1,8}[多余]?倍")
# Words before a time that make it the base of a comparison, or the year something was founded, never the period of the figure.
_BASE = re.compile(
    r"(?:(?:建|成立|创办|创建|创立|诞生|起源|设立|组建|兴建|筹建|开办)于|始建|比|较|高于|低于|好于|快于|多于|少于|优于|同|与|超过|排到|排到了|排至)(?:“|「)?$"
)
# 截至6月底共有90家，2022年新增4家: the year is that of the increment alone.
_ADDED_IN = re.compile(r"(?:全年|当年)?(?:净增|新增|新认定|新培育|新建成|新引进)")
_STANDING = frozenset({"本年", "本年度", "当年", "上年", "上年度", "上一年"})
# 是2016年的1.4倍: the year is what the figure is measured by.
_TIMES_OF = Late(r"的[约近超]?[\d.一二三四五六七八九十两]+[多余]?[倍%％]")

# 由上年同期下降5%转为增长2%, 由上年末12%降至
_MOVES_FROM = re.compile(r"(?:同期|同月|全年)?的?(?:上升|下降|增长|上涨|回落|下跌)?\d")
# 比上月末和上年同期低: the second base of one comparison.
_BASE_LIST = Late(r"(?:(?<![占同环])比|较)[^，。；、]{0,3}(?:上|去|前|同|年|月|季)[^，。；]{0,5}(?:和|与|及|、)$")

_LISTS = ("和", "与", "及", "、")
_MEASURES = ("是", "为", "相当于")
_MEASURES_TO = (*_MEASURES, "达", "恢复")
_FULL_YEAR = re.compile(r"\d{4}")

# 较上一季的3.1%: the base has a figure of its own.
_VALUED = re.compile(r"(?:同期|同月|[底末])?的[约近]?\d")


def _year_of(text: str | None, clock: Clock, last: int | None) -> int | None:
    """A year in digits, Chinese digits, or a relative word."""
    if not text:
        return None
    text = text.removeprefix("民国")
    if text.isdigit():
        return int(text) + (REPUBLIC if len(text) == 3 else 0)
    reading = time_words().get(text)
    if reading is None:
        return chinese_int(text)
    if clock.standing and text in _STANDING:
        return None
    if reading == "same_year":
        return last if last is not None else clock.year
    if reading == "report":
        return clock.about
    kind, _, shift = reading.partition(":")
    return clock.year + int(shift) if kind == "year" and clock.year is not None else None


def _until(match: re.Match[str]) -> bool:
    """到2025年 is a deadline; 下滑至2019年的 and 提高到2025年的 only name the end of a movement."""
    if match["to"] is None or match.string[match.end() : match.end() + 1] == "的":
        return False
    before = match.string[max(0, match.start() - 1) : match.start()]
    return match["to"] != "至" or not "\u4e00" <= before <= "\u9fff"


def _begun(year: int, month: int, clock: Clock) -> int:
    """The year of 前11个月, 1—11月 in a text that names none: the last in which that month was over."""
    return (
        year - 1 if (clock.published or "")[:4] == str(year) and f"{year}-{month:02d}" > (clock.month or "") else year
    )


def _months(part: str) -> int:
    """How many months 首十个月 and 前三季度 are; 0 for other parts of a year."""
    if part[:1] not in tuple("首前头") or part.startswith("首季"):
        return 0
    return min(chinese_int(re.sub(r"[首前头个月季度份]", "", part)) * (3 if "季" in part else 1), 12)


def _part(year: int, part: str) -> str:
    if part.startswith("四个") or re.fullmatch(r"[一1].{1,3}[四4]季度", part):
        return str(year)
    if part.startswith("首季"):
        return f"{year}-Q1"
    if months := _months(part):
        return f"{year}-01/{year}-{months:02d}" if months > 1 else f"{year}-01"
    if len(part) > 4:  # 一至三季度
        return f"{year}-01/{year}-{'09' if part[-3] in '三3' else '06'}"
    if part == "上半年":
        return f"{year}-01/{year}-06"
    if part == "下半年":
        return f"{year}-07/{year}-12"
    return f"{year}-Q{chinese_int(part.removeprefix('第')[0])}"


def _last(number: int, unit: str, clock: Clock) -> str | None:
    """近3年来: from so many years before the month of publication to that month."""
    if clock.year is None:
        return None
    if clock.published is None or len(clock.published) < 7:
        return f"{clock.year - number}/{clock.year}" if unit == "年" else None
    year, month = int(clock.published[:4]), int(clock.published[5:7])
    months = year * 12 + month - 1 - (number * 12 if unit == "年" else number)
    return f"{months // 12:04d}-{months % 12 + 1:02d}/{clock.published[:7]}"


def _word(reading: str, clock: Clock) -> tuple[str, str] | None:
    """Text and kind for a word that is no plain year."""
    if reading == "month":
        return (clock.month, "as_of") if clock.month else None
    kind, _, number = reading.partition(":")
    if clock.year is None or clock.reviewed is None:
        return None
    if kind == "plan":
        first = clock.year - (clock.year - 1) % 5
        return f"{first}/{first + 4}", "span"
    if kind == "past":
        first = clock.reviewed - int(number) + 1
        return f"{first}/{clock.reviewed}" if first < clock.reviewed else str(first), "span"
    if kind == "next":
        return f"{clock.reviewed + 1}/{clock.reviewed + int(number)}", "span"
    return None


def _read(found: re.Match[str], clock: Clock, last: int | None, span: str | None = None) -> Period | None:
    """The period of one match, or None where a relative word has nothing to be relative to."""
    g = found.groupdict()
    until = _until(found)
    if g["fiscal"]:
        first = _year_of(g["fiscal"], clock, last) or 0
        return Period(f"{first}/{first // 100 * 100 + chinese_int(g['until'])}", "span", "years")
    if g["a"]:
        return Period(f"{_year_of(g['a'], clock, last)}/{_year_of(g['b'], clock, last)}", "span", "years")
    if g["plan"]:
        first, final = plan_years(chinese_int(g["plan"]))
        if g["plan_end"] or until:
            return Period(f"/{final}", "as_of", "plan_end")
        return Period(f"{first}/{final}", "span", "plan")
    if g["last"]:
        text = _last(chinese_int(g["last"]), g["last_unit"], clock)
        return Period(text, "span", "last_years") if text else None
    word = g["w"] or g["w2"] or g["w3"] or g["w4"]
    year = _year_of(g["y"] or g["y2"] or g["y3"] or g["y4"] or word, clock, last)
    if year is None and word and clock.standing and word in _STANDING:
        return None
    if year is None and word:
        if told := spoken_span(time_words()[word], clock.month, span):
            return Period(told[0], told[1], "part" if is_span(told[0]) else "word")
        whole = _word(time_words()[word], clock)
        return Period(whole[0], whole[1], "word") if whole else None
    if year is None:  # 截至6月底 looks back, whatever goal was named before
        past = until and last is not None and clock.year is not None and last > clock.year
        year = clock.year if past or last is None else last
        part = g["part"] or ""
        over = _months(part) if "月" in part else (chinese_int(g["m2"]) if g["m1"] in {"1", "一"} else 0)
        if year is not None and last is None and over:
            year = _begun(year, over, clock)
    if year is None:
        return None
    if g["m1"]:
        return Period(f"{year}-{chinese_int(g['m1']):02d}/{year}-{chinese_int(g['m2']):02d}", "span", "months")
    if g["part"]:
        return Period(_part(year, g["part"]), "span", "part")
    if g["m"]:
        month = f"{year}-{chinese_int(g['m']):02d}"
        if g["run"] and g["to"]:
            return Period(months_until(year, chinese_int(g["m"]), chinese_int(g["run"])), "span", "months")
        return Period(month, "as_of" if until or g["m_end"] else "span", "month")
    if until or g["y_end"] or g["before"]:
        return Period(f"/{year}", "as_of", "year_end")
    return Period(str(year), "span", "year")


def _turned(text: str, match: re.Match[str]) -> bool:
    """The time of a trend that is told to end or go on: 扭转上半年下降的趋势."""
    before, after = text[max(0, match.start() - 4) : match.start()], text[match.end() : match.end() + 20]
    return bool(pattern("<turn_verb>了?$").search(before) and pattern("[^，。；]{0,16}?<trend_noun>").match(after))


def _is_base(text: str, start: int, first: int) -> bool:
    """The words before a time tell that a figure is compared with it."""
    if text.endswith(_LISTS, start, first) and _BASE_LIST.search(text, max(start, first - 12), first):
        return True
    return _BASE.search(text[max(start, first - 4) : first]) is not None


def _is_of_one(text: str, before: str, match: re.Match[str]) -> bool:
    """从2022年的, 由上年下降5%转为, 到2025年的: the time holds for one figure only."""
    if not match["to"] and not before.endswith(("由", "从", "自")):
        return False
    moved = not match["to"] and _MOVES_FROM.match(text, match.end()) is not None
    return moved or _OF_ONE.match(text, match.end()) is not None


# 为今年以来最快增速: a record, no time of the figure.
_RECORD = Late(r"的?(?:最[快高低好大强佳差慢小]|新高|新低|历史|同期最)")


def find_times(
    text: str, start: int, end: int, clock: Clock, last_year: int | None = None, span: str | None = None
) -> list[Time]:
    """Time expressions of ``text[start:end]`` in order; offsets are those of ``text``. ``last_year`` is the year named before,
    ``span`` the quarter or month."""
    return read_times(text, start, end, clock, last_year, span) if has_times(text, start, end) else []


def read_times(
    text: str, start: int, end: int, clock: Clock, last_year: int | None = None, span: str | None = None
) -> list[Time]:
    """As ``find_times``, of a stretch that is known to hold a mark of times."""
    named = holidays_in(text, start, end, clock.holidays, clock.year)
    named += days_in(text, start, end, last_year or clock.year)
    found: list[Time] = []
    for match in time_matches(text, start, end, clock.republic):
        first, last = match.span()
        if (match["plan"] and not plan_like(match)) or (match["m"] and not month_like(text, match)):
            continue
        if named and any(one < last and first < two for one, two, _ in named):
            continue
        if in_name(text, first, last):
            continue
        period = _read(match, clock, last_year, span)
        if period is None:
            continue
        titled = in_title(text, first, last)
        if titled and "/" in period.text and period.rule != "word":
            continue
        if match["d"] and in_dateline(text, last):
            continue
        if text.endswith("以来", first, last) and _RECORD.match(text, last):
            continue
        before = text[max(start, first - 4) : first]
        times = _TIMES.match(text, last) is not None
        compared = _is_base(text, start, first)
        valued = compared and not times and _VALUED.match(text, last) is not None
        bound = valued or match["w4"] == "年内" or _is_of_one(text, before, match)
        bound = bound or (
            any(time.period.kind == "as_of" for time in found) and _ADDED_IN.match(text, last) is not None
        )
        measured = before.endswith(_MEASURES_TO if match["to"] else _MEASURES)
        times_of = measured and _TIMES_OF.match(text, last) is not None
        base = (compared and not valued) or times_of or times or _turned(text, match)
        if (since := since_then(text, first, last, period, clock)) is not None:
            period, base, bound = since, False, False
        if match["to"] and found and found[-1].end == first and are_months(found[-1].period, period):
            period = Period(f"{found[-1].period.text}/{period.text}", "span", "months")
            found[-1] = found[-1]._replace(end=last, period=period)
        else:
            found.append(Time(first, last, period, base, titled and period.rule != "word", bound))
        if not titled and not base and (year := _FULL_YEAR.search(period.text)):
            last_year = int(year[0])
            span = period.text if not compared and is_span(period.text) else span
    if not named:
        return joined(text, found)
    for first, last, days in named:
        based = _BASE.search(text[max(start, first - 4) : first]) is not None
        found.append(Time(first, last, Period(days, "span", "days"), based))
    return joined(text, sorted(found, key=lambda time: time.start))


@cache
def _prefix_starts() -> frozenset[str]:
    """Characters that a time begins with."""
    holidays = {name[0] for name in HOLIDAYS.split("|")}
    return frozenset(STARTS + "0123456789") | {word[0] for word in time_words()} | holidays | set('去上前往今自从“"')


def time_prefix(text: str) -> int:
    """Length of the time expression that opens the text, 0 where none does."""
    if text[:1] not in _prefix_starts():
        return 0
    if named := holiday_prefix(text) or days_prefix(text):
        return named
    match = opening_time(text)
    if match is None or (match["plan"] and not plan_like(match)) or (match["m"] and not month_like(text, match)):
        return 0
    return match.end() + (match[0].endswith("年") and text.startswith("内", match.end()))
