"""Where a time is only mentioned: in a name, in a title, in the line that tells when a piece of news was told."""

import re

from pipeline.contract.late import Late

# 4月23日，记者从…获悉; 4月23日，统计局公布: when it was told, no time of a figure.
_DATELINE = Late(
    r"(?:电|讯|消息)|[）)]?[，,]?[^，,。；：:\n]{0,30}?(?:获悉|了解到|报道|[局部厅院办署委会行网司处](?:今天|今日|对外|正式)?(?:公布|发布(?!会)|通报|披露|介绍)|表示|介绍说?[，,：:])"
)


def in_name(text: str, start: int, end: int) -> bool:
    """Inside “…” that holds no punctuation: part of a name, such as “2019年度示范园区”."""
    opening = text.rfind("“", max(0, start - 20), start)
    if opening < 0 or "”" in text[opening:start]:
        return False
    closing = text.find("”", end, end + 30)
    if closing < 0 or text[end - 1] == "”" or closing == end:
        return False
    return not re.search(r"[，。；：！？,;]", text[opening:closing])


def in_title(text: str, start: int, end: int) -> bool:
    """Inside 《…》."""
    opening = text.rfind("《", max(0, start - 60), start)
    return opening >= 0 and "》" not in text[opening:start] and "》" in text[end : end + 60]


def in_dateline(text: str, end: int) -> bool:
    """The day that ends at ``end`` is when the news was told."""
    return _DATELINE.match(text, end) is not None
