"""How times are written: the one pattern of all their forms, and the places of a text where one may begin."""

import re
from functools import cache

from pipeline.contract.seed import seed_rows
from pipeline.extract.alternation import alternation

_CN = "一二三四五六七八九十两"
_DASH = r"\s*(?:—{1,2}|–|－|-|～|~|至|到)\s*"


@cache
def time_words() -> dict[str, str]:
    """Words that stand for a time, each with its reading."""
    return {row["word"]: row["reading"] for row in seed_rows("period_cues")}


# Characters that a time begins with, beside those of the words of the table.
STARTS = "到至展截民近前首头上下第十“‘「" + _CN
_REPUBLIC_YEAR = re.compile(r"1[01]\d")
# What follows the digits that a time begins with.
_BEHIND_DIGITS = r"\d*+\s*+[年月季/—–－\-～~至到]"
# What follows the other characters but 到 and 至, where it is no word of the table.
_FOLLOWING = rf"望至止国\d{_CN}〇○零年月季个半‘「\s—–－\-～~到"


@cache
def _beginnings() -> re.Pattern[str]:
    """Where a time may begin: the long pattern is tried there alone, a twentieth of the places. It begins with a set of characters,
    for which Python's engine skips all others."""
    firsts, seconds = ("".join(sorted({word[at] for word in time_words()})) for at in (0, 1))
    every = f"{STARTS}0-9{firsts}"
    return re.compile(
        rf"[{every}](?:(?<=[0-9])(?={_BEHIND_DIGITS})|(?<=[^0-9])(?=[{_FOLLOWING}{seconds}])|(?<=[到至])(?=[{every}]))"
    )


def opening_time(text: str) -> re.Match[str] | None:
    """The time that opens a text; 114年 is one. Without what may be such a year both patterns find the same, and one is compiled."""
    return time_pattern(_REPUBLIC_YEAR.search(text) is not None).match(text)


def time_matches(text: str, start: int, end: int, republic: bool) -> list[re.Match[str]]:
    """What the pattern of times finds in ``text[start:end]``."""
    pattern, free = time_pattern(republic), start
    found = []
    for beginning in _beginnings().finditer(text, start, end):
        at = beginning.start()
        if at >= free and (match := pattern.match(text, at, end)):
            found.append(match)
            free = match.end()
    return found


@cache
def time_pattern(republic: bool) -> re.Pattern[str]:
    """A time in all its forms; ``republic``: 114年 is a year."""
    words = alternation(time_words())
    year = r"(?:19|20)\d{2}|二[〇○零][〇○零一二三四五六七八九]{2}|一九[〇○零一二三四五六七八九]{2}"
    if republic:
        year += r"|(?:民国)?1[01]\d(?=\s?年|\s?[至到—\-－~～]\s?1[01]\d\s?年)"
    some_year = rf"(?:(?P<y>{year})\s*年度?|(?P<w>{words}))"
    return re.compile(
        rf"(?P<to>到|至|展望|截至|截止到|截止|截至到)?(?:"
        rf"(?P<fiscal>{year})\s*年?(?:/|{_DASH})(?P<until>\d{{2}}|[〇○零一二三四五六七八九]{{2}})(?:财政年度|年度|学年|财年)"
        rf"|(?P<a>{year})\s*年?{_DASH}(?P<b>{year})\s*年"
        rf"|“?[‘「]?(?P<plan>[{_CN}]{{1,3}})五[”’」]?(?:规划)?(?P<plan_tail>时期|期间|以来)?(?P<plan_end>期?末|收官)?"
        rf"|近(?P<last>\d{{1,2}}|[{_CN}]{{1,2}})(?P<last_unit>年|个月)(?:多)?(?:来|以来|间)"
        rf"|(?:{some_year}的?)?(?P<m1>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月?{_DASH}(?P<m2>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?(?!\d{{1,2}}[日号])"
        rf"|(?:{some_year.replace('<y>', '<y2>').replace('<w>', '<w2>')}的?)?(?P<part>(?:(?<![此之日提目空先])前(?![一1]个?[月季])|[首头])(?:[一二三四五六七八九两]|十[一二]?|\d{{1,2}})(?:个?月份?(?!\d{{1,2}}[日号]|[^，。；、\d]{{0,4}}月)|个?季度?)|[一1]{_DASH}[二三四234]季度|四个季度|首季度?|上半年|下半年|第?[一二三四1-4]季度|第[一二三四1-4]季(?!度))"
        rf"|(?:{some_year.replace('<y>', '<y3>').replace('<w>', '<w3>')}的?)?(?P<m>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?P<d>\d{{1,2}}日)?(?P<m_end>底|末)?(?:(?:为?止|底止)?的?(?P<run>[三六九369]|十二|12)个月(?:期?内|期间)?)?(?!\d{{1,2}}[日号]|\d{{1,2}}\s?[—–\-－~～至到、和]\s?\d{{1,2}}[日号])"
        rf"|{some_year.replace('<y>', '<y4>').replace('<w>', '<w4>')}(?P<y_end>年?[底末]|[底末])?(?P<before>前|之前)?"
        rf")"
    )
