"""What a figure says about its indicator: level, increment, growth_rate, change, share, gap or rank; its basis; what it is compared with.

The cue nearest before the figure in its clause decides, by the figure's unit (annotation guideline, settled cases); a figure in a
list (3.1%、4.2%和5.0%) takes over what the one before it is. Cues are rows of ``measure_cues.csv``.
"""

import re
from typing import NamedTuple

from pipeline.contract.late import Late
from pipeline.extract.cues import Hit, hits
from pipeline.extract.frames import Slot
from pipeline.extract.grants import support_at
from pipeline.extract.growth import GROWTH_FORECAST, GROWTH_NOUN, GROWTH_SPOKEN
from pipeline.extract.places import Place

# Words of bound and manner between a cue and its number.
_MANNER = re.compile(
    r"^(?:了|约|近|超过?|逾|不低于|不少于|不超过|突破|大约|达到?|至|到|左右|为|仅|只|均|分别|平均|同比|环比|在|保持在?|控制在|力争|是|年均|和|、|也|并|将|以上|每年|各)*$"
)
_LISTED = Late(r"^(?:以上|左右|以内|以下|多|余)?(?:、|和|及|与|或)$")
_SERIES_JOIN = Late(r"^(?:以上|左右|以内)?[、和及与以]")
_JOIN_END = Late(r"[、和及与]约?近?超?$")
_ADDED = re.compile(r"^的?(?:扩容|增量|新增)|^的[^，。；、]{2,8}扩容|^[^，。；、]{1,10}(?:增选|新当选)")
# 创新设计, 更新建筑: 新 belongs to the word before.
_OTHER_NEW = frozenset("创更革高崭翻")
_RATE_NOUN = Late(r"(?:率|度|水平|系数|强度|指数|密度)$")
# 高于上季的3.1%: a figure of what is compared with.
_BASED = Late(r"(?:高于|低于|优于|好于|快于|慢于|逊于|超过|(?<![占同环])比(?![例重])|较)[^，。；]*的[约近]?$")
# 盈余中近四成用于…: a part of what is named before.
_AMONG = Late(
    r"[\u4e00-\u9fff]{2}(?<![集其高初途空])(?:当|之)?中(?:约|近|有|接近|超过|逾|大约|只有|仅|仅有|约有|已有)*$"
)
_NEXT_WHOLE = Late(r"^[、和及与][\u4e00-\u9fff]{2,10}的(?:约|近|超过?)?$")
_AGAINST = Late(
    r"(?:(?<![占同环])比(?![例重])|较|高于|低于|好于|快于|高出)(?P<base>[^，,；;。]{1,24}?)(?P<way>高出?|低|多|少|快|慢|提高|提升|增长|下降|降低|回落|增加|减少|$)"
)
_EARLIER = Late(r"年|月|期|季(?!节)|去|上次|此前|以往|过去|五”|期初|规划|基期|预期|预测|预估|预算|估计|原先|原定")
# 七成受访企业…, 近一半是…: a part of the noun that follows.
_OPENS = Late(r"^(?:[、，\s]|这里头|其中|当中|约有?|近|超过?|逾|有|将近)*$")
_PART_OF = Late(
    r"^(?:以上|左右|多)?(?:的)?(?:是|[^，；。、]{0,8}?(?:企业|[农渔住用商]户|者|[居村市渔农]民|家庭|学校|村|社区|单位|机构|人口|游客|订单|职工|学生)(?=[\u4e00-\u9fff])|的[^，。；、]{0,6}?(?:产品|品种|行业|大类|商品|货品|城市|地区|省份|县市|受访者|消费者|网民|店铺|分店|站点)(?=[\u4e00-\u9fff]))"
)
# 用工比老线少了六成, 订单多了三成.
# 支出增1.9%, 指数跌0.3%
_BARE_MOVE = re.compile(r"[增减升降跌涨扬](?<![新倍递激].)(?:逾|约|近|超过?|了)?$")
_MORE = re.compile(
    r"(?:(?:(?<![占同环])比(?![例重])|较)[^，；。]{1,12}?(?:少|多|涨|跌)了?|(?:多|少|涨|跌)了)(?:近|约|大约|将近)?$"
)
# 较2019年增加: the year is the base, 年增 no word there; nor 季增 in 首季增至.
_NAMED_YEAR = re.compile(
    r"[年月季](?:(?<=[\d〇零一二三四五六七八九全每今去明本当][年月])(?=[增减成])|(?<=[首上下本前末该一二三四1-4]季)(?=[增减成])|(?=[增减](?:加|少)?[至到]))"
)
# 比重由12.5%上升到18.3%
_FROM_SHARE = Late(r"(?:占比|比重|比例|份额)(?:也|已|都|将|有望|预计)?(?:由|从)[^，。；]*$")
# 增加三成至1,250宗: what is reached by the growth just told.
_REACHED = Late(r"^(?:以上|左右|多)?[，,]?(?:至|到|达到?|[增升降减]至)(?:约|近|逾|超过?)?$")
_BRACKETS = ("(", "（")
# 透支额相当于应收账总额的3%
_EARLIER_WHOLE = Late(r"(?:去|前|上一?)年|(?:上|同)一?[期月季]|\d{2,4}年|当时|此前|以往|原")
# 持股12%的子公司
_STAKE = Late(r"(?:持股|持有股份|股权)(?:比[例率])?(?:约|达|为|近|逾|超过)?$")
PART_EQUALS = Late(
    r"(?:相[当等]|等同?)于(?P<whole>[^，。；]{0,16}?(?:总额|总量|总数|总值|总和|余额|收入|支出|产值|全体|整体|人口|资产))的(?:约|近|逾|超过)?$"
)
# 较去年同期略低1%, 比全国略高1%
_SLIGHTLY = re.compile(
    r"(?:(?<![占同环])比(?![例重])|较)(?P<base>[^，。；]{1,12}?)(?:略|稍|微|小幅|轻微|略微|稍微|仅)(?:为|有)?[低高](?:了|约|近|逾)?$"
)
# 票价上调5元, 加价幅度为2元: by how much, 至 tells to what.
_ADJUSTED = Late(
    r"(?:调[升降高低]|[上下]调)(?![^，。；]*[至到为])[^，。；、\d]{0,8}$|(?:[升降调涨跌加减]幅|(?:调[升降高低整]|[上下]调|[加减]价)[的]?幅度)[^，。；、\d]{0,8}$"
)
_DIFFERS = Late(r"(?:相差|差距|差额)(?:仅|只|约|近|达|为|有|了|逾|超过|扩大至|缩小至|收窄至)*$")
_LESS = Late(
    r"(?:(?<![占同环])比(?![例重])|较)(?P<base>[^，。；]{1,14}?)(?:大概|大约|平均|足足|约|还|都)*[多少]了?(?:约|近|逾|超过)?$"
)
# 时延低于5毫秒: a bound, nothing stands between that is compared with.
_COMPARED = Late(r"比(?![例重])|较|相比")
_BOUNDS = frozenset({"低于", "高于", "少于", "多于"})
# 分别给予3%、4%的补助
# and 给予设备购置费12%、15%的补助
_GIVEN = Late(
    r"(?:给予|予以)(?:[^，。；、\d]{1,10}?(?:投资|额|费|费用|资金|成本|支出|租金|利息|价款|价格))?的?(?:最高|不超过|最多)*$"
)
# 以6%的产值增速领先
_GROWTH_AFTER = Late(
    r"(?:以上|左右|以内)?的?(?:(?:较快|快速|高速|平稳|稳定|稳步|强劲|持续|恢复性|两位数|同比|按[年季月]|实际|实质|名义)的?)?(?:增长|成长|升[幅势]|增[速幅]|[涨跌减]幅)"
    r"|的[\u4e00-\u9fffA-Za-z]{2,8}?(?:增速|增幅|涨幅|增长率)"
)
# 为年度计划的76%
_OF_WHOLE = Late(r"(?:仅为|约为|相当于|[为是])[^，。；、\d]{2,14}(?<!年)(?<!期)的$")
_GROWN = Late(r"增加|增长|扩大|增产|成长|(?:[年月季再约]|[同环]比)增加?|按年增加?|按[月季]增加")
# 主要集中在渔业(17.2%)、林业(15.3%): parts with their shares in brackets.
_LISTED_SHARE = Late(r"(?:集中在|集中于|分布在|其次[是为]|依次为|最多的?是)[^（(，。；]{2,20}[（(]$")
_NEXT_SHARE = Late(r"^[)）](?:[、，,和及与]|以及)[^（(，。；]{2,20}[（(]$")


