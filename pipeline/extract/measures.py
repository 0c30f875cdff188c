"""What a figure says about its indicator: level, increment, growth_rate, change, share, gap or rank; its basis; what it is compared with.

The cue nearest before the figure in its clause decides, by the figure's unit (annotation guideline, settled cases); a figure in a
list (3.1%、4.2%和5.0%) takes over what the one before it is. Cues are rows of ``measure_cues.csv``.
"""

import re
from dataclasses import dataclass

from pipeline.extract.cues import Hit, hits
from pipeline.extract.frames import Slot
from pipeline.extract.grants import support_at

# Words of bound and manner between a cue and its number.
_MANNER = re.compile(
    r"^(?:了|约|近|超过?|逾|不低于|不少于|不超过|突破|大约|达到?|至|到|左右|为|仅|只|均|分别|平均|同比|环比|在|保持在?|控制在|力争|是|年均|和|、|也|并|将|以上|每年|各)*$"
)
_LISTED = re.compile(r"^(?:以上|左右|以内|以下|多|余)?(?:、|和|及|与|或)$")
_SERIES_JOIN = re.compile(r"^(?:以上|左右|以内)?[、和及与以]")
_JOIN_END = re.compile(r"[、和及与]约?近?超?$")
_ADDED = re.compile(r"^的?(?:扩容|增量|新增)|^的[^，。；、]{2,8}扩容|^[^，。；、]{1,10}(?:增选|新当选)")
# 创新设计, 更新建筑: 新 belongs to the word before.
_OTHER_NEW = frozenset("创更革高崭翻")
_RATE_NOUN = re.compile(r"(?:率|度|水平|系数|强度|指数|密度)$")
_GROWTH_NOUN = re.compile(r"(?:增速|增幅|涨幅|降幅|(?<!自然)(?:增长|成长)率|增长速度|年增率)(?:达到?|为|约|保持在?)?$")
_AGAINST = re.compile(
    r"(?:(?<![占同环])比(?![例重])|较|高于|低于|好于|快于|高出)(?P<base>[^，,；;。]{1,24}?)(?P<way>高出?|低|多|少|快|慢|提高|提升|增长|下降|降低|回落|增加|减少|$)"
)
_EARLIER = re.compile(r"年|月|期|季(?!节)|去|上次|此前|以往|过去|五”|期初|规划|基期|预期")
# 七成受访企业…, 近一半是…: a part of the noun that follows.
_OPENS = re.compile(r"^(?:[、，\s]|这里头|其中|当中|约有?|近|超过?|逾|有|将近)*$")
_PART_OF = re.compile(
    r"^(?:以上|左右|多)?(?:的)?(?:是|[^，；。、]{0,8}?(?:企业|[农渔住用商]户|者|[居村市渔农]民|家庭|学校|村|社区|单位|机构|人口|游客|订单|职工|学生)(?=[\u4e00-\u9fff]))"
)
# 用工比老线少了六成, 订单多了三成.
_MORE = re.compile(
    r"(?:(?:(?<![占同环])比(?![例重])|较)[^，；。]{1,12}?(?:少|多|涨|跌)了?|(?:多|少|涨|跌)了)(?:近|约|大约|将近)?$"
)
# 比重由12.5%上升到18.3%
_FROM_SHARE = re.compile(r"(?:占比|比重|比例|份额)(?:由|从)[^，。；]*$")
_GROWN = frozenset({"增加", "增长", "扩大", "增产", "成长"})


@dataclass(frozen=True, slots=True)
class Measure:
    """Measure, basis and reference of one figure, and the rule that told."""

    measure: str
    basis: str = "none"
    reference: str | None = None
    rule: str = "default"


def measure_of(slot: Slot, window: str, previous: Measure | None, reference: str | None) -> Measure:
    """The measure of a slot. ``window``: its clause up to the figure; ``previous``: what the figure before it in the clause is;
    ``reference``: the place or population last named in the clause that figures are compared with."""
    unit = slot.quantity.unit
    cues = hits("measure_cues", window)
    basis = _basis(cues)
    listed = previous is not None and _LISTED.match(slot.lead) is not None
    if unit == "rank":
        return _rank(slot, cues, window, reference)
    if (
        listed
        and previous is not None
        and (unit in {"percent", "percentage_point", "multiple"} or previous.measure == "increment")
    ):
        return Measure(previous.measure, previous.basis, previous.reference, "list")
    if unit in {"percent", "per_mille"}:
        return _percent(slot, cues, window, basis, reference)
    if unit == "percentage_point":
        return _points(window, basis, reference)
    if unit == "multiple":
        grown = [c for c in cues if c.row["cue"] in {"grow", "fall"} and _near(window, c)]
        if grown or "翻" in slot.quantity.numeral:
            return Measure("growth_rate", basis, None, "times")
        return Measure("level", "none", None, "times_of")
    return _amount(slot, cues, window, basis, previous)


