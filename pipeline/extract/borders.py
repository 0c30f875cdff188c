"""Whether the full name of a county stands in the text as a name, or across the border of two words (振|兴城市, 海南|区域).

Words are rows of ``place_borders.csv``: after ``before`` a name may begin; a name that ends as ``tail`` must begin so; ``word`` and
``local`` are names that mean a place only near it.
"""

from functools import cache

from pipeline.contract.late import Late
from pipeline.contract.seed import seed_rows

_CHINESE = Late(r"[\u4e00-\u9fff]")
# 区域, 区位, 市场 and 县级 are words that begin with the last character of a name.
_CUT = {
    "区": Late(r"域|间|块|别|县|位(?![居列于])|划(?![定出入拨])"),
    "市": Late(r"场(?!监)|值|占率"),
}
_CUT_SHORT = Late(r"[级域区乡城镇际]")
_UNITS = ("区", "县", "市", "旗")


@cache
def _words(use: str) -> frozenset[str]:
    return frozenset(row["word"] for row in seed_rows("place_borders") if row["use"] == use)


@cache
def _before() -> tuple[str, ...]:
    return tuple(sorted(_words("before")))


def is_full(name: str) -> bool:
    """The name says what the place is (宾川县), as short forms (旅顺) do not."""
    return name.endswith(_UNITS)


def is_common(name: str) -> bool:
    """The name is a common word too (城区, 新建区)."""
    return name in _words("word")


def is_local(name: str) -> bool:
    """The name means its place only near it: of two characters (和县), or one that many cities could have (东湖区)."""
    return len(name) == 2 or name in _words("local")


def is_tailed(name: str) -> bool:
    """The name ends as a noun of its own (兴城市, 南山区)."""
    return len(name) == 3 and name[1:] in _words("tail")


def opens_left(text: str, start: int) -> bool:
    """No Chinese character stands before the name, or a word after which a name begins."""
    return start == 0 or not _CHINESE.match(text, start - 1) or text.endswith(_before(), max(0, start - 4), start)


def cut_right(name: str, text: str, end: int) -> bool:
    """The name's last character begins the next word."""
    if len(name) == 2 and _CUT_SHORT.match(text, end):
        return True
    cut = _CUT.get(name[-1])
    return cut is not None and cut.match(text, end) is not None
