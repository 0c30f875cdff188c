"""Sights by what they do: 昆明石林接待游客5万人次 tells of one, 全市景区接待游客5万人次 of none."""

from pipeline.contract.late import Late
from pipeline.extract.phrases import event_at, trim_lead
from pipeline.extract.places import place_prefix

SIGHT_WORDS = ("接待", "门票收入", "入园")
"""Of which every clause that tells of a sight holds one."""
_SPAN = r"(?:前[\d一二三四五六七八九]{1,2}天|连续\d天|当天|当日|首日)?"
_HOSTS = (
    rf"{_SPAN}(?:共|累计|单日|共计|日均)*(?:接待(?:量|游客|旅客|观众|人次|人数|入园游客)?|门票收入|入园(?:游客|人数))"
)
_NAMED = Late(
    rf"^[\s　]*(?:其中)?[，,]?(?:新晋)?(?P<who>[\u4e00-\u9fff]{{2,10}}?(?<![市县区省州国乡镇天日月年地个点级户家位城]))[，,]?{_HOSTS}"
)
_HOSTED = Late(rf"^[\s　]*{_HOSTS}")
_KIND = Late(r"^(?:其中)?[，,]?(?:新晋)?(?:国家)?(?:\dA级|[一二三四五]级)(?:旅游)?景区")
_MANY = Late(
    r"^[全各我共累]|景点|全[省市县区]|各|主要|等|旅游|酒店|民宿|收入|游客|同比|期间|假期|黄金周|乡村|文博|场馆|场所|单位|企业|线路|其中|港$|口岸|市场|国内|入境|合计|总|、"
)


def sight_of(clause: str, before: str) -> tuple[int, str] | None:
    """The sight a clause tells of and where it ends, named in it or all alone in the one before (剑门关，前4天接待…); None for many or none."""
    if named := _NAMED.match(clause):
        who = named["who"]
        return (named.end("who"), who) if _is_one(who) and not who.endswith("景区") else None
    who = _KIND.sub("", before.strip(" 　"))
    return (0, who) if _HOSTED.match(clause) and 2 <= len(who) <= 14 and who.isalpha() and _is_one(who) else None


def _is_one(who: str) -> bool:
    own = who[place_prefix(who) :]
    return len(own) > 1 and not _MANY.search(who) and trim_lead(own) == own and event_at("某某" + own) is None
