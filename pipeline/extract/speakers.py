"""Whose figures a passage of a broadcast or interview tells: where a reporter stands, and for whom a speaker says 我们.

A turn labelled 【企业负责人】 speaks of the company named last; a reporter who stands in a company's workshop goes on with it to the
end of the passage; 我们 in the words of a company's director is the company. An official's 我们 is no organisation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.contract.late import Late
from pipeline.extract.model import STAYING, Name
from pipeline.extract.vocabulary import pattern

_TURN = r"^[\s　]*[【\[（(]?(?:该|本)?(?:企业|公司|集团|工厂|厂家|车间|合作社|生产线|园区)[^】\]）)：:，。]{0,8}?<office>[^】\]）)：:，。]{0,6}[】\]）)：:]"
_STANDS = re.compile(
    r"(?:我|我们|记者|咱们)(?:现在|此刻|这会儿|今天|眼下|正|就|是|也|所)*(?:站在|身处|走进|来到|位于|在|到了)(?:的(?:地方|位置)?(?:就)?是)?"
    r"|(?:这里|我身后(?:的)?|眼前(?:的)?)(?:就)?是"
)
_SPEAKS = r"^[^，。；：\n]{0,8}?<office>[^，。；：\n]{0,10}?(?:说|介绍|告诉|表示|坦言|透露|称|[：:])"
_WE = Late(
    r"^[\s　“\"]*(?:去年|今年|目前|如今|现在|前年|这几年|这两年|当时|\d{4}年)?[，,]?(?:我们|咱们|咱|我司|我厂|我公司)(?!省|市|县|区|国|村|乡|镇)"
)
_REACH = 24


@dataclass(frozen=True, slots=True)
class Voice:
    """From ``start`` on the passage speaks of ``subject``; ``only_we``: where a clause opens with 我们 alone."""

    start: int
    subject: str
    kind: str
    only_we: bool = False


def voice_of(text: str, start: int, end: int, names: Sequence[Name], company: str | None) -> Voice | None:
    """For whom the passage ``text[start:end]`` speaks; ``names`` are those in it, ``company`` the one named last before it."""
    if company is not None and pattern(_TURN).match(text[start : min(end, start + 40)]):
        return Voice(start, company, "company")
    for name in names:
        if name.kind not in STAYING:
            continue
        stands = [m.end() for m in _STANDS.finditer(text, max(start, name.start - _REACH), name.start)]
        if stands and not re.search(r"[，。；：！？]", text[stands[-1] : name.start]):
            return Voice(name.end, name.text, name.kind)
        if pattern(_SPEAKS).match(text[name.end : min(end, name.end + 40)]):
            return Voice(name.end, name.text, name.kind, only_we=True)
    return None


def says_we(clause: str) -> bool:
    """The clause opens with 我们."""
    return _WE.match(clause) is not None
