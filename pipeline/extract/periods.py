"""Time expressions of a text as the guideline writes them: ``2019``, ``2021-Q1``, ``2021-05``, ``2016/2020``, ``/2025``.

Words that stand for a time (今年, 目前, 五年来) are rows of ``period_cues.csv``; they need the date of publication. Which figure
a time governs is decided in ``governing``.
"""

import re
from dataclasses import dataclass
from functools import cache

from pipeline.contract.seed import seed_rows
from pipeline.extract.model import Period

REPUBLIC = 1911
"""What is added to a year of the Republic."""
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_CN = "一二三四五六七八九十两"
_DASH = r"\s*(?:—{1,2}|–|－|-|～|~|至|到)\s*"
# Words before a time that make it the base of a comparison, never the period of the figure.
_BASE = re.compile(r"(?:比|较|高于|低于|好于|快于|多于|少于|优于|同|与|超过)(?:“|「)?$")


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative words are read against: the date of publication, at the precision known (``2021``, ``2021-11``, ``2021-11-04``).

    ``about``: the year of a yearly report, for which 上年 is the year before its own; ``republic``: years may be those of
    the Republic (114年 is 2025), as Taiwan counts."""

    published: str | None
    about: int | None = None
    republic: bool = False

    @property
    def year(self) -> int | None:
        if self.about is not None:
            return self.about
        return int(self.published[:4]) if self.published else None

    @property
    def month(self) -> str | None:
        return self.published[:7] if self.published else None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression at ``start``-``end``. ``base``: only compared with. ``titled``: in a document's title. ``bound``: 从2022年的…, 到2025年的…, of one figure only."""

    start: int
    end: int
    period: Period
    base: bool = False
    titled: bool = False
    bound: bool = False


def chinese_int(text: str) -> int:
    """A small integer in Arabic or Chinese digits, up to 99. ValueError for anything else.

    >>> chinese_int("十四"), chinese_int("二十"), chinese_int("7")
    (14, 20, 7)
    """
    if text.isdigit():
        return int(text)
    if not text or not set(text) <= set(_DIGITS) | {"十"}:
        raise ValueError(f"no small integer: {text}")
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[c]) for c in text))


def plan_years(ordinal: int) -> tuple[int, int]:
    """First and last year of the N-th five-year plan (the tenth, 十五, began in 2001).

    >>> plan_years(14)
    (2021, 2025)
    """
    first = 2001 + 5 * (ordinal - 10)
    return first, first + 4


@cache
def _words() -> dict[str, str]:
    return {row["word"]: row["reading"] for row in seed_rows("period_cues")}


@cache
def _pattern(republic: bool) -> re.Pattern[str]:
    words = "|".join(sorted((re.escape(w) for w in _words()), key=len, reverse=True))
    year = r"(?:19|20)\d{2}|二[〇○零][〇○零一二三四五六七八九]{2}|一九[〇○零一二三四五六七八九]{2}"
    if republic:
        year += r"|(?:民国)?1[01]\d(?=\s?年)"
    some_year = rf"(?:(?P<y>{year})\s*年度?|(?P<w>{words}))"
    return re.compile(
        rf"(?P<to>到|至|截至|截止到|截止|截至到)?(?:"
        rf"(?P<a>{year})\s*年?{_DASH}(?P<b>{year})\s*年"
        rf"|“?[‘「]?(?P<plan>[{_CN}]{{1,3}})五[”’」]?(?:规划)?(?P<plan_tail>时期|期间|以来)?(?P<plan_end>期?末|收官)?"
        rf"|近(?P<last>\d{{1,2}}|[{_CN}]{{1,2}})(?P<last_unit>年|个月)(?:多)?(?:来|以来|间)"
        rf"|(?:{some_year}的?)?(?P<m1>\d{{1,2}})月?{_DASH}(?P<m2>\d{{1,2}})月份?(?!\d)"
        rf"|(?:{some_year.replace('<y>', '<y2>').replace('<w>', '<w2>')}的?)?(?P<part>前三季度|上半年|下半年|前三个季度|第?[一二三四1-4]季度|第[一二三四1-4]季(?!度))"
        rf"|(?:{some_year.replace('<y>', '<y3>').replace('<w>', '<w3>')}的?)?(?P<m>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?P<d>\d{{1,2}}日)?(?P<m_end>底|末)?(?!\d)"
        rf"|{some_year.replace('<y>', '<y4>').replace('<w>', '<w4>')}(?P<y_end>年?[底末]|[底末])?(?P<before>前|之前)?"
        rf")"
    )


def _year_of(text: str | None, clock: Clock, last: int | None) -> int | None:
    """A year in digits, Chinese digits, or a relative word."""
    if not text:
        return None
    text = text.removeprefix("民国")
    if text.isdigit():
        return int(text) + (REPUBLIC if len(text) == 3 else 0)
    reading = _words().get(text)
    if reading is None:
        return chinese_int(text)
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


