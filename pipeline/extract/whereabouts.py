"""Which place a figure is about: its clause, the city that opened its paragraph, its heading, the document's region.

A place counts where it opens a clause (大连市…, 在沈阳…). Several places in a list (沈阳、大连等5市) mean the document's region; a
zone without a code (沈抚示范区) is a subject, not a region; a name that several places bear and nothing decides gives none.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from pipeline.contract.late import Late
from pipeline.extract.hearing import Heard
from pipeline.extract.phrases import VISITORS, trim_lead
from pipeline.extract.places import NATION, Place, choose, group_names, inside, regions, scope_region

_LIST_AFTER = re.compile(r"^(?:[、和与及]|等)")
# 5万名上海市民: the place of those who are counted.
_COUNTED = re.compile(r"^\D{0,6}?[\d.〇零一二两三四五六七八九十百千]+[万亿]?[多余]?(?:名|位|户|家|个)$")
_WHO = re.compile(r"市?民|居民|村民|农民|企业|家庭|群众|职工|学生|老人|户|游客|用户|商户")
# 在展会倒计时之际，上海…: the place still opens its paragraph.
_ADVERBIAL = Late(
    r"\s*(?:在[^，。；]*(?:之际|之时|时刻|背景下|期间|前夕|之后|中)$|随着|近日$|日前$|今天$|昨天$|连日来$|入[春夏秋冬]以来$)"
)
# 在全省排第三: among whom the document's own place is ranked.
_RANKED = Late(r"(?:各[市区县州]|同类[\u4e00-\u9fff]{0,4})?(?:中|里)?(?:排|居|位居|位列|名列|列)")
# What follows 全国 where it is no place of the figure: an order, a mean, a grade, a title.
_COMPARED = Late(
    r"的?(?:第|前|平均|首|最|唯一|领先|各地|同[类期行]|排|居|占|比|水平|性|一流|范围|重点|先进|示范|试点|人大|政协|两会|统一|文明|优秀|百强|十[佳强]|知名|著名|科技型|专精特新|劳动|五一|三八|综合|[\u4e00-\u9fff]{0,12}(?:第[一二三四五六七八九十\d]|排名|位居|位列|前列))"
)
_GOES_ON = re.compile(r"[\s　]*(?:其中|这其中|当中)")
# Parts of the nation that have no code: 东部地区, 长三角地区.
_ZONE = Late(
    r"[\s　]*(?:分(?:地区|区域)看[，,]?|其中[，,：:]?|全国)?(?P<zone>(?:东部|中部|西部|东北部?|中西部|长三角|珠三角|京津冀|长江经济带|粤港澳大湾区)(?:地区|区域)(?!生产总值))"
)
_LATER = re.compile(r"(?:……|—)在$")


class Where(NamedTuple):
    """From ``start`` on, figures are about ``region_id``, or about the zone or group named ``subject``."""

    start: int
    region_id: str | None
    subject: str | None = None


class Whereabouts:
    """The places in force while a document is read from top to bottom. ``home`` is the document's region."""

    def __init__(self, home: str | None) -> None:
        self.home = home
        self.headings: dict[int, str] = {}
        self.paragraph: str | None = None
        self.before: Where | None = None
        self.passed: list[tuple[str, Heard, list[Place], bool]] = []

    def heading(self, text: str, places: list[Place], level: int) -> None:
        """A heading that names one place governs its section."""
        if "中" in text:  # 其中: it goes on from the sentence before
            self._catch_up()
        self.passed.clear()
        self.before = self.before if "中" in text else None
        for deeper in [key for key in self.headings if key >= level]:
            del self.headings[deeper]
        named = {choose(p.regions, self.home) for p in places if p.scope == "region"}
        if len(named) == 1 and (region := named.pop()) is not None and regions()[region].kind == "adcode":
            self.headings[level] = region
        self.paragraph = None

    def begin(self) -> None:
        """A paragraph begins."""
        self.paragraph = self.before = None
        self.passed.clear()

    def pass_over(self, text: str, heard: Heard, places: list[Place], opens: bool) -> None:
        """A sentence without figures: it is read when a figure, or a table, behind it in its paragraph asks where it is."""
        if places or self.passed or self.listens:
            self.passed.append((text, heard, places, opens))

    def _catch_up(self) -> None:
        passed, self.passed = self.passed, []
        for text, heard, places, opens in passed:
            self.sentence(text, heard.clauses, places, opens)

    @property
    def base(self) -> str | None:
        """The region where no clause names one."""
        if self.passed:
            self._catch_up()
        if self.paragraph is not None:
            return self.paragraph
        return self.headings[max(self.headings)] if self.headings else self.home

    @property
    def listens(self) -> bool:
        """A sentence without a place may still tell one."""
        return self.before is not None or self.home == NATION or bool(self.passed)

    def sentence(
        self, text: str, clauses: tuple[tuple[int, int], ...], places: list[Place], opens: bool
    ) -> list[Where]:
        """Where in the sentence which place begins to hold; ``places`` are those of the sentence."""
        if not places and not self.listens:  # as most sentences
            return []
        if self.passed:
            self._catch_up()
        found: list[Where] = []
        if self.before is not None and _GOES_ON.match(text, clauses[0][0]):
            found.append(self.before._replace(start=clauses[0][0]))
        self.before = None
        for index, (start, end) in enumerate(clauses):
            if self.home == NATION and (zone := _ZONE.match(text, start, end)):
                found.append(Where(zone.end(), None, zone["zone"]))
                continue
            within = [p for p in places if start <= p.start and p.end <= end and not self._visitors(text, p, end)]
            # 东部地区中我省: the group is compared with.
            here = [
                p
                for p in within
                if p.scope != "reference" and not (p.name in group_names() and text[p.end : p.end + 1] == "中")
            ]
            bracketed = (
                within and within[0].scope == "reference" and text[within[0].end : within[0].end + 1] in ("（", "(")
            )
            opened = within[0] if within and (bracketed or not here) else None
            if opened and (
                told := _whole(text, start, opened, opens=not trim_lead(text[clauses[0][0] : opened.start]))
            ):
                found.append(told)
                continue
            if not here:
                continue
            place = here[0]
            before = text[start : place.start].lstrip('“"‘「『')
            if _LATER.search(text[max(0, place.start - 3) : place.start]) and not found:
                found.append(self._where(place, clauses[0][0]))
            counted = _COUNTED.match(before) is not None and _WHO.match(text, place.end) is not None
            if trim_lead(before) and not counted:
                continue
            if place.scope != "region" and before.strip() == "在" and _RANKED.match(text, place.end):
                continue
            place = _narrowest(here)
            if _LIST_AFTER.match(text[place.end : place.end + 1]) or (index and text[start - 1 : start] == "、"):
                found.append(Where(place.end, self.home))
                continue
            where = self._where(place, start if counted else place.end)
            found.append(where)
            leads = index == 0 or all(_ADVERBIAL.match(text[a:b]) for a, b in clauses[:index])
            if opens and leads and not counted and place.scope == "region" and where.region_id not in {None, self.home}:
                self.paragraph = where.region_id
            elif index == 0 and self.paragraph is not None:
                self.paragraph = where.region_id if where.region_id != self.home else None
        if found and found[-1].start < clauses[-1][1]:
            self.before = found[-1]
        return found

    def _visitors(self, text: str, place: Place, end: int) -> bool:
        """A place whose visitors are counted here, where the document speaks for another."""
        if place.scope != "region" or self.home is None or not VISITORS.match(text, place.end, end):
            return False
        return not inside(place.regions[0], (self.home,))

    def at(self, place: Place) -> Where:
        """What a place named for one figure alone holds."""
        return self._where(place, place.end)

    def _where(self, place: Place, start: int) -> Where:
        if place.scope != "region":
            return Where(start, scope_region(place.scope, self.home, self.base))
        region_id = choose(place.regions, self.base) or choose(place.regions, self.home)
        if region_id is not None and regions()[region_id].kind != "adcode":
            return Where(start, None, place.name)
        return Where(start, region_id)


def _whole(text: str, start: int, place: Place, opens: bool) -> Where | None:
    """The nation, or a group of provinces, where it opens a clause as what the figure is about: 我国, 2021年全国…, 东部地区…; None
    where others are compared with it (全国第一, 高于全国) or it grades what follows (全国文明城市)."""
    if trim_lead(text[start : place.start]) or _COMPARED.match(text, place.end):
        return None
    if place.name == "我国" or (opens and place.name == "全国"):
        return Where(place.end, NATION)
    if place.name in {"全国", "中国"} or place.name not in group_names():
        return None
    return Where(place.end, None, place.name)


def _narrowest(places: list[Place]) -> Place:
    """The last of the places that stand joined from the widest to the narrowest (云南省大理白族自治州宾川县)."""
    place = places[0]
    for inner in places[1:]:
        if inner.start != place.end or inner.scope != "region" or not inside(inner.regions[0], place.regions):
            break
        place = inner
    return place


def where_at(found: list[Where], at: int) -> Where | None:
    """What holds at an offset of the sentence."""
    if not found:
        return None
    index = bisect_right([w.start for w in found], at) - 1
    return found[index] if index >= 0 else None
