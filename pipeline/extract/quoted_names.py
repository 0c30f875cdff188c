"""Names in quotation marks: ships, systems and the like by their quoted name and kind, firms quoted whole."""

import re

from pipeline.contract.late import Late
from pipeline.extract.model import Name

# “海鸥一号”科考船: a quoted name and its kind.
_QUOTED = re.compile(
    r"“[^“”，。；\n]{1,14}”(?:[\u4e00-\u9fff]{0,6}?(?:船|舰|号|卫星|火箭|机器人|列车|专列|班列|装置|客机|飞机|平台|系统|小程序|大模型|联赛))?"
)
_QUOTED_FIRM = re.compile(r"“([\u4e00-\u9fffA-Za-z\d]{3,10}(?:公司|集团|银行))”")
_QUOTED_KIND = Late(r"”[\u4e00-\u9fff]+$")


def quoted_names(text: str) -> list[Name]:
    """The quoted names of a text."""
    found = [Name(m.start(), m.end(), m[0], "product") for m in _QUOTED.finditer(text) if _QUOTED_KIND.search(m[0])]
    return found + [Name(m.start(), m.end(), m[1], "company") for m in _QUOTED_FIRM.finditer(text)]
