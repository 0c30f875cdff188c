"""Holidays that a document dates, and the time that each of their names then stands for.

端午假期（5月31日至6月2日） dates 端午: 端午期间, 端午假期 are those days wherever they stand. 五一 and 国庆 without days are
their months. The holidays of another year (去年端午假期) are none of them.
"""

import re
from calendar import monthrange

from pipeline.contract.late import Late

HOLIDAYS = "元旦|春节|清明|端午|中秋|国庆中秋|中秋国庆|国庆|五一|十一|暑期|暑运|春运|双节"
_KIND = "(?:节日|节|小长假|假期|假日|长假|黄金周)*(?:期间)?"
_MONTH, _DAY = r"1[0-2]|[1-9]", r"[12]\d|3[01]|[1-9]"
_DATED = Late(
    rf"(?:(?P<year>\d{{4}})年)?[“\"]?(?P<name>{HOLIDAYS})[”\"]?{_KIND}[（(](?:(?P<own>\d{{4}})年)?(?P<m1>{_MONTH})月(?P<d1>{_DAY})日?"
    rf"\s*(?:至|到|-|—{{1,2}}|－|–|～|~)\s*(?:(?P<m2>{_MONTH})月)?(?P<d2>{_DAY})日[^（()）]{{0,12}}[）)]"
)
# A holiday and a bracket, which few texts hold: looked for before the longer pattern, which is tried at every character.
_BRACKETED = Late(rf"(?:{HOLIDAYS})[”\"]?{_KIND}[（(]")
_SPOKEN = re.compile(
    rf"(?P<other>去年|上年|前年|往年)?(?:(?P<year>\d{{4}})年|今年)?[“\"]?(?P<name>{HOLIDAYS})[”\"]?(?P<kind>{_KIND})(?:[（(][^（()）]{{0,40}}日[^（()）]{{0,12}}[）)])?"
)
_NAMES = HOLIDAYS.split("|")
_NAME = re.compile(HOLIDAYS)
_MONTHS = {"五一": "05", "国庆": "10", "十一": "10"}


def _brackets_one(text: str) -> bool:
    """A bracket opens behind a holiday, as in few texts. Each name is looked for by itself, which is faster than all in one pattern."""
    for name in _NAMES:
        at = text.find(name)
        while at >= 0:
            if _BRACKETED.match(text, at):
                return True
            at = text.find(name, at + 1)
    return False


def dated_holidays(text: str, year: int | None) -> tuple[tuple[str, str], ...]:
    """Names of the holidays that the text dates, with their days; ``year`` is that of publication."""
    found: dict[str, str] = {}
    if not _brackets_one(text):
        return ()
    for match in _DATED.finditer(text):
        own = int(match["own"] or match["year"] or year or 0)
        first, last = (int(match["m1"]), int(match["d1"])), (int(match["m2"] or match["m1"]), int(match["d2"]))
        real = own and all(day <= monthrange(own, month)[1] for month, day in (first, last)) and first <= last
        if real:
            found.setdefault(match["name"], f"{own}-{first[0]:02d}-{first[1]:02d}/{own}-{last[0]:02d}-{last[1]:02d}")
    return tuple(sorted(found.items()))


def holidays_in(
    text: str, start: int, end: int, dated: tuple[tuple[str, str], ...], year: int | None
) -> list[tuple[int, int, str]]:
    """Where ``text[start:end]`` speaks of a holiday, and its days or month."""
    found: list[tuple[int, int, str]] = []
    if year is None or not _NAME.search(text, start, end):
        return found
    known = dict(dated)
    for match in _SPOKEN.finditer(text, start, end):
        name, days = match["name"], known.get(match["name"])
        if not match["kind"] or match["other"]:
            continue
        if days is not None and match["year"] in {None, days[:4]}:
            found.append((match.start(), match.end(), days))
        elif days is None and name in _MONTHS and match["kind"] != "节" and not match["year"]:
            found.append((match.start(), match.end(), f"{year}-{_MONTHS[name]}"))
    return found


def holiday_prefix(text: str) -> int:
    """Length of the holiday that opens the text, 0 where none does."""
    match = _SPOKEN.match(text)
    return match.end() if match and match["kind"] else 0
