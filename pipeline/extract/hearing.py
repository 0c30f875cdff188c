"""What a clause without figures opens with and speaks of: a field (人才方面), a noun (博物馆，全省已有120家), a whole (宽带用户里，千兆用户占三成),
or something of a noun (社区食堂不断增多)."""

import re
from typing import Literal, NamedTuple

from pipeline.contract.late import Late
from pipeline.extract.frames import clauses_of
from pipeline.extract.phrases import event_at, relative_at, stative_at, trim_lead
from pipeline.extract.vocabulary import pattern

Kind = Literal["cause", "branch", "field", "noun", "whole", "spoken", "growth", "parts"]

_BRANCH = Late(
    r"(?!\d)(?:(?!实现|完成|达到|取得)[\u4e00-\u9fffA-Za-z0-9]){2,10}?(?:产业|行业|领域|工程|(?<![营就企毕作创专职从失物事季年月])业)(?!化|链|基地|园|集群|[内外务绩主者态])"
)
_BRANCH_WORD = Late(r"业|领域|工程")
_FIELD = Late(r"^(?:在|聚焦|围绕)?(?P<field>[^，；。：:]{2,16}?)(?:方面|领域|板块)$")
# 中 that closes a whole, not that of 中心, 集中, 高中.
_IN = r"(?:(?<![集其高初空途])中(?![心小国央医学高等试部西东期介文式外])|里(?!程)|之中|当中|内(?![部容外陆资蒙地]))"
_WHOLE = Late(
    rf"^在?(?P<whole>[^，；。的]{{2,16}}?(?:企业|用户|机构|人口|人员|项目|院校|院所|学校|单位|户|产品|市场|名单|总[额量数]|销量|产量))(?:{_IN})[，,]?(?P<rest>.*)$",
    re.S,
)
_INSIDE = re.compile(
    rf"^在(?:全部|所有)?(?P<whole>[^，；。的]{{2,14}}?)(?<!过程)(?<!工作)(?<!建设)(?<!行动)(?<!发展)(?:{_IN})$"
)
_LIST_OF = Late(r"^[^，；。“]*、[^，；。“]*等(?P<rest>[\u4e00-\u9fff]{3,})$")
# 出口则是主要动力: what the clause says something of.
_IS_SAID = Late(r"^(?P<noun>[\u4e00-\u9fffA-Za-z]{2,10}?)(?:则|仍|亦|也|均)(?:是|为|属)[^，。；]{2,16}$")
# 创单月新高: what a figure is, no noun.
_RECORD = re.compile(
    r"^(?:再|续|并|更|连续[^，]{1,6})?(?:创|写下|刷新|缔造|改写|[为是](?:历[年来史]|近|单月|同期|有?史上?|[^，。；]{0,8}以来)|(?:全|均|皆|双)数?双?[再续齐同]?创)[^，。；]*(?:高|低|录|佳|幅|大|多|录)点?(?:水平|纪录|记录)?$|^(?:首度|再度|首次)[^，。；的]{2,12}$"
)
# 在拉动增长的三驾马车上: where, not what. 建成全国最大的渔港群: what was done, no noun set apart.
# 营业额创同期新高, 则因需求减少: of what it is said.
_BROKE_RECORD = Late(
    r"^(?P<noun>[^，；。]{2,16}?)(?:也|又|再|续|更|双双|同步|首度|首次|连续[^，]{0,6})*(?:创下?|写下|刷新|改写|缔造)[^，。；]*(?:新高|新低|纪录|记录|最高|最低|次高)(?:点|水平|纪录|记录)?$"
)
_CAUSED = Late(
    r"^(?P<noun>(?!主要?|则|但)[^，；。的]{2,12}?)(?:则|也|仍|亦|主要?|是)*(?:(?<![原基成诱])因为?|受惠于|受益于|由于|拜|(?<![享接承感蒙难])受到?)(?!素|应|子|此)[^，。；]{4,}$"
)
_SAYING = ("说", "表示", "指出", "认为", "坦言", "强调", "透露", "续指", "补充")
# Characters without which a clause is none of these: looked for first, since the patterns try every length of a noun.
_INNER, _BREAKING, _CAUSING = re.compile("[中里内]"), re.compile("[创写刷改缔]"), re.compile("[因受由拜]")
_SAYS = Late(r"[\u4e00-\u9fff]{2}(?:(?<![小传学])说|表示|指出|认为|坦言|强调|透露|续指|补充)$")
# 园区114年上半年营业额创…: whose, and when.
_TIMED_OWNER = re.compile(
    r"^[\u4e00-\u9fff]{2,10}?(?:(?:1[01]\d|\d{4})年度?|今年|去年)(?:第[一二三四1-4]季度?|[上下]半年|前[一二三]季度?|[首前]?\d{1,2}个?月份?|全年)?(?=[\u4e00-\u9fff]{2})"
)
_ADVERBIAL = re.compile(r"^在[^，；。]*的[^，；。]*[上下]$")
_MADE = re.compile(r"^(?:建成|形成|打造|建设|完成|实现|推出|出台|举办|开展|组建|创建|开通)")
# 民营企业进出口增长最快，达到15.6%.
_GROWING = Late(
    r"^(?P<noun>[^，；。]{2,24}?)的?(?:增长|增速|增幅|涨幅|涨势)(?:也)?(?:最|较|更|很|比较|相对)(?:快|高|大|猛|强劲)$"
)
_ADVERB_END = re.compile(r"(?:也|都|均|已|还|仍|则|正|总体|整体)+$")
_ZONE = Late(r"^(?:东部|中部|西部|东北|中西部|东北部|沿海)地区的?(?=[\u4e00-\u9fff]{2})")
# 书店数量增长迅速
_GROWN_END = Late(r"(?<=[\u4e00-\u9fff]{2})的?(?:同比)?(?:增长|增加|上升|提升|下降|减少|发展)(?:速度|势头)?$")
# 分季度看, 从规模来看, 与去年相比, 作为新生力量: a point of view or a role is no topic.
_VIEWED = re.compile(r"^(?:分|从|按|就)[^，。]{1,12}?看$|^(?:与|同|和|跟)[^，。、]{1,12}相比较?$|^作为[^，。]{2,}$")
_PARTING = re.compile(r"(?:这)?[其当]中(?:包括|有)?")
VERBAL = re.compile(r"[了着]|(?<![经通])过|不断|进一步|加快|持续|扎实|将|(?<!主)要|是|使|让|被|把")
# 同比增速回落 speaks of what the figure before it measures; 扭转上半年下降的趋势 of nothing.
_GROWTH_ALONE = re.compile(r"^(?:其|同比|环比|名义|实际)*(?:增速|增幅|涨幅|降幅|跌幅|增长率)")
_RECKONED = re.compile(r"^(?:扣除|剔除|不考虑|按|以)[^，；。]{2,14}(?:因素|影响|计算|口径|价格|[来]?看|分)$")
# 投资增速由负转正 speaks of 投资.
_TURNED = Late(r"(?:同比|增速|增幅)*[由从][负正降增跌涨升减][转变]为?[正负增降升涨跌减]$")
_TURN = r"^(?:并|也|已|成功|逐步|一举|继续)*<turn_verb>.*<trend_noun>$"


