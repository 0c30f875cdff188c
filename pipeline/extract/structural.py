"""Which quantities are borderline: the guideline's optional ones, left out of claims with the reason structural.

Counts of the text's own parts (五个方面), slogans in quotes, issued lists of measures, size classes (亿元以上项目), process
times, small counts written in words. The words are rows of ``seeds/tables/number_cues.csv``.
"""

import re

from pipeline.contract.late import Late
from pipeline.extract.numerals import Numeral
from pipeline.extract.units import Unit
from pipeline.extract.vocabulary import pattern

RESULT_UNITS = frozenset({"percent", "percentage_point", "multiple", "per_mille", "CNY", "USD"})
DURATIONS = frozenset({"year", "quarter", "month", "week", "day", "hour", "minute", "second"})
SIZE_UNITS = frozenset({"CNY", "USD", "kW", "t", "mu", "m2", "Mbps", "Tbps", "byte"})
LONGEST_LIST = 100
"""An issued list of measures has fewer items; a larger number of 政策 is a count (guideline: 1100余项政策)."""

_CLASS_LEVEL = re.compile(r"元?(?:量)?级")
_QUOTED = Late(r"[“\"‘「][\u4e00-\u9fa5]{0,2}$")
_SIZE = r"及?以上的?[^，。；、：\d\n]{0,12}?<size_noun>|规模(?:以上)?的?<size_noun>"
# 产值超10亿元企业5家
_OVER = re.compile(r"(?:超过?|过|突破|逾|达到?|上)$")
_SIZED = r"的?<size_noun>(?:达到?|有|增至|发展到|突破|超过?|共|数量)*[\d一二三四五六七八九十]+[多余]?[个家户座]"
_DURATION = r"(?:<duration_cue>[ ]?(?:了|约|超|近|仅|只|达)?|<duration_verb>[^，。；、\d\n]{0,6})$"
_PART_AFTER = r"[^，。；、：\d\n]{0,4}?<part_noun>"
# 途径主要有3种, as 3种途径
_PART_BEFORE = r"<part_head>(?:主要|大致|一共|总共|共)?(?:有|分|分为)$"
_LIST_AFTER = r"[^，。；、：\d\n]{0,2}?<list_noun>"
_LIST_BEFORE = r"<list_noun>(?:共|共计|合计|等)?$"
_CHAPTERS = re.compile(r"章[ ]?$")


def borderline_rule(text: str, start: int, numeral: Numeral, unit: Unit, vague: bool) -> str | None:
    """The name of the rule that makes the quantity at ``start`` borderline; None where it is a claim.

    ``vague`` tells that 数, 几 or 上 stands before the number (几十个).
    """
    left = text[max(0, start - 14) : start]
    one = numeral.form == "chinese" and numeral.value == 1
    if unit.kind == "structural":
        return "structural_classifier"
    if unit.unit == "kV" or _CLASS_LEVEL.match(text, unit.end):
        return "size_class"
    if unit.unit in SIZE_UNITS and pattern(_SIZE).match(text, unit.end):
        return "size_class"
    if unit.unit in SIZE_UNITS and _OVER.search(left) and pattern(_SIZED).match(text, unit.end):
        return "size_class"
    if unit.unit in DURATIONS:
        measured = numeral.form == "arabic" and "." in text[start : unit.start]
        return None if measured or (not one and pattern(_DURATION).search(left)) else "duration"
    if numeral.form == "bare" and not vague and not pattern("<scaled_cue>$").search(left):
        return "bare_scale"
    if unit.unit != "count":
        return "one" if one and unit.unit not in RESULT_UNITS else None
    return "one" if one else _count_rule(text, left, numeral, unit, vague)


def _count_rule(text: str, left: str, numeral: Numeral, unit: Unit, vague: bool) -> str | None:
    """Counts: of parts, of an issued list, or small ones in words."""
    value = numeral.value
    small = numeral.form == "chinese" and value is not None and value <= 10 and not numeral.vague and not vague
    if small and (_QUOTED.search(left) or unit.kind == "place"):
        return "small_count"
    if unit.kind != "abstract" or (unit.surface == "届" and left.endswith("连续")):
        return None
    if pattern(_PART_AFTER).match(text, unit.end) or pattern(_PART_BEFORE).search(left):
        return "part"
    if unit.surface == "条" and _CHAPTERS.search(left):
        return "part"
    issued = pattern(_LIST_AFTER).match(text, unit.end) or pattern(_LIST_BEFORE).search(left)
    if issued and unit.surface in ("条", "项") and value is not None and value < LONGEST_LIST:
        return "issued_list"
    return "small_count" if small and not pattern("<counted_verb>$").search(left) else None
