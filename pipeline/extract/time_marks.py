"""Where a text may hold times: the marks that every time holds one of. Most sentences hold none, and are not searched for times."""

import re
from functools import cache

from pipeline.contract.seed import seed_rows
from pipeline.extract.holidays import HOLIDAYS

# Characters of which every time holds one, but for words and holidays without them.
_MARKS = "年月季五"


@cache
def _time_mark() -> re.Pattern[str]:
    """What a text without times holds none of; most sentences hold none, and are not searched for times."""
    return re.compile("|".join([f"[{_MARKS}]", *map(re.escape, _unmarked())]))


@cache
def _unmarked() -> list[str]:
    """Words and holidays that hold none of the marks, without those that hold another of them."""
    words = [
        word
        for word in (*(row["word"] for row in seed_rows("period_cues")), *HOLIDAYS.split("|"))
        if not set(word) & set(_MARKS)
    ]
    return sorted(word for word in words if not any(other in word for other in words if other != word))


@cache
def marks() -> tuple[str, ...]:
    """The marks of times."""
    return (*_MARKS, *_unmarked())


def has_times(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` may hold a time: one of the marks of times, which most sentences do not."""
    return _time_mark().search(text, start, end) is not None
