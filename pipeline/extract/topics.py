"""What the text speaks of, for figures whose clause has no noun of its own, or only a bare head (产值, 市场份额).

A clause without figures may set a field (人才方面), a noun (博物馆，全省已有120家), a whole (宽带用户里，千兆用户占三成), or say
something of a noun (社区食堂不断增多). Headings speak last.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from pipeline.extract.phrases import event_at, relative_at, stative_at, trim_lead

Kind = Literal["branch", "field", "noun", "whole", "spoken"]

_BRANCH = re.compile(r"(?!\d)[\u4e00-\u9fffA-Za-z0-9]{2,10}?(?:产业|行业|领域|工程|业)(?!化|链|基地|园|集群)")
_FIELD = re.compile(r"^(?:在|聚焦|围绕)?(?P<field>[^，；。：:]{2,16}?)(?:方面|领域|板块)$")
# 中 that closes a whole, not that of 中心, 集中, 高中.
_IN = r"(?:(?<![集其高初空途])中(?![心小国央医学高等试部西东期介文式外])|里(?!程)|之中|当中|内(?![部容外陆资蒙地]))"
_WHOLE = re.compile(
    rf"^在?(?P<whole>[^，；。的]{{2,16}}?(?:企业|用户|机构|人口|人员|项目|院校|院所|学校|单位|户|产品|市场|名单|总[额量数]|销量|产量))(?:{_IN})[，,]?(?P<rest>.*)$",
    re.S,
)
_INSIDE = re.compile(
    rf"^在(?:全部|所有)?(?P<whole>[^，；。的]{{2,14}}?)(?<!过程)(?<!工作)(?<!建设)(?<!行动)(?<!发展)(?:{_IN})$"
)
_LIST_OF = re.compile(r"^[^，；。“]*、[^，；。“]*等(?P<rest>[\u4e00-\u9fff]{3,})$")
# Whose figures they are: 规模以上工业企业 of 规模以上工业企业营业收入.
_OWNED = re.compile(r"^(?P<owner>[^的占]{2,12}(?:企业|单位|机构|产业|行业|园区))[\u4e00-\u9fff]{2,6}$")
_ADVERB_END = re.compile(r"(?:也|都|均|已|还|仍|则|正|总体|整体)+$")
_VERBAL = re.compile(r"[了着]|(?<![经通])过|不断|进一步|加快|持续|扎实|[将要]|是|使|让|被|把")
_HEADING_MARK = re.compile(
    r"^[\s　]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、．.]|第[一二三四五六七八九十]+[章节]|专栏\s*\d+)[\s　]*"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a clause speaks of."""

    text: str
    kind: Kind


@dataclass
class Topic:
    """What the text spoke of last. ``noun``: the noun of a figure of the sentence; ``series``: the list a 分别 distributes over;
    ``spoken``: of the sentence's clauses without figures; ``before``: of the sentence before; ``heading``: of the heading; ``figures``: the nouns of the sentence's figures;
    ``owner``: whose figures they are (规上企业 of 规上企业营业收入)."""

    noun: str | None = None
    series: list[str] = field(default_factory=list)
    parent: str | None = None
    opening: str | None = None
    earlier: str | None = None
    whole: str | None = None
    spoken: Spoken | None = None
    before: str | None = None
    heading: str | None = None
    owner: str | None = None
    figures: list[str] = field(default_factory=list)
    unit: str | None = None
    whole_unit: str | None = None
    part: str | None = None

    def begin(self) -> None:
        """A sentence begins."""
        self.noun = self.parent = self.whole = self.part = self.spoken = self.owner = None
        self.figures = []
        self.series = []

    def hear(self, spoken: list[Spoken]) -> None:
        """Take over what clauses without figures speak of; a noun or field set apart is nearer than the last figure's noun."""
        for told in spoken:
            self.spoken = told
            if told.kind in {"noun", "field"}:
                self.noun = None

    def end(self, spoken: list[Spoken]) -> None:
        """A sentence ends: what it spoke of first, or counted last, may go on."""
        self.before = spoken[0].text if spoken else self.noun

    def tell(self, noun: str, unit: str) -> None:
        """A figure told its noun, and perhaps whose it is."""
        self.noun, self.unit, self.part = noun, unit, None
        if not self.figures or self.figures[-1] != noun:
            self.figures.append(noun)
        if match := _OWNED.match(noun):
            self.owner = match["owner"]

    @property
    def among(self) -> str | None:
        """The whole of which the sentence tells the parts."""
        return self.spoken.text if self.spoken and self.spoken.kind == "whole" else None

    @property
    def apart(self) -> str | None:
        """The noun set apart before the clause, of which the clause tells a head (用水成本, 市场份额)."""
        if self.spoken is None or self.spoken.kind != "noun" or "的" not in self.spoken.text:
            return None
        return self.spoken.text.removeprefix("经过")

    @property
    def carried(self) -> str | None:
        """The noun carried over to a figure that has none."""
        if self.noun:
            return self.noun
        return self.spoken.text if self.spoken else None

    @property
    def last(self) -> str | None:
        """What the sentence before or the heading speaks of: the last resort."""
        return self.before or self.heading


def opening_of(clause: str) -> str | None:
    """The branch or field that a clause opens with (制茶产业…), of which the next may give bare figures (产值突破60亿元)."""
    match = _BRANCH.match(trim_lead(clause[:40]))
    return match[0] if match else None


def whole_of(text: str) -> tuple[str, str] | None:
    """``高校院所中从事海洋研究的`` parted into the whole and what follows; None where no whole opens the text."""
    match = _WHOLE.match(text.strip(" 　，,、"))
    return (trim_lead(match["whole"]), match["rest"]) if match else None


def spoken_in(clause: str) -> Spoken | None:
    """What a clause without figures speaks of; None where that is not plain."""
    text = clause.strip(" 　\n")
    if len(text) > 60:
        return None
    whole = whole_of(text)
    if whole and not whole[1]:
        return Spoken(whole[0], "whole")
    if match := _INSIDE.match(text):
        return Spoken(trim_lead(match["whole"]), "whole")
    noun = text if relative_at(text) else trim_lead(text)
    if match := _FIELD.match(noun):
        return Spoken(match["field"], "field")
    if listed := _LIST_OF.match(noun):
        noun = listed["rest"]
    if len(noun) < 2:
        return None
    says = stative_at(noun)
    if says is not None:
        head = _ADVERB_END.sub("", noun[:says])
        return Spoken(head, "spoken") if 2 <= len(head) <= 24 and "，" not in head else None
    if (
        len(noun) <= (32 if relative_at(noun) else 20)
        and not _VERBAL.search(noun)
        and (event_at(noun) is None or relative_at(noun))
    ):
        return Spoken(noun, "noun")
    return None


def heading_topic(heading: str) -> str | None:
    """What a heading names, where it is a short noun."""
    text = trim_lead(_HEADING_MARK.sub("", heading))
    plain = 2 <= len(text) <= 12 and event_at(text) is None and not _VERBAL.search(text)
    return text if plain and not re.search(r"[，。；：、]", text) else None