class Measure(NamedTuple):
    """Measure, basis and reference of one figure, and the rule that told."""

    measure: str
    basis: str = "none"
    reference: str | None = None
    rule: str = "default"


def measure_of(
    slot: Slot, window: str, previous: Measure | None, reference: str | None, earlier: Measure | None = None
) -> Measure:
    """The measure of a slot. ``window``: its clause up to the figure; ``previous``: what the figure before it in the clause is;
    ``reference``: the place or population last named in the clause that figures are compared with; ``earlier``: what the last
    percentage of the sentence before it is."""
    unit = slot.quantity.unit
    cues = measure_cues(window)
    basis = _basis(cues)
    listed = previous is not None and _LISTED.match(slot.lead) is not None
    if unit == "rank":
        return _rank(slot, cues, window, reference)
    if listed and previous is not None and unit == "percent" and previous.measure in {"increment", "change"}:
        return Measure("growth_rate", previous.basis, None, "list")
    if (
        listed
        and previous is not None
        and (unit in {"percent", "percentage_point", "multiple"} or previous.measure == "increment")
    ):
        return Measure(previous.measure, previous.basis, previous.reference, "list")
    if unit == "percent" and previous is not None and previous.measure == "share" and _NEXT_WHOLE.match(slot.lead):
        return Measure("share", "none", reference, "share")
    if unit in {"percent", "per_mille"}:
        return _percent(slot, cues, window, basis, reference, earlier, previous)
    if unit == "percentage_point":
        return _points(window, basis, reference)
    if unit == "multiple":
        grown = [c for c in cues if c.row["cue"] in {"grow", "fall"} and _near(window, c)]
        if grown or "翻" in slot.quantity.numeral or window.rstrip("了过将要近 ").endswith("翻"):
            return Measure("growth_rate", basis, None, "times")
        return Measure("level", "none", None, "times_of")
    return _amount(slot, cues, window, basis, previous)


