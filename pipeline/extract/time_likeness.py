"""Whether words that read like a time are one: a plan by its number (十四五), a month without a year."""

import re

from pipeline.extract.small_numbers import chinese_int


def plan_like(match: re.Match[str]) -> bool:
    """十四五 is a plan; 三五成群, 十五个 are not: a plan is quoted, or followed by a word of its own, and is the sixth or later."""
    whole, tail = match[0], match.string[match.end() : match.end() + 1]
    try:
        ordinal = chinese_int(match["plan"])
    except ValueError:
        return False
    quoted = any(mark in whole for mark in "“‘「")
    marked = bool(match["plan_tail"] or match["plan_end"]) or whole.endswith("规划") or tail in tuple("，。、；")
    return ordinal >= 8 and (quoted or (marked and ordinal >= 11))


def month_like(text: str, match: re.Match[str]) -> bool:
    """月 alone may be a rate (月均) or a part of a word; a month has a year, a day, 份, 底, a preposition, or opens a clause."""
    if match["y3"] or match["w3"] or match["d"] or match["m_end"] or match["to"] or match[0].endswith("份"):
        return True
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    told = text[max(0, match.start() - 2) : match.start()] in {"公布", "发布", "公告", "揭晓"}
    opens = before in "，。；：、（(\n 　" or before == "" or told
    return opens and (
        after in tuple("，,、召举在")
        or after.isdigit()
        or ("\u4e00" <= after <= "\u9fff" and after not in "均里内间来")
    )
