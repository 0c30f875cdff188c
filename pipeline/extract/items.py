"""A numeral with what follows it: unit, classifier or place in an order, before ranges, lists and bounds are looked at."""

import re
from decimal import Decimal
from typing import NamedTuple

from pipeline.contract.late import Late
from pipeline.extract.currencies import currency_before
from pipeline.extract.numerals import DIGITS, HALF, Numeral
from pipeline.extract.ranks import Rank, read_rank
from pipeline.extract.units import Unit, read_unit
from pipeline.extract.vocabulary import gives, pattern

_VAGUE_AFTER = re.compile(r"[ ]?[余多几来]")
_HALF_AFTER = re.compile(r"半(?![导径岛数个价年])")
_TENTH_AFTER = Late(r"(?:[一二三四五六七八九](?![个家项年千百月])|(?<=\d成)[1-9](?![\d.%％个家项年千百月]))")
_SHARE_CUE = r"<share_cue>(?:了|至)?<share_whole>?的?$"
_INDEX_CUE = r"(?P<word><implied_unit>)(?:[^，。；、\d\n]{0,10}?<reached>[约近超]?)?[ ]?$"
# 预算73亿、: money whose 元 is left out.
_MONEY = r"(?<!用户)(?<!人口)(?<!网民)<money>[^，。；、\n\d]{0,10}$"
# 三块滩涂 are pieces, 三千块 and 四块五 money.
_PIECE = Late(r"(?![左以上多的一二三四五六七八九])[\u4e00-\u9fa5]")
# 赚了八十万, 投入了三百多万: what is paid is money.
_PAID = Late(r"(?:投入?|赚|挣|花|捐|借|贷)了(?:近|约|将近|超过|不到)?$")
_CLOSED = Late(r"[，。；、（(）)”\"的\s]|[,;:](?!\d)|$")
_COUNTED_NOUN = Late(r"[\u4e00-\u9fa5，。；、）)”\"\s]|[,;:](?!\d)|$")
# 增长150%多; not 20%多元化.
_SOME_MORE = re.compile(r"多(?=[，。；、,;”\s的]|$)")
SHARES_OF = (100, 1000, 10000)
HUNDRED_MILLION = Decimal(10) ** 8


class Item(NamedTuple):
    """A numeral on its way to a quantity. ``start``–``end`` is the quote; ``reach`` is where a unit shared from a later item ends,
    ``currency`` where the word for the money begins that stands before the number (新台币3亿元)."""

    numeral: Numeral
    unit: Unit | None
    rank: Rank | None
    start: int
    end: int
    reach: int = 0
    reading_start: int = 0
    added: Decimal = Decimal(0)
    currency: int | None = None


def scaled(item: Item, number: Decimal) -> Decimal:
    """A number of this item in the base unit."""
    if item.unit is None:
        return number
    if item.unit.surface == "番":
        return Decimal(2) ** int(number) - 1 if number == int(number) and number < 20 else number
    if item.unit.kind == "share":
        return number * 100
    return (number + item.added) * item.unit.factor if item.added else number * item.unit.factor


