"""What the text speaks of, for figures whose clause has no noun of its own, or only a bare head (产值, 市场份额).

A clause without figures may set a field (人才方面), a noun (博物馆，全省已有120家), a whole (宽带用户里，千兆用户占三成), or say
something of a noun (社区食堂不断增多). Headings speak last.
"""

import re
from functools import lru_cache

from pipeline.extract.hearing import VERBAL, Before, Heard, Spoken
from pipeline.extract.measures import Measure
from pipeline.extract.phrases import event_at, head_of, trim_lead

# Whose figures they are: 规模以上工业企业 of 规模以上工业企业营业收入.
_OWNED = re.compile(r"^(?P<owner>[^的占]{2,12}(?:企业|单位|机构|产业|行业|园区))[\u4e00-\u9fff]{2,6}$")
# 化工项目32个，总投资898亿元: of those that were counted.
_HOLDS = re.compile(r"(?:项目|企业|景区|园区|基地|机构|单位|公司|港口|门店|网点)$")
# 开工项目9个: those of the projects counted before that have come so far.
_STAGE = re.compile(r"^(?:开复工|新开工|开工|复工|投产|竣工|完工|续建|新建|签约|在建|建成)")
_HEADING_MARK = re.compile(
    r"^[\s　]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、．.]|第[一二三四五六七八九十]+[章节]|专栏\s*\d+)[\s　]*"
)


class Topic:
    """What the text spoke of last. ``noun``: the noun of a figure of the sentence; ``series``: the list a 分别 distributes over;
    ``spoken``: of the sentence's clauses without figures; ``left``: by the sentence before; ``heading``: of the heading; ``figures``: the nouns of the sentence's figures;
    ``stated``: the statement of the passage's last figure and the rule that told it; ``percent``: what the last percentage of the
    sentence is; ``shared``: the figure before is a share; ``grew``: it was a rate of growth, which a gap (高于全国) compares;
    ``owner``: whose figures they are (规上企业 of 规上企业营业收入); ``kin``: what the sentence before measured last (销量 of 纸伞的销量);
    ``counted``: the sentence counted where something rose or fell, and goes on with it; ``passed``: the sentences before, of which
    the last that opens with a branch or field is asked for; ``nearby``: the clauses between the last figures, asked the same."""

    def __init__(self) -> None:
        self.noun: str | None = None
        self.series: list[str] = []
        self.parent: str | None = None
        self.whole: str | None = None
        self.spoken: Spoken | None = None
        self.left: Before | None = None
        self.heading: str | None = None
        self.owner: str | None = None
        self.figures: list[str] = []
        self.unit: str | None = None
        self.whole_unit: str | None = None
        self.part: str | None = None
        self.percent: Measure | None = None
        self.stated: tuple[str, str] | None = None
        self.sibling: str | None = None
        self.kin: str | None = None
        self.grew = self.shared = self.counted = False
        self.passed: list[Heard] = []
        self.nearby: tuple[Heard, int, int] | None = None
        self._earlier: str | None = None
        self._told = False

    @property
    def before(self) -> str | None:
        """What the sentence before spoke of first, or counted last."""
        return self.left.text if self.left else None

    @property
    def opening(self) -> str | None:
        """The branch or field that a clause before the figure opens with."""
        return self.nearby[0].last_opening(*self.nearby[1:]) if self.nearby else None

    @property
    def earlier(self) -> str | None:
        """The branch or field that the sentences before opened with first, the nearest of them that did."""
        while self.passed:
            if told := self.passed.pop().first_opening():
                self._earlier = told
                self.passed.clear()
        return self._earlier

    def begin(self) -> None:
        """A sentence begins."""
        self._told = True
        self.shared = self.counted = False
        self.kin = head_of(self.noun) if self.noun else None
        self.noun = self.parent = self.whole = self.part = self.spoken = self.owner = None
        self.percent = None
        self.figures = []
        self.series = []
        self.grew = False

    def hear(self, spoken: list[Spoken]) -> None:
        """Take over what clauses without figures speak of; a noun or field set apart is nearer than the last figure's noun."""
        for told in spoken:
            if told.kind == "parts":
                self.part_off()
                continue
            self.spoken = told
            if told.kind in {"noun", "field"}:
                self.noun = None

    def part_off(self) -> None:
        """其中: what was counted last is the whole of what follows."""
        self.whole, self.whole_unit, self.sibling = self.carried, self.unit, None

    def end(self, heard: Heard) -> None:
        """A sentence ends: what it spoke of first, or counted last, may go on."""
        self.passed.append(heard)
        self.left = Before(heard, self.noun or (self.before if self.counted else None))

    def pass_over(self, heard: Heard) -> None:
        """A sentence without figures: nothing of the one before it is left, but to the next what it spoke of first."""
        if self._told:
            self.begin()
            self._told = False
        else:
            self.kin = None
        self.passed.append(heard)
        self.left = Before(heard, None)

    def tell(self, noun: str, unit: str) -> None:
        """A figure told its noun, and perhaps whose it is."""
        if noun != self.noun:
            self.parent = None
        self.noun, self.unit, self.part = noun, unit, None
        if not self.figures or self.figures[-1] != noun:
            self.figures.append(noun)
        if match := _OWNED.match(noun):
            self.owner = match["owner"]
        elif unit == "count" and _HOLDS.search(noun) and len(noun) <= 14 and not (self.owner and _STAGE.match(noun)):
            self.owner = noun

    @property
    def growing(self) -> str | None:
        """The noun that was said to grow fast."""
        return self.spoken.text if self.spoken and self.spoken.kind == "growth" else None

    @property
    def among(self) -> str | None:
        """The whole of which the sentence tells the parts."""
        return self.spoken.text if self.spoken and self.spoken.kind == "whole" else None

    @property
    def apart(self) -> str | None:
        """The noun set apart before the clause, of which the clause tells a head (用水成本, 市场份额)."""
        if self.spoken is not None and self.spoken.kind == "cause":
            return self.spoken.text
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


@lru_cache(maxsize=1024)
def heading_topic(heading: str) -> str | None:
    """What a heading names, where it is a short noun. Kept: the passages of a section share their heading."""
    text = trim_lead(_HEADING_MARK.sub("", heading))
    plain = 2 <= len(text) <= 12 and event_at(text) is None and not VERBAL.search(text)
    return text if plain and not re.search(r"[，。；：、]", text) else None