def by_noun(measure: Measure, indicator: str | None, unit: str, growing: str | None) -> Measure:
    """…占比稳步提升，超过三成: the noun carried over tells a share; …增长最快，达到15.6%: what was said of it, its growth."""
    if growing is not None and growing == indicator and unit == "percent" and measure.rule == "default":
        return Measure("growth_rate", "none", None, "said_growing")
    carried = measure.rule == "default" and unit == "percent" and (indicator or "").endswith(("占比", "比重", "份额"))
    return Measure("share", "none", measure.reference, "share_noun") if carried else measure


def measure_cues(window: str) -> list[Hit]:
    """Cue words of measure in a clause up to its figure."""
    return hits("measure_cues", _NAMED_YEAR.sub("\ue001", window))


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


def _percent(
    slot: Slot,
    cues: list[Hit],
    window: str,
    basis: str,
    reference: str | None,
    earlier: Measure | None,
    previous: Measure | None = None,
) -> Measure:
    if (window.endswith(_BRACKETS) and _LISTED_SHARE.search(window)) or (
        previous is not None and previous.measure == "share" and _NEXT_SHARE.match(slot.lead)
    ):
        return Measure("share", "none", None, "listed_share")
    against = "比" in window or "较" in window
    more = (against or "了" in window) and _MORE.search(window)
    if more or _BARE_MOVE.search(window) or GROWTH_NOUN.search(window) or GROWTH_FORECAST.search(window):
        return Measure("growth_rate", basis, None, "growth_noun")
    if not slot.first and previous and previous.measure == "change" and _REACHED.match(slot.lead):
        grows = GROWTH_SPOKEN.search(window)
        return Measure("growth_rate" if grows else "level", basis if grows else "none", None, "reached")
    if "于" in window and (part := PART_EQUALS.search(window)) and not _EARLIER_WHOLE.match(part["whole"]):
        return Measure("share", "none", None, "equals_part")
    if "股" in window and _STAKE.search(window):
        return Measure("share", "none", None, "stake")
    if against and (lower := _SLIGHTLY.search(window)):
        timed = _EARLIER.search(lower["base"])
        return Measure("growth_rate", basis, None, "slightly") if timed else Measure("gap", "none", reference, "gap")
    if earlier and _BASED.search(window):
        return Measure(earlier.measure, "none", None, "base_figure")
    if slot.lead in _BRACKETS and slot.tail[:1] in tuple(")）") and not slot.first:
        return Measure("share", "none", None, "bracketed")
    for at in range(len(cues) - 1, -1, -1):
        cue, between = cues[at], window[cues[at].end :]
        kind = cue.row["cue"]
        if kind == "share":
            return Measure("share", "none", reference, "share")
        if kind == "gap" and _bounds(cue, window):
            continue
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
    if _GROWTH_AFTER.match(slot.tail):
        return Measure("growth_rate", basis, None, "growth_after")
    if support_at(slot.lead, slot.tail) or _GIVEN.search(slot.lead):
        return Measure("share", "none", None, "granted_part")
    if _AMONG.search(window):
        return Measure("share", "none", None, "among")
    if _OF_WHOLE.search(slot.lead):
        return Measure("share", "none", reference, "of_whole")
    if _OPENS.match(window) and _PART_OF.match(slot.tail):
        return Measure("share", "none", None, "part_of")
    return Measure("level", "none", None, "default")


