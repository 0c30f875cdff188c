"""Whether the words make a value negative (降低15.6%, 低于全国2个百分点): rows of ``seeds/tables/directions.csv``.

One decision: the last word of direction in the clause counts. It is negative when it stands at the number or at most
``gap`` characters before it with no other number, no 的 and no word of the other direction between; a decline *to* a
value (降至, 下降到) is no decline *by* it.
"""

import re
from functools import cache

from pipeline.contract.late import Late
from pipeline.contract.seed import seed_rows
from pipeline.extract.vocabulary import pattern

REACH = 32
_CLAUSE = re.compile(r"[，。；：！？,;\n]")
_ADJACENT = re.compile(
    r"(?:了|幅度?|比例|率|均|都|各|分别|累计|平均|年均|超过|超|达到|达|约为|约|近|为|逾|突破|不低于|不少于|不超过|至少|高达|左右|同比|合计| |\u3000)*$"
)
_TO = re.compile(r"[了]?(?:到|至|成(?!本)|为(?!负))")
_MINUS = Late(r"(?:(?<![\dA-Za-z%)）\]个家—–\-－~～])[-−－]|(?<![减担欠抱肩辜胜])负|零下)[ ]?$")
_MINUS_ENDS = frozenset("-−－负下 \n")
# 降幅收窄至3%, 跌幅扩大到5%: a rate of decline that moves is a decline still.
_FALL = Late(r"[降跌减]幅[^，。；、\d]{0,8}$")
# 拉低投资增速2个百分点: the growth it takes from is no direction.
_PULLED_DOWN = r"<pull_down>[^，。；、\d\ue000的]{0,14}$"
# 比上年减少5%: 年减 is no word there.
_YEAR_BEFORE = re.compile(r"年(?<=[\d上去今全每]年)(?=[增减])")
_BREAKS_OBJECT = re.compile(r"[\d\ue000的]")


@cache
def _words() -> tuple[re.Pattern[str], dict[str, tuple[str, int, str]]]:
    words = {row["word"]: (row["sign"], int(row["gap"]), row["not_after"]) for row in seed_rows("directions")}
    longest = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), words


def minus_before(text: str, at: int) -> int | None:
    """Where a minus sign (or 负, 零下) before offset ``at`` begins; None without one."""
    if text[max(0, at - 1) : at] not in _MINUS_ENDS:
        return None
    match = _MINUS.search(text[max(0, at - 4) : at])
    return at - len(text[max(0, at - 4) : at]) + match.start() if match else None


def decline_before(text: str, at: int) -> int | None:
    """Where the word begins that makes the number at ``at`` negative; None where it is positive."""
    window = text[max(0, at - REACH) : at]
    window = _CLAUSE.split(window)[-1]
    if pulled := pattern(_PULLED_DOWN).search(window):
        return at - len(window) + pulled.start()
    if "年增" in window or "年减" in window:
        window = _YEAR_BEFORE.sub("\ue001", window)
    found, words = _words()
    for match in reversed(list(found.finditer(window))):
        sign, gap, not_after = words[match[0]]
        if match.start() and window[match.start() - 1] in not_after:
            continue
        rest = window[match.end() :]
        if _TO.match(rest) and (fall := _FALL.search(window, 0, match.start())):
            return at - len(window) + fall.start()
        adjacent = _ADJACENT.fullmatch(rest)
        if sign == "+":
            return None
        if _TO.match(rest) and not match[0].endswith("幅"):
            return None
        if adjacent or (gap and len(rest) <= gap and not _BREAKS_OBJECT.search(rest)):
            return at - len(window) + match.start()
        if gap:
            return None
    return None
