"""Date, author and source lines: rows of ``byline_marks.csv``. They stay, as passages of their own kind."""

import re
from functools import cache, lru_cache

from pipeline.contract.seed import seed_rows

LONGEST = 100


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in seed_rows("byline_marks")))


def is_byline(line: str) -> bool:
    """Whether the whole line says when, by whom or from where.

    >>> is_byline("2022年5月23日"), is_byline("本报记者 张三 李四"), is_byline("2022年，产值增长9%。")
    (True, True, False)
    """
    return len(line) <= LONGEST and _is_byline(line)


@lru_cache(maxsize=2048)
def _is_byline(line: str) -> bool:
    """Kept, since each line is asked about by several rules."""
    return bool(_pattern().fullmatch(line.strip("（）()【】")))