class Spoken(NamedTuple):
    """What a clause speaks of."""

    text: str
    kind: Kind


def opening_of(clause: str) -> str | None:
    """The branch or field that a clause opens with (制茶产业…), of which the next may give bare figures (产值突破60亿元)."""
    if not _BRANCH_WORD.search(clause, 0, 40):
        return None
    match = _BRANCH.match(trim_lead(clause[:40]))
    return match[0] if match else None


def whole_of(text: str) -> tuple[str, str] | None:
    """``高校院所中从事海洋研究的`` parted into the whole and what follows; None where no whole opens the text."""
    match = _WHOLE.match(text.strip(" 　，,、")) if _INNER.search(text) else None
    return (trim_lead(match["whole"]), match["rest"]) if match else None


def spoken_in(clause: str) -> Spoken | None:
    """What a clause without figures speaks of; None where that is not plain."""
    text = clause.strip(" 　\n")
    if "由" in text or "从" in text:
        text = _TURNED.sub("", text)
    if len(text) > 60 or _VIEWED.match(text):
        return None
    if _PARTING.fullmatch(text):
        return Spoken(text, "parts")
    whole = whole_of(text)
    if whole and not whole[1]:
        return Spoken(whole[0], "whole")
    if match := _INSIDE.match(text):
        return Spoken(trim_lead(match["whole"]), "whole")
    if (
        _ADVERBIAL.match(text)
        or _RECORD.match(text)
        or _GROWTH_ALONE.match(text)
        or _RECKONED.match(text)
        or pattern(_TURN).match(text)
    ):
        return None
    if text.endswith(_SAYING) and _SAYS.search(text):
        return None
    if "年" in text:
        text = _TIMED_OWNER.sub("", text)
    if _BREAKING.search(text) and (match := _BROKE_RECORD.match(text)):
        return Spoken(trim_lead(match["noun"]), "noun")
    if _CAUSING.search(text) and (match := _CAUSED.match(text)):
        return Spoken(trim_lead(match["noun"]), "cause")
    noun = text if relative_at(text) else trim_lead(text)
    if _MADE.match(text) and "的" in noun:
        return Spoken(noun, "spoken")
    if noun.endswith(("方面", "领域", "板块")) and (match := _FIELD.match(noun)):
        return Spoken(match["field"], "field")
    if "等" in noun and (listed := _LIST_OF.match(noun)):
        noun = listed["rest"]
    if len(noun) < 2:
        return None
    if match := _IS_SAID.match(noun):
        return Spoken(match["noun"], "spoken")
    if match := _GROWING.match(noun):
        return Spoken(match["noun"], "growth")
    says = stative_at(noun)
    if says is not None:
        head = _ZONE.sub("", _GROWN_END.sub("", _ADVERB_END.sub("", noun[:says])))
        return Spoken(head, "spoken") if 2 <= len(head) <= 24 and "，" not in head else None
    if (
        len(noun) <= (32 if relative_at(noun) else 20)
        and not VERBAL.search(noun)
        and (event_at(noun) is None or relative_at(noun))
    ):
        return Spoken(noun, "noun")
    return None