def _part(year: int, part: str) -> str:
    if part.startswith("前三"):
        return f"{year}-01/{year}-09"
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
    if clock.year is None:
        return None
    if kind == "plan":
        first = clock.year - (clock.year - 1) % 5
        return f"{first}/{first + 4}", "span"
    if kind == "past":
        return f"{clock.year - int(number)}/{clock.year - 1}", "span"
    if kind == "next":
        return f"{clock.year}/{clock.year + int(number) - 1}", "span"
    return None


def _read(found: re.Match[str], clock: Clock, last: int | None) -> Period | None:
    """The period of one match, or None where a relative word has nothing to be relative to."""
    g = found.groupdict()
    until = _until(found)
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
    if year is None and word:
        whole = _word(_words()[word], clock)
        return Period(whole[0], whole[1], "word") if whole else None
    if year is None:  # 截至6月底 looks back, whatever goal was named before
        past = until and last is not None and clock.year is not None and last > clock.year
        year = clock.year if past or last is None else last
    if year is None:
        return None
    if g["m1"]:
        return Period(f"{year}-{int(g['m1']):02d}/{year}-{int(g['m2']):02d}", "span", "months")
    if g["part"]:
        return Period(_part(year, g["part"]), "span", "part")
    if g["m"]:
        month = f"{year}-{chinese_int(g['m']):02d}"
        return Period(month, "as_of" if until or g["m_end"] else "span", "month")
    if until or g["y_end"] or g["before"]:
        return Period(f"/{year}", "as_of", "year_end")
    return Period(str(year), "span", "year")


def _in_name(text: str, start: int, end: int) -> bool:
    """Inside “…” that holds no punctuation: part of a name, such as “2019年度示范园区”."""
    opening = text.rfind("“", max(0, start - 20), start)
    if opening < 0 or "”" in text[opening:start]:
        return False
    closing = text.find("”", end, end + 30)
    if closing < 0 or text[end - 1] == "”" or closing == end:
        return False
    return not re.search(r"[，。；：！？,;]", text[opening:closing])


def _in_title(text: str, start: int, end: int) -> bool:
    """Inside 《…》."""
    opening = text.rfind("《", max(0, start - 60), start)
    return opening >= 0 and "》" not in text[opening:start] and "》" in text[end : end + 60]


def find_times(text: str, start: int, end: int, clock: Clock, last_year: int | None = None) -> list[Time]:
    """Time expressions of ``text[start:end]`` in order; offsets are those of ``text``. ``last_year`` is the year named before."""
    found = []
    for match in _pattern(clock.republic).finditer(text, start, end):
        if match["plan"] and not _plan_like(match):
            continue
        if match["m"] and not _month_like(text, match):
            continue
        if _in_name(text, match.start(), match.end()):
            continue
        period = _read(match, clock, last_year)
        if period is None:
            continue
        titled = _in_title(text, match.start(), match.end())
        if titled and "/" in period.text and period.rule != "word":
            continue
        before = text[max(start, match.start() - 4) : match.start()]
        of_one = re.search(r"[由从自]$", before) or match["to"]
        bound = bool(of_one) and text[match.end() : match.end() + 1] == "的"
        found.append(
            Time(
                match.start(), match.end(), period, bool(_BASE.search(before)), titled and period.rule != "word", bound
            )
        )
        if not titled and (year := re.search(r"\d{4}", period.text)):
            last_year = int(year[0])
    return found


def time_prefix(text: str) -> int:
    """Length of the time expression that opens the text, 0 where none does."""
    match = _pattern(True).match(text)
    if match is None or (match["plan"] and not _plan_like(match)) or (match["m"] and not _month_like(text, match)):
        return 0
    return match.end()


def _plan_like(match: re.Match[str]) -> bool:
    """十四五 is a plan; 三五成群, 十五个 are not: a plan is quoted, or followed by a word of its own, and is the sixth or later."""
    whole, tail = match[0], match.string[match.end() : match.end() + 1]
    try:
        ordinal = chinese_int(match["plan"])
    except ValueError:
        return False
    quoted = any(mark in whole for mark in "“‘「")
    marked = bool(match["plan_tail"] or match["plan_end"]) or whole.endswith("规划") or tail in tuple("，。、；")
    return ordinal >= 8 and (quoted or (marked and ordinal >= 11))


def _month_like(text: str, match: re.Match[str]) -> bool:
    """月 alone may be a rate (月均) or a part of a word; a month has a year, a day, 份, 底, a preposition, or opens a clause."""
    if match["y3"] or match["w3"] or match["d"] or match["m_end"] or match["to"] or match[0].endswith("份"):
        return True
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    opens = before in "，。；：、（(\n 　" or before == ""
    return opens and (after in tuple("，,、召举在") or ("\u4e00" <= after <= "\u9fff" and after not in "均里内间来"))
