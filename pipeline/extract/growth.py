"""Words of growth before a figure that tell it to be one, in its clause or in the one before."""

import re

from pipeline.contract.late import Late
from pipeline.extract.frames import Sentence, Slot

_GROWTH = r"(?:增速|增幅|升幅|涨幅|降幅|跌幅|减幅|增长(?<!自然..)率|成长(?<!自然..)率|增长速度|年增率)"
# 增速降至9%, 涨幅由3%收窄到, 增速从去年同期的: the growth moves.
GROWTH_NOUN = re.compile(
    rf"{_GROWTH}(?:(?:(?:由|从|较|比)[^，。；]{{0,16}}?)?"
    r"(?:[^，。；、\d]{0,6}?(?:[降升落跌]|提高|扩大|收窄|放缓|减缓|减慢|加快|缩小|提升|[上下]调|[上下]修|调[高低升降]|修订)[至到为]|扩大|收窄|放缓|加快)?"
    r"(?:达到?|为|约|保持在?|维持在?|[至到]|超过?|逾|近|突破|仅)*"
    r"|(?:由|从)[^，。；、\d]{0,10})$"
)
# 增长预测由2%上调至3%: what was forecast is growth.
GROWTH_FORECAST = re.compile(r"(?:增长|成长|增速|升幅|增幅|涨幅)率?的?(?:预测|预估|预期|估计|展望)(?:值|数)?[^。；]*$")
# The clause before names growth, and this one tells how it moves: 增速放缓，由9%降至; 增长预测，上调至3%.
_GROWTH_TOLD = Late(rf"{_GROWTH}[^，。；、\d]{{0,8}}$")
_MOVES = re.compile(r"[\s　]*[由从]")
_FORECAST_MOVES = re.compile(r"[\s　]*(?:[由从]|向?(?:上调|下调|上修|下修|调[高低升]|修订|维持|提高|下降))")
# 营收和利润翻番，分别为5%和6%: growth told figure by figure. 占全省的5%，全国的2%: shares of another whole.
_SPREAD = re.compile(r"[\s　]*(?:增幅|涨幅)?分别(?:为|达到?|是)(?:约|近|超过?)?(?=[\d.%％、和]*$)")
_GREW = Late(r"(?:增长|翻番|翻倍|上涨|下降|提升)[^，。；]{0,8}$")
_OF_ANOTHER = Late(r"[\s　]*[\u4e00-\u9fff]{2,10}的(?:约|近|超过?)?$")
_OF_ENDS = ("的", "的约", "的近", "的超", "的超过")
_TOLD_SHARE = Late(r"占[^，。；占]{2,16}的?[约近超]?[\d.]+[%％]$")
# 利差扩大0.2个百分点至5%: of growth, what is reached is growth.
GROWTH_SPOKEN = Late(rf"{_GROWTH}[^，。；]*$")


def moved_window(slot: Slot, sentence: Sentence, window: str) -> str:
    """A clause up to its figure, with the growth or the forecast of growth that the clause before it names and this one moves
    (增速放缓，由9%降至; 增长预测，由2%上调至) or tells one by one (营收翻番，分别为), or with its share (占全省的5%，全国的2%)."""
    if not slot.clause:
        return window
    before = sentence.clause_text(slot.clause - 1)
    spread = slot.quantity.unit == "percent" and _SPREAD.match(window) and _GREW.search(before)
    if spread or (_MOVES.match(window) and _GROWTH_TOLD.search(before)):
        return "增速" + window.lstrip(" 　")
    if window.endswith(_OF_ENDS) and _OF_ANOTHER.match(window) and _TOLD_SHARE.search(before):
        return "占" + window
    if not (_FORECAST_MOVES.match(window) and GROWTH_FORECAST.search(before)):
        return window
    return window if any(other.clause == slot.clause - 1 for other in sentence.slots) else before + window
