"""The parts of a work report: what was done, then what is to be done. A heading, or how a paragraph opens, tells where one begins.

Only words that stand with a time count: 重点工作 alone may be told of either part.
"""

import re

from pipeline.contract.late import Late
from pipeline.extract.numerals import fold

REACH = 70
"""A paragraph tells its part within so many characters."""

_YEAR = re.compile(r"((?:19|20)(?<!\d..)\d{2})年")
_TO_COME = ("今年", "明年", "新的一年", "下一步", "下一年", "今后", "未来")
_AHEAD = Late(
    rf"(?:{'|'.join(_TO_COME)})[^。；]{{0,24}}?(?:安排|重点|目标|任务|打算|部署|要求|思路|建议|我们[将要]|抓好|做好)"
)
_PLANNED = Late(r"[^。；]{0,24}?(?:安排|重点|目标|任务|打算|部署|要求|思路|建议|我们[将要]|抓好|做好|要$)")
_BACK = Late(
    r"[\s　]*(?:[一二三四五六七八九十]+、)?(?:回顾|一年来|过去的?一年|过去的?[五三四]年|[五三四5]年来|即将过去|[今去]年以来)"
)
_REVIEWS = ("工作回顾", "工作总结", "向大会报告", "向大会作")
_DONE = Late(r"[^。；]{0,12}?(?:回顾|总结|工作情况|主要做了|主要工作|是[^。；]{2,40}的一年)")


# What all of these hold one of, before folding: most paragraphs hold none.
_TOLD = ("年", "回顾", "过去", "過去", "总结", "大会", "下一步", "今后", "未来")


def part_told(text: str, reviewed: int | None) -> str | None:
    """The statement of the part that a heading or paragraph opens: actual, target, or None where it opens none.
    ``reviewed`` is the year the report looks back on."""
    opening = text[:REACH]
    if not any(word in opening for word in _TOLD):
        return None
    opening = fold(opening)
    if _BACK.match(opening) or any(word in opening for word in _REVIEWS):
        return "actual"
    if any(word in opening for word in _TO_COME) and _AHEAD.search(opening):
        return "target"
    year = _YEAR.search(opening, 0, 24)
    if year is None or reviewed is None:
        return None
    if int(year[1]) > reviewed:
        return "target" if _PLANNED.match(opening, year.end()) else None
    return "actual" if _DONE.match(opening, year.end()) else None