def build_item(text: str, numeral: Numeral) -> Item:
    """The item of a numeral in masked text."""
    rank = read_rank(text, numeral.start, numeral.end)
    if rank:
        return Item(numeral, None, rank, rank.start, rank.end, reading_start=rank.reading_start)
    vague = _VAGUE_AFTER.match(text, numeral.end)
    unit = read_unit(text, numeral.start, vague.end()) if vague else None
    if unit and vague:
        numeral = numeral._replace(vague=vague[0].strip())
    else:
        unit = read_unit(text, numeral.start, numeral.end)
    if unit is None:
        return _without_unit(text, numeral)
    if unit.unit == "CNY" and (money := currency_before(text, numeral.start)):
        code, begun = money
        unit = unit._replace(unit=code, near_start=min(begun, unit.near_start))
        return Item(numeral, unit, None, numeral.start, unit.end, reading_start=begun, currency=begun)
    if unit.surface == "届":  # 举办六届: without its verb it would be an edition
        unit = unit._replace(near_start=max(0, min(unit.near_start, numeral.start - 4)))
    item = Item(numeral, unit, None, numeral.start, unit.end, reading_start=min(numeral.start, unit.near_start))
    if unit.surface in ("成", "倍") and text.startswith("多", unit.end):
        return item._replace(numeral=numeral._replace(vague="多"), end=unit.end + 1)
    if unit.surface == "块" and unit.unit == "CNY" and _PIECE.match(text, unit.end):
        unit = unit._replace(unit="count", classifier="块", kind="thing", near_start=unit.start, near_end=unit.end)
        return Item(numeral, unit, None, numeral.start, unit.end, reading_start=numeral.start)
    if unit.surface == "块" and unit.unit == "CNY" and (tenth := _TENTH_AFTER.match(text, unit.end)):
        return item._replace(end=tenth.end(), added=DIGITS[tenth[0]] / 10)
    if unit.surface in ("%", "％") and _SOME_MORE.match(text, unit.end):
        unit = unit._replace(near_end=unit.end + 1)
        return item._replace(numeral=numeral._replace(vague="多"), unit=unit)
    if unit.surface == "成" and (tenth := _TENTH_AFTER.match(text, unit.end)):
        return item._replace(
            end=tenth.end(), added=DIGITS.get(tenth[0], Decimal(int(tenth[0]) if tenth[0].isdigit() else 0)) / 10
        )
    if unit.unit not in ("percent", "percentage_point", "multiple") and (half := _HALF_AFTER.match(text, unit.end)):
        return item._replace(end=half.end(), added=HALF)
    return item


def _is_large(numeral: Numeral) -> bool:
    """In Arabic digits with a scale, or in words with 亿: 73亿, 两百多亿."""
    return numeral.form == "mixed" or (numeral.form in ("chinese", "bare") and numeral.scale >= HUNDRED_MILLION)


def _without_unit(text: str, numeral: Numeral) -> Item:
    """Shares, index points and scaled counts carry their unit in their form or in the words before."""
    at, left = numeral.start, text[max(0, numeral.start - 24) : numeral.start]
    cue = pattern(_SHARE_CUE).search(left)
    kind, code, reading_start = "", "", at
    of_all = numeral.mantissa is not None and numeral.mantissa < numeral.scale and text.startswith("的", numeral.end)
    spelt = numeral.form == "fraction" and (numeral.scale in SHARES_OF or of_all or "分" in text[at : numeral.end])
    if spelt or (numeral.form in ("fraction", "half") and (cue or text.startswith("以上", numeral.end))):
        kind, code = "share", "percent"
    elif index := pattern(_INDEX_CUE).search(left):
        kind, code, reading_start = "index", gives("implied_unit")[index["word"]], at - len(left) + index.start()
    elif _is_large(numeral) and (money := pattern(_MONEY).search(left)) and _CLOSED.match(text, numeral.end):
        kind, code, reading_start = "implied", "CNY", at - len(left) + money.start()
    elif numeral.scale >= SHARES_OF[-1] and _CLOSED.match(text, numeral.end) and (paid := _PAID.search(left)):
        kind, code, reading_start = "implied", "CNY", at - len(left) + paid.start()
    elif numeral.form == "mixed" and _COUNTED_NOUN.match(text, numeral.end):
        kind, code = "implied", "count"
    if not kind:
        return Item(numeral, None, None, at, numeral.end, reading_start=at)
    if kind == "share" and cue and numeral.scale not in SHARES_OF:
        reading_start = at - len(left) + cue.start()
    unit = Unit("", code, Decimal(1), None, kind, numeral.end, numeral.end, numeral.end, numeral.end)
    return Item(numeral, unit, None, at, numeral.end, reading_start=reading_start)
