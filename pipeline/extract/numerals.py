"""Reading numerals: Arabic, Chinese and mixed, with scales, fractions and vague parts. Units are not read here.

Forms after GB/T 15835-2011 (numerals in publications). 万 is 1e4, 亿 1e8, 兆 1e12; a scale after a scale multiplies (万亿).
"""

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.contract.late import Late
from pipeline.extract.plain_digits import with_plain_digits

DIGITS = {"〇": Decimal(0), "两": Decimal(2)} | {c: Decimal(i) for i, c in enumerate("零一二三四五六七八九")}
TENS = {"廿": Decimal(20), "卅": Decimal(30)}
SMALL = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
LARGE = (("兆", Decimal(10) ** 12), ("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4))
SCALES = SMALL | dict(LARGE)
VAGUE = "余多来几"
HALF, TENTH = Decimal("0.5"), Decimal("0.1")
LONGEST = 40
"""Characters above which a run of numeral characters is no numeral but noise."""

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
# Words beside numbers too: a text that is not Traditional as a whole is not converted, and may still quote some.
_PLAIN = str.maketrans(
    "．％／＋萬億兩餘幾個點○壹條項戶間輛張種筆棟噸畝頃約達過於從佔減級",
    ".%/+万亿两余几个点〇一条项户间辆张种笔栋吨亩顷约达过于从占减级",
)
_FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟", "一二二三三四五六六七八九十百千")
# 陆, 伍, 拾 are words of their own (大陆, 队伍): they are numerals only beside other numerals.
_FORMAL_RUN = Late(r"[零〇一二两三四五六七八九十百千万亿兆贰貳叁參肆伍陆陸柒捌玖拾佰仟分之]{2,}")
_FORMAL_ONE = re.compile(r"[贰貳叁參肆伍陆陸柒捌玖拾佰仟]")
ANY_NUMERAL = re.compile(r"[\d零〇○一二两兩三四五六七八九廿卅十百千万萬亿億兆半壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]")
# Most texts hold nothing to fold: one scan tells so, at a tenth of what translating them costs.
_FOLDED = _WIDE | _PLAIN
_FOLDABLE = re.compile(f"[{''.join(map(chr, _FOLDED))}]")


def fold(text: str) -> str:
    """Width and script of numerals and numeral marks made plain, one character for one, so that offsets hold.

    >>> fold("３．４億餘條")
    '3.4亿余條'
    """
    plain = text.translate(_FOLDED) if _FOLDABLE.search(text) else text
    if not _FORMAL_ONE.search(plain):
        return plain
    return _FORMAL_RUN.sub(lambda run: run[0].translate(_FORMAL), plain)


def holds_numeral(text: str) -> bool:
    """Whether a text, folded or not, can hold a numeral at all: half of the passages of a plan do not."""
    return ANY_NUMERAL.search(text) is not None


class Numeral(NamedTuple):
    """A numeral at ``start``–``end``. ``value`` is None for a scanning fault; ``low``/``high`` are set for 三五.

    ``step`` is the size of the last printed digit, ``mantissa`` the number before its scale, ``scale`` the scale (1 without).
    ``vague`` is what stands inside (余, 多, 几, 数), ``form`` is arabic, chinese, mixed, bare (a scale alone) or fraction.
    """

    start: int
    end: int
    value: Decimal | None
    form: str
    step: Decimal | None = None
    mantissa: Decimal | None = None
    scale: Decimal = Decimal(1)
    vague: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    fault: bool = False


# 千 before 瓦, 兆 before 瓦 and 百 before 分点 belong to the unit.
_S = r"(?:十|百(?! ?分 ?[点比])|千(?! ?分 ?点|[瓦伏米克卡帕赫兆焦])|万|亿|兆(?![瓦赫比字帕焦伏]))"
_G = r"[ \u3000]{0,3}"
_GAP = r"[ \u3000]{1,3}"
# 共5 200宗: a blank for thousands, where no row of numbers stands.
_BLANKED = r"(?<![\d.,，表图第年月附])(?<!\d )\d{1,3}(?: \d{3})+(?![\d.,，])(?=[余多]?[\u4e00-\u9fff])(?![年月日号])"
_D = rf"(?:{_BLANKED}|\d{{1,3}}(?:[,，]\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?(?:e[-－]?\d{{1,2}}(?![A-Za-z\d]))?|(?<![\d.])\.\d+)"
_C1 = "[零〇一二两三四五六七八九廿卅]"
_ARABIC = (
    rf"(?:{_D}(?:{_G}[余多几](?={_G}[百千万亿兆]))?(?:[kK](?![A-Za-z\d瓦])|{_G}{_S}+)?"
    rf"(?:(?<=[十百千万亿兆])[零 \u3000]{{0,2}}{_D}{_G}{_S}+)*(?:(?<=[百千万亿兆])零?(?:\d{{1,3}}(?:[,，]\d{{3}})+(?!\d)|\d+))?)"
)
# A space stays inside a Chinese numeral only beside a scale: 四 百 is one numeral, 三 四 two.
_CHINESE = (
    rf"(?:(?:{_C1}|{_S}|半(?=百))(?:{_C1}|{_S}|{_G}[余多来几]{_G}(?={_S})|{_GAP}(?={_S})|(?<=[十百千万亿兆]){_GAP}(?={_C1}))*"
    rf"(?:(?:{_G}点{_G}|(?<=[零〇一二两三四五六七八九十百])[.](?={_C1})){_C1}+{_S}*)?)"
)
_ANY = rf"(?:{_ARABIC}|{_CHINESE})"
_FRACTION = rf"(?:(?P<whole>{_ANY}){_G}又{_G})?(?P<below>百|{_ANY}){_G}分{_G}之{_G}(?P<above>{_ANY})"
_SLASHED = r"(?<![\d/.])(?:(?P<units>\d+)[ 又])?(?P<over>\d{1,3})/(?P<under>\d{1,3})(?![\d/.])"
_FAULT = r"(?<![\d.])(?P<fault>\d{1,2}。\d+)(?=[%家个项户座条台人名件所万亿])"
_HALF = r"(?P<half>一半|半(?=成))"
# What is most often met, and told by what stands behind it: figures that no further scale, mark or second part goes on with.
_FIGURE = (
    r"(?P<figure>\d+(?:\.\d+)?[万亿]?)(?![\d.,，。/ \u3000ekK余多几来半又分点零〇一二两三四五六七八九廿卅十百千万亿兆])"
)
_ALL = rf"{_FIGURE}|{_FAULT}|{_FRACTION}|{_SLASHED}|{_HALF}|(?P<plain>{_ANY})"
NUMERAL = Late(_ALL)
# Fractions hold all other numerals three times; a text without 之 holds none, and this pattern is compiled in a third of the time.
_UNPARTED = _ALL.replace(_FRACTION, "(?!)(?P<whole>)(?P<below>)(?P<above>)")
# Where a numeral can begin, in folded text: NUMERAL is slow to fail at each character of a text.
_BEGINS = r"[\d.零〇一二两三四五六七八九廿卅十百千万亿兆半]"
_TOKEN = re.compile(r"\d*\.?\d+(?:e-?\d+)?|.")
# A numeral that touches another (三百5家, 8600一元) is damaged: none of it is read. 千 behind one may belong to 千瓦.
_TOUCHES, _DIGIT = (
    frozenset("0123456789〇零一二三四五六七八九十百千万亿"),
    frozenset("0123456789〇零一二三四五六七八九"),
)
_DECIMALS = re.compile(r"[.点]([\d〇零一二三四五六七八九]+)$")
_YEARLIKE = re.compile(r"[零〇一二两三四五六七八九]{2,}")


def find_numerals(text: str, plain: bool = False) -> list[Numeral]:
    """Numerals of folded text, in order, not overlapping. A numeral that cannot be evaluated is passed over. ``plain``: the text's
    digits are 0 to 9 alone."""
    found: list[Numeral] = []
    for match in _numerals(text, plain):
        start, end = match.span()
        if end - start > LONGEST:
            continue
        if printed := match["figure"] or match["plain"]:
            if text[start - 1 : start] in _TOUCHES or text[end : end + 1] in _DIGIT:
                continue
            found.append(_plain(start, printed))
        elif match["half"]:
            found.append(Numeral(start, end, HALF, "half", TENTH, HALF))
        elif match["fault"]:
            found.append(Numeral(start, end, None, "arabic", fault=True))
        elif fraction := _fraction(match):
            found.append(fraction)
    return found


@cache
def _expressions(parted: bool, plain: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Where a numeral can begin and what it is, in a text that holds 之 (``parted``), and whose digits are 0 to 9 alone (``plain``)."""
    told = _BEGINS, _ALL if parted else _UNPARTED
    begins, numeral = map(with_plain_digits, told) if plain else told
    return re.compile(begins), re.compile(numeral)


def _numerals(text: str, plain: bool = False) -> list[re.Match[str]]:
    """What ``NUMERAL.finditer`` finds."""
    found = []
    begins, numeral = _expressions("之" in text, plain)
    place = begins.search(text)
    while place:
        match = numeral.match(text, place.start())
        if match:
            found.append(match)
        place = begins.search(text, match.end() if match else place.end())
    return found


def _fraction(match: re.Match[str]) -> Numeral | None:
    """None for a fraction of nothing (零分之三): 百分之三十, 三分之一, 3又1/2, 1/3. A share of a hundred, thousand or ten thousand keeps the step of its numerator."""
    printed = match["below"] or match["under"], match["above"] or match["over"], match["whole"] or match["units"]
    below, above = (evaluate(_body(part)) for part in printed[:2])
    if not below:
        return None
    whole = evaluate(_body(printed[2])) if printed[2] else Decimal(0)
    value = whole + above / below
    step = step_of(_body(printed[1])) / below if below in (100, 1000, 10000) else None
    return Numeral(match.start(), match.end(), value, "fraction", step, above, below)


def _body(printed: str) -> str:
    """Without spaces and vague words."""
    return "".join(c for c in printed if c not in VAGUE and not c.isspace()).replace("－", "-")


def _plain(start: int, printed: str) -> Numeral:
    n = _printed(printed)  # not by ``replace``, which takes longer than all the rest
    end = start + len(printed)
    return Numeral(start, end, n.value, n.form, n.step, n.mantissa, n.scale, n.vague, n.low, n.high, n.fault)


@lru_cache(maxsize=4096)
def _printed(printed: str) -> Numeral:
    """A numeral that stands alone. Each is read at least twice: with its passage, and with its document for the ledger."""
    body, start, end = _body(printed), 0, len(printed)
    if neighbours := _neighbours(body):
        return Numeral(start, end, None, "chinese", Decimal(1), low=neighbours[0], high=neighbours[1])
    arabic = any(c.isdigit() for c in body)
    kept = body.rstrip("百千万亿兆kK" if not arabic else "十百千万亿兆kK")
    value, scale = evaluate(body), evaluate(body[len(kept) :])
    form = "bare" if not kept else "chinese" if not arabic else "arabic" if kept == body else "mixed"
    vague = next((c for c in printed if c in VAGUE), "")
    return Numeral(start, end, value, form, step_of(body), value / scale, scale, vague)


def _neighbours(body: str) -> tuple[Decimal, Decimal] | None:
    """三五 in 三五年, 七八 in 七八成, 两三 in 两三百: from one to the other; None where it is no such pair."""
    pair = body[:2]
    if len(body) < 2 or not _YEARLIKE.fullmatch(pair) or any(c not in SCALES for c in body[2:]):
        return None
    low, high = DIGITS[pair[0]], DIGITS[pair[1]]
    if not (high - low == 1 or pair == "三五") or low == 0:
        return None
    scale = evaluate(body[2:]) if body[2:] else Decimal(1)
    return low * scale, high * scale


def evaluate(printed: str) -> Decimal:
    """The value of a numeral without spaces and vague words: ``3兆2450亿``, ``一万二``, ``二〇二五``, ``二点五万``.

    A digit after a scale counts the next lower one (一万二 is 12000) unless 零 stands between.
    """
    body = printed.replace(",", "").replace("，", "")
    if not body:
        return Decimal(1)
    if "." in body and not any(c.isdigit() for c in body):  # 三十九．五
        body = body.replace(".", "点")
    if body[-1] in "kK":
        return evaluate(body[:-1]) * 1000
    if body.startswith("半"):
        return HALF * evaluate(body[1:])
    for sign, scale in LARGE:
        at = body.rfind(sign)
        if at >= 0:
            rest = body[at + 1 :]
            return evaluate(body[:at]) * scale + _tail(rest, scale)
    if "点" in body:
        kept = body.rstrip("十百千")
        if kept != body:  # 一点三百
            return evaluate(kept) * evaluate(body[len(kept) :])
        whole, _, decimals = body.partition("点")
        return _below_ten_thousand(whole) + Decimal("0." + _as_digits(decimals))
    return _below_ten_thousand(body)


def _tail(rest: str, scale: Decimal) -> Decimal:
    """What follows a large scale."""
    if not rest:
        return Decimal(0)
    if rest.startswith("点"):
        return evaluate("零" + rest)
    if rest in DIGITS:
        return DIGITS[rest] * scale / 10
    return evaluate(rest)


def _below_ten_thousand(body: str) -> Decimal:
    if len(body) > 1 and all(c in DIGITS for c in body):
        return Decimal(_as_digits(body))
    total, held, last, after_zero = Decimal(0), None, Decimal(1), False
    for token in _TOKEN.findall(body):
        if token in SMALL:
            total += (Decimal(1) if held is None else held) * SMALL[token]
            held, last, after_zero = None, SMALL[token], False
        elif token in TENS:
            total, held, last = total + TENS[token], None, Decimal(10)
        elif token in DIGITS:
            after_zero = after_zero or token in "零〇"
            held = DIGITS[token] or None  # 零 only keeps a place: 一千零十五
        else:
            held, after_zero = Decimal(token), True
    if held is None:
        return total
    return total + (held if after_zero or last <= 10 else held * last / 10)


def _as_digits(body: str) -> str:
    return "".join(str(DIGITS[c]) for c in body)


def step_of(body: str) -> Decimal:
    """The size of the last printed digit: 1000 for 2.9万, 1 for 35, 0.1 for 4.6."""
    stripped = body.rstrip("十百千万亿兆kK")
    scale = evaluate(body[len(stripped) :]) if len(stripped) < len(body) else Decimal(1)
    decimals = _DECIMALS.search(stripped)
    return scale.scaleb(-len(decimals[1])) if decimals else scale
