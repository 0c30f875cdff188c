"""Units and classifiers after a numeral: rows of ``seeds/tables/units.csv`` and ``seeds/tables/classifiers.csv``.

The longest surface wins (个百分点 before 个). A row with ``near`` words holds only where one of them stands in the same
sentence, close by: 300P is computing power beside 算力. A unit wins over a classifier of the same length.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pipeline.contract.late import Late
from pipeline.contract.seed import seed_rows
from pipeline.extract.vocabulary import pattern

REACH_BEFORE, REACH_AFTER = 30, 14
_SENTENCE_BREAK = Late(r"[。；！？\n]")
_RATE = re.compile(
    r"/(?:年|月|日|天|小时|分钟|秒|[百千万]人|人次|人|户|亩|吨|次|度(?!假)|千瓦时|千瓦|平方公里|平方米|立方米|公里|公顷|公斤|标箱|件|台|套|只|尾|头|箱|升|张|株|学时|课时)"
)
_GAP = re.compile(r"[ \u3000]{0,3}")


class Unit(NamedTuple):
    """What follows a numeral. ``kind`` is unit, or the kind of classifier: thing, person, abstract, place, structural.

    ``end`` is where the quote ends; ``near_start``/``near_end`` enclose the word that decided, where one did.
    """

    surface: str
    unit: str
    factor: Decimal
    classifier: str | None
    kind: str
    start: int
    end: int
    near_start: int
    near_end: int


@dataclass(frozen=True, slots=True)
class _Row:
    surface: str
    unit: str
    factor: Decimal
    kind: str
    not_before: str
    near: Late | None


@cache
def _rows() -> dict[str, tuple[_Row, ...]]:
    """Rows by first character, longest surface first, then in file order, units before classifiers."""
    found: dict[str, list[_Row]] = {}
    for row in seed_rows("units"):
        near = Late(row["near"]) if row["near"] else None
        found.setdefault(row["surface"][0], []).append(
            _Row(row["surface"], row["unit"], Decimal(row["factor"]), "unit", row["not_before"], near)
        )
    for row in seed_rows("classifiers"):
        found.setdefault(row["classifier"][0], []).append(
            _Row(row["classifier"], "count", Decimal(1), row["kind"], row["not_before"], None)
        )
    # A row that needs a word near by is tried before the plain row of the same surface.
    return {
        first: tuple(sorted(rows, key=lambda r: (-len(r.surface), r.near is None))) for first, rows in found.items()
    }


def read_unit(text: str, start: int, after: int) -> Unit | None:
    """The unit or classifier of the numeral ``text[start:after]``; None where what follows is neither."""
    gap = _GAP.match(text, after)
    at = gap.end() if gap else after
    for row in _rows().get(text[at : at + 1], ()):
        end = at + len(row.surface)
        if not text.startswith(row.surface, at):
            continue
        if text[end : end + 1] and text[end] in row.not_before and not pattern("<after_classifier>").match(text, end):
            continue
        if (
            row.surface[-1].isascii()
            and row.surface[-1].isalpha()
            and text[end : end + 1].isascii()
            and text[end : end + 1].isalpha()
        ):
            continue
        near = _near(text, start, end, row.near) if row.near else (start, end)
        if near is None:
            continue
        rate = _RATE.match(text, end) if text.startswith("/", end) else None
        classifier = None if row.kind == "unit" else row.surface
        return Unit(row.surface, row.unit, row.factor, classifier, row.kind, at, rate.end() if rate else end, *near)
    return None


def _near(text: str, start: int, end: int, words: Late) -> tuple[int, int] | None:
    """Where a deciding word stands in the same sentence, at most 30 characters before or 14 after; None if nowhere."""
    before = text[max(0, start - REACH_BEFORE) : start]
    breaks = [m.end() for m in _SENTENCE_BREAK.finditer(before)]
    before = before[breaks[-1] :] if breaks else before
    hits = list(words.finditer(before))
    if hits:
        return start - len(before) + hits[-1].start(), end
    after = _SENTENCE_BREAK.split(text[end : end + REACH_AFTER], maxsplit=1)[0]
    hit = words.search(after)
    return (start, end + hit.end()) if hit else None