class Heard:
    """What the clauses of a sentence open with and speak of. Each is read when a figure asks for it, and kept: most sentences
    stand before none, and reading all of them took half the time of a plan. ``full``: the clauses that hold figures."""

    __slots__ = ("_clauses", "_openings", "_spoken", "end", "full", "start", "text")

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        clauses: tuple[tuple[int, int], ...] | None = None,
        full: frozenset[int] = frozenset(),
    ) -> None:
        self.text, self.start, self.end, self.full = text, start, end, full
        self._clauses = clauses
        self._openings: dict[int, str | None] | None = None
        self._spoken: dict[int, Spoken | None] | None = None

    @property
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """The clauses (start, end) of the sentence."""
        if self._clauses is None:
            self._clauses = tuple(clauses_of(self.text, self.start, self.end, []))
        return self._clauses

    def opening(self, index: int) -> str | None:
        """The branch or field that a clause opens with."""
        if self._openings is None:
            self._openings = {}
        if index not in self._openings:
            self._openings[index] = opening_of(self.text[slice(*self.clauses[index])])
        return self._openings[index]

    def last_opening(self, first: int, until: int) -> str | None:
        """The branch or field that one of the clauses ``first`` to ``until`` opens with, the last of them."""
        return next((told for at in range(until - 1, first - 1, -1) if (told := self.opening(at))), None)

    def first_opening(self) -> str | None:
        """The first branch or field that a clause opens with."""
        return next((told for at in range(len(self.clauses)) if (told := self.opening(at))), None)

    def spoken(self, index: int) -> Spoken | None:
        """What a clause speaks of; None for one that holds figures."""
        if index in self.full:
            return None
        if self._spoken is None:
            self._spoken = {}
        if index not in self._spoken:
            self._spoken[index] = spoken_in(self.text[slice(*self.clauses[index])])
        return self._spoken[index]

    def first_told(self) -> str | None:
        """What the first clause that speaks of anything speaks of."""
        spoken = (self.spoken(at) for at in range(len(self.clauses)))
        return next((told.text for told in spoken if told and told.kind != "parts"), None)


class Before:
    """What a sentence leaves to the next: what it spoke of first, else ``rest``."""

    __slots__ = ("asked", "heard", "rest")

    def __init__(self, heard: Heard, rest: str | None) -> None:
        self.heard, self.rest, self.asked = heard, rest, False

    @property
    def text(self) -> str | None:
        """Found when it is asked for first."""
        if not self.asked:
            told = self.heard.first_told()
            self.rest, self.asked = self.rest if told is None else told, True
        return self.rest
