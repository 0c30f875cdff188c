"""Stock codes that a page prints with a name: an anchor of its markup, or a code in brackets.

The forms are rows of ``stock_spans.csv``: a pattern with the code as its group, and the exchange.
"""

import re
from functools import cache

from pipeline.contract.seed import seed_rows

MARKUP = re.compile(r"(?:\s|<[^<>]*>)*")


@cache
def _spans() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["regex"]), row["exchange"]) for row in seed_rows("stock_spans"))


def stock_code(raw: str, start: int, end: int) -> str | None:
    """The stock code printed in the raw stretch of a name, or right after it with nothing but markup between; null where
    there is none.

    >>> stock_code('甲乙<span id="quote_sh600000"></span>股份', 0, 36), stock_code("甲乙(000001.SZ)", 0, 2), stock_code("甲乙", 0, 2)
    ('600000.SH', '000001.SZ', None)
    """
    closing = MARKUP.match(raw, end)
    after = closing.end() if closing else end
    for pattern, exchange in _spans():
        found = pattern.search(raw, start, after) or pattern.match(raw, after)
        if found:
            return f"{found['code']}.{exchange}"
    return None
