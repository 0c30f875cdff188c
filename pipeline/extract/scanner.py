"""The ledger's scanner: every numeral run of a raw text. It knows no units and no words, so it cannot be talked out of one."""

import re

_RUN = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两半兆廿卅萬億兩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]+")


def numeral_runs(raw: str) -> list[tuple[int, int]]:
    """Start and end of each maximal run of decimal digits (any width) and Chinese numeral characters, in order.

    A point or comma is no part of a run: ``1,234.5`` holds three runs, which one claim may take together.
    """
    return [match.span() for match in _RUN.finditer(raw)]