def _bounds(cue: Hit, window: str) -> bool:
    """A cue of a gap right at the figure, with nothing compared before it, is one of bound."""
    return cue.word in _BOUNDS and cue.end == len(window) and not _COMPARED.search(window[: cue.start])


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
    if slot.quantity.unit == "CNY" and support_at(slot.lead, slot.tail):
        return Measure("level", "none", None, "granted")
    if slot.quantity.unit in {"year", "month", "quarter"} and window.endswith(("连续", "连续第")):
        return Measure("level", "none", None, "in_a_row")
    if not slot.first and _REACHED.match(slot.lead):
        return Measure("level", "none", None, "reached")
    if ("调" in window or "幅" in window) and _ADJUSTED.search(window):
        return Measure("change", basis, None, "adjusted")
    less = _LESS.search(window) if "比" in window or "较" in window else None
    if ("差" in window and _DIFFERS.search(window)) or (less and not _EARLIER.search(less["base"])):
        return Measure("gap", "none", None, "differs")
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
            return Measure("increment" if _GROWN.fullmatch(cue.word) else "change", basis, None, "grown")
        if kind == "fall" and (near or window[: cue.start].strip(" 　、，") == ""):
            return Measure("change", basis, None, "fallen")
        if kind == "gap" and _bounds(cue, window):
            return Measure("level", "none", None, "bounded")
        if kind == "gap" and (near or len(between) <= 6):
            return Measure("gap", "none", between or None, "gap")
    return Measure("level", "none", None, "default")


def runs_on(slot: Slot) -> bool:
    """A clause that is only a number goes on with the list of the clause before."""
    return not slot.lead.strip(" 　、，")


def reference_of(places: list[Place], slot: Slot) -> str | None:
    """The place or population named last in the clause before the figure that figures are compared with."""
    named = [p.name for p in places if p.scope == "reference" and slot.clause_start <= p.start < slot.quantity.start]
    return named[-1] if named else None
