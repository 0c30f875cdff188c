"""Indicators of figures that compare: ranks (…全国排名), shares (…占…比重) and gaps (…与…差距)."""

import re

from pipeline.extract.measures import Measure
from pipeline.extract.nouns import noun_before
from pipeline.extract.phrases import trim_tail
from pipeline.extract.topics import Topic, whole_of

_RANK_TAIL = re.compile(
    r"(?:[^、，；]{0,2}(?:居|位居|列|位列|排|排名|排在|跃居|稳居|位于|跃升至|跃升到|提升至|提升到|保持|连续|历史性)+)?(?:全国|全球|世界|全省|国内|东北|亚洲|副省级城市)?(?:同类城市|城市|省份)?(?:的)?(?:中)?(?:排名|位居|居|位列|列|位次)?(?:第|前|第前)?$"
)
_RANKED = re.compile(r"的?(?:全国|全球|世界|全省)?(?:的)?(?:排名|排位|位次)$")
_SHARE = re.compile(r"^(?P<part>.*?)(?:约|仅|大约)?占(?!比|地|有率|用)(?P<whole>[^，；。]*)$", re.S)
_GAP = re.compile(
    r"(?P<part>.*?)(?P<gap>(?:高于|低于|好于|快于|高出|(?<![占同环])比(?![例重]))(?P<base>[^，；。]*?))(?:高|低|多|少|快|慢|高出)?$",
    re.S,
)
_WHOLE_TRIM = re.compile(
    r"(?:的比重|比重|的比例|比例)?(?:的|在|由|从|达到?|(?:提高|提升|上升|增加|增|升|下降|降低|降)(?:到|至)|为|约|近|超过?|仅|逾|不足|接近)*$"
)
# 在全国只占0.6%, 在总量中占比: the whole stands before 占.
_AMONG = re.compile(
    r"^在?(?P<whole>全国|全省|全市|全球|世界|.{2,10}?中)的?(?:只|仅|约|大约)?(?:占比|所占比重|比重|占)?$"
)
_PART_AMONG = re.compile(r"^(?P<part>.{2,}?)在(?P<whole>[^，；。在]{2,12}?)(?:中|里|内)?(?:所|的|只|仅)?$")
_SHARE_NOUN = re.compile(r"(?:占比|比重|比例|份额)$")
_HEADLESS = re.compile(r"^(?P<which>[^，；。]{2,})的$")


def rank_of(lead: str, measure: Measure, topic: Topic) -> str | None:
    """The noun that is ranked, and among whom; updates ``topic``."""
    if measure.reference and measure.reference in lead:
        lead = lead[: lead.index(measure.reference)].removesuffix("在")
    noun, _ = noun_before(_RANK_TAIL.sub("", lead))
    if len(noun) >= 2:
        topic.noun = noun
    base = noun if len(noun) >= 2 else topic.carried
    if base is None:
        return None
    among = measure.reference or ("全国" if "全国排名" in base else "")
    return f"{_RANKED.sub('', base)}{among}排名"


def share_of(lead: str, topic: Topic) -> str | None:
    """Part and whole of a share; updates ``topic``."""
    match = _SHARE.match(lead)
    if match:
        return _with_whole(match, topic)
    noun, _ = noun_before(lead)
    noun = noun.removeprefix("所占")
    if among := _AMONG.match(noun):
        return f"{topic.carried or ''}占{among['whole'].removesuffix('中')}比重"
    if not noun and topic.parent:
        return topic.parent
    if noun in {"占比", "比重", "比例", "份额", "市场份额", ""}:
        return f"{topic.carried or ''}{noun or '占比'}"
    topic.noun = noun
    return noun


def _with_whole(match: re.Match[str], topic: Topic) -> str:
    """A占B的N%, A在B中占N%, 在B中占N%, B中，A占N%."""
    among = _AMONG.match(match["part"].strip("，、 "))
    if among and topic.carried:
        return f"{topic.carried}占{among['whole'].removesuffix('中')}比重"
    whole = _WHOLE_TRIM.sub("", match["whole"]).strip()
    part = match["part"]
    if not whole and (inside := _PART_AMONG.match(part.strip("，、 "))):
        part, whole = inside["part"], inside["whole"]
    standing = whole_of(part)
    if standing and not whole:
        part, whole = standing[1], standing[0]
    elif not whole and topic.among:
        whole = topic.among
    elif not whole and re.search(r"[其当]中", part) and topic.carried:
        whole = topic.carried
    if whole and (headless := _HEADLESS.match(part.strip("，、 "))):
        return f"{headless['which']}的{whole}占比"
    noun, _ = noun_before(part)
    if len(noun) >= 2:
        topic.noun = noun
    base = noun if len(noun) >= 2 else topic.part or topic.carried or ""
    if topic.part and not whole and len(noun) < 2:
        whole = topic.whole or ""
    if _SHARE_NOUN.search(base):
        return base
    if whole.endswith("份额"):
        return f"{base}{whole}"
    share = f"{base}占{whole}比重" if whole else f"{base}占比"
    topic.parent = share
    return share


def gap_of(lead: str, measure: Measure, topic: Topic) -> str | None:
    """The noun and what it is measured against; updates ``topic``."""
    match = _GAP.match(lead)
    noun = noun_before(match["part"])[0] if match else ""
    if len(noun) >= 2:
        topic.noun = noun
    base = noun if len(noun) >= 2 else topic.parent or topic.carried or ""
    if match and match["gap"].startswith(("比", "较")):
        return f"{base}与{match['base']}差距"
    return f"{base}{trim_tail(match['gap'] if match else '')[0]}" or None