def _basis(cues: list[Hit]) -> str:
    told = [cue.row["basis"] for cue in cues if cue.row["basis"] != "none"]
    return told[-1] if told else "none"


def _near(window: str, cue: Hit) -> bool:
    """Only words of bound and manner stand between the cue and the figure."""
    return _MANNER.match(window[cue.end :].strip()) is not None


def _rank(slot: Slot, cues: list[Hit], window: str, reference: str | None) -> Measure:
    moved = [c for c in cues if c.row["cue"] in {"grow", "fall"} and _near(window, c)]
    if moved and not slot.quantity.numeral.startswith("第") and not slot.quantity.form.startswith("ordinal"):
        return Measure("change", _basis(cues), reference, "places_moved")
    return Measure("rank", "none", reference, "rank")


def _percent(slot: Slot, cues: list[Hit], window: str, basis: str, reference: str | None) -> Measure:
    if _GROWTH_NOUN.search(window) or _MORE.search(window):
        return Measure("growth_rate", basis, None, "growth_noun")
    for at in range(len(cues) - 1, -1, -1):
        cue, between = cues[at], window[cues[at].end :]
        kind = cue.row["cue"]
        if kind == "share":
            return Measure("share", "none", reference, "share")
        if kind == "gap":
            return Measure("gap", basis, reference, "gap")
        if kind in {"grow", "fall"}:
            if _near(window, cue) or not _RATE_NOUN.search(re.sub(r"(?:达到?|为|约|近|超过?)+$", "", between)):
                return Measure("growth_rate", basis, None, "growth")
            return Measure("level", "none", None, "rate")
        if kind == "level" and at and cues[at - 1].row["cue"] == "share" and cues[at - 1].end >= cue.start - 1:
            return Measure("share", "none", reference, "share_reached")
        if kind == "level" and cue.word not in {"达", "达到"} and _FROM_SHARE.search(window[: cue.start]):
            return Measure("share", "none", reference, "share_moved")
        if kind == "level" and cue.word not in {"达", "达到"}:
            return Measure("level", "none", None, "reached")
    if re.match(r"(?:以上|左右|以内)?的?(?:增长|增速|增幅|涨幅)", slot.tail):
        return Measure("growth_rate", basis, None, "growth_after")
    if support_at(slot.lead, slot.tail):
        return Measure("share", "none", None, "granted_part")
    if _OPENS.match(window) and _PART_OF.match(slot.tail):
        return Measure("share", "none", None, "part_of")
    return Measure("level", "none", None, "default")


def _points(window: str, basis: str, reference: str | None) -> Measure:
    """Percentage points: a gap to another place or population, else a change over time."""
    against = list(_AGAINST.finditer(window))
    if against:
        base = against[-1]["base"]
        if not _EARLIER.search(base):
            return Measure("gap", "none", base.strip() or reference, "gap")
    return Measure("change", basis, None, "points")


def _amount(slot: Slot, cues: list[Hit], window: str, basis: str, previous: Measure | None) -> Measure:
    """Counts, money, physical amounts."""
    if _ADDED.match(slot.tail):
        return Measure("increment", "none", None, "added")
    if slot.quantity.unit in {"year", "month", "quarter"} and window.endswith(("连续", "连续第")):
        return Measure("level", "none", None, "in_a_row")
    own = len(window) - len(slot.lead) if not slot.first else 0
    for cue in reversed(cues):
        kind, between = cue.row["cue"], window[cue.end :]
        if kind == "level":
            return Measure("level", "none", None, "reached")
        if kind == "increment" and window[cue.start - 1 : cue.start] in _OTHER_NEW:
            continue
        if kind == "increment" and cue.word == "新开工" and slot.quantity.unit != "count":
            continue
        if kind == "increment":
            if cue.start < own and not (_SERIES_JOIN.match(slot.lead) or _JOIN_END.search(slot.lead)):
                continue
            return Measure("increment", "none", None, "new")
        near = _near(window, cue)
        if kind == "grow" and (near or (cue.word == "增加" and "，" not in between)):
            return Measure("increment" if cue.word in _GROWN else "change", basis, None, "grown")
        if kind == "fall" and (near or window[: cue.start].strip(" 　、，") == ""):
            return Measure("change", basis, None, "fallen")
        if kind == "gap" and (near or len(between) <= 6):
            return Measure("gap", "none", between or None, "gap")
    return Measure("level", "none", None, "default")
