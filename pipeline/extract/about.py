"""Which of the names that a sentence is about a figure belongs to."""

import re

from pipeline.contract.late import Late
from pipeline.extract.frames import Slot
from pipeline.extract.nouns import has_noun_after
from pipeline.extract.phrases import PLACED, event_at, relative_at, trim_lead
from pipeline.extract.whereabouts import Where

# A sentence that turns to the whole.
TURNS = Late(
    r"[\s　]*(?:目前|如今|据悉|据了解|此外|另外|与此同时)?[，,]?(?:全国|全省|全市|全区|全县|全球|全行业|我国|我省|我市|各地|近年来[，,]?(?:我|全))"
    r"|[\s　]*[^，。；：\n]{0,16}?(?:[局厅处科院]长|部长|[省市县区]长|书记|主任|发言人|专员)[^，。；：\n]{0,6}?(?:说|介绍|表示|指出|告诉|透露|称|[：:])"
)
# A paragraph that parts the figures told before (以三大产业分析), or the next item of such a list.
GOES_ON = Late(
    r"[\s　]*(?:[（(](?:[2-9]|1\d|[二三四五六七八九])[）)]|(?:若|如)?[以按依就][^，。：:]{2,12}?(?:分析|区分|划分|观之|观察|而言|来?看|统计)[：:，,])"
)
# 远山研究院的测算数据显示, 远山社5月6日电: who tells, not of whom.
TELLS = Late(
    r"[\u4e00-\u9fff]{0,4}(?:\d{1,2}月)?\d{1,2}日(?:电|讯|消息|报道)|(?<=究院|究所|学院|科院|协会|学会|中心|智库)(?:最新|近日)?(?:发布)?的?[^，。；]{0,12}?(?:数据|报告|统计|测算|预测|研究|白皮书|结果)(?:》)?[^，。；]{0,4}?(?:显示|表明|指出|认为|预计|预测)"
)
# 入驻…园, 迁入…中心: the name is the object of what is counted.
_ENTERED = Late(
    r"(?:入选|获批|迁入|入驻|落户|进入|加入|纳入|列入|接入|服务|支持|对接|依托|借助|通过|在|由|从|经|经由|自|、)$"
)
# 领军企业新松: a kind before the name it belongs to.
_APPOSED = Late(r"(?:企业|公司|厂商|巨头|龙头|机构|园区|平台|代表)$")


def leads(led: str, after: str) -> bool:
    """Words before a name at which it may still be what its clause is about: none that are left after trimming, or what is
    said of it (位于…的, 行业龙头企业)."""
    if _ENTERED.search(led):
        return False
    if not trim_lead(led):
        return True
    if led.endswith("的") and (relative_at(trim_lead(led) + "它") or PLACED.search(led)):
        return True
    return _APPOSED.search(led) is not None and event_at(led) is None


def loosened(about: list[tuple[int, str | None, str]], slot: Slot, window: str) -> list[tuple[int, str | None, str]]:
    """In a work report, whose sentences string unrelated facts together, a name holds for its clause, and on only where the
    next clause has no noun of its own (、增长4.4%); an event holds for its sentence."""
    if not about:
        return about
    words = re.sub(r"[\d.,%，、和与及]|个百分点", "", window)
    bare = len(trim_lead(words).rstrip("增长下降超近约至为达到占居第")) < 2 and not has_noun_after(slot)
    return [entry for entry in about if entry[2] == "event" or bare or entry[0] >= slot.clause_start]


def subject_at(about: list[tuple[int, str | None, str]], here: Where | None, at: int) -> str | None:
    """The name, zone or group the figure is about: the one that began to hold last."""
    if not about:
        return here.subject if here is not None else None
    named = [(start, subject) for start, subject, _ in about if start <= at]
    start, subject = named[-1] if named else (-1, None)
    if here is not None and here.start > start:
        return here.subject
    return subject
