"""The bare number of a table cell, whose unit stands in the head, the row's label or the caption."""

from functools import cache

from pipeline.contract.late import Late
from pipeline.extract.currencies import parted
from pipeline.extract.model import Quantity
from pipeline.extract.numerals import fold
from pipeline.extract.quantities import find_quantities

RANK, INDEX = "rank", "index"
"""In the place of a printed unit: the column holds places in an order, or points of an index."""

_NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_NOTE = r"(?:\*+|＊+|[①-⑳]|[\[〔(（](?:\d{1,2}|注)[\]〕)）])"
_BARE = Late(
    rf"[ \u3000]*+(?P<before>[^\d \u3000\[〔(（]{{0,4}})[ ]?(?P<number>{_NUMBER}(?:[ ]?(?:——|[—–\-－~～〜至])[ ]?{_NUMBER})?)[ ]?"
    rf"(?P<after>[^\d \u3000\[〔(（*＊①-⑳]{{0,3}}){_NOTE}?[ \u3000]*+"
)
# 增长5.2%, 同比提高0.3个百分点, ↑3%: the cell says itself that it is growth.
_RISEN = Late(r"^(?:同比|环比|比上年|较上年)*(?:增长|提高|提升|上升|增加|上涨|加快|扩大|[↑▲])?")
_RATIO = Late(r"[ \u3000]*+\d+(?:\.\d+)?[:：∶]1[ \u3000]*+")
_SIGNS = ("-", "−", "－", "+", "＋")
_BRACKETED = Late(rf"[ \u3000]*+[\[〔(（](?P<before>)(?P<number>{_NUMBER})(?P<after>)[%％]?[\]〕)）][ \u3000]*+")


@cache
def is_unit(printed: str) -> bool:
    """Whether these characters are a unit or classifier: 亿元, %, 万人次."""
    probe = "约1" + parted(printed.strip())[1]
    found = find_quantities(probe)
    return (
        len(printed.strip()) > 0
        and len(found) == 1
        and found[0].start == 1
        and found[0].end == len(probe)
        and found[0].unit != "rank"
    )


@cache
def is_classifier(printed: str) -> bool:
    """Whether these characters count things: 家, 万户."""
    return is_unit(printed) and find_quantities("约1" + printed.strip())[0].unit == "count"


def is_bare(cell: str) -> bool:
    """Whether the cell is a number, perhaps with words of bound or a note mark, and prints no unit."""
    if _RATIO.fullmatch(cell):
        return True
    return bool(_BARE.fullmatch(fold(cell)) or _BRACKETED.fullmatch(fold(cell))) and _read(cell, "个") is not None


def read_cell(text: str, start: int, end: int, unit: str, decline: bool = False) -> Quantity | None:
    """The quantity of the cell ``text[start:end]``, offsets into ``text``; None where the cell is no number.

    ``unit`` is the unit as the head prints it (``亿元``, ``%``, ``万吨``), ``RANK`` or ``INDEX``. A cell that prints its
    own unit is read by that. ``decline``: head or label say that a number without a sign is a decline. A note mark behind the number is passed over; words of bound before and after it count.
    The quote is the number; the reading is the cell, and needs the unit again (``proof.unproven_cells``).

    >>> cell = read_cell("12.5*", 0, 5, "亿元")
    >>> (cell.value, cell.unit) if cell else None
    (Decimal('1250000000.0'), 'CNY')
    """
    found = _read(text[start:end], unit.strip(), decline)
    if found is not None:
        return found._replace(
            start=start + found.start,
            end=start + found.end,
            reading_start=start + found.reading_start,
            reading_end=start + found.reading_end,
            numeral=text[start + found.start : start + found.end],
        )
    if _RATIO.fullmatch(text, start, end):
        return _ratio(text, start, end)
    own = find_quantities(text, start, end)
    whole = len(own) == 1 and not own[0].borderline
    if not whole:
        return None
    read = text[own[0].reading_start : own[0].reading_end]
    return own[0] if _RISEN.sub("", text[start:end].strip()) in (read, _RISEN.sub("", read)) else None


def _ratio(text: str, start: int, end: int) -> Quantity | None:
    """A cell that is a ratio to one, 2.3:1, whatever its head prints."""
    read = find_quantities("比为" + text[start:end])
    by = start - len("比为")
    if len(read) != 1 or read[0].unit != "ratio":
        return None
    at, until = read[0].start + by, read[0].end + by
    return read[0]._replace(
        start=at, end=until, reading_start=at, reading_end=until, numeral=text[at:until], rule="cell"
    )


def _read(cell: str, unit: str, decline: bool = False) -> Quantity | None:
    """A bare cell read with its unit put in: ``≥90`` under 亿元 as ``≥90亿元``. Offsets are those of the cell."""
    folded = fold(cell)
    found = _BARE.fullmatch(folded) or _BRACKETED.fullmatch(folded)
    if not found or not (unit in (RANK, INDEX) or is_unit(unit)):
        return None
    lead, tail = {RANK: ("第", "位"), INDEX: ("指数为", "")}.get(unit) or parted(unit)
    lead = "降低" + lead if decline and not found["before"].startswith(_SIGNS) else lead
    before, number, after = found["before"].replace("+", ""), found["number"], found["after"]
    probe = f"{lead}{before}{number}{tail}{after}"
    read = find_quantities(probe)
    at = len(lead) + len(before)
    if len(read) != 1 or read[0].end != at + len(number) + len(tail) or read[0].fault:
        return None
    quantity = read[0]
    if (before and quantity.reading_start > len(lead)) or quantity.reading_end < len(probe):
        return None
    return quantity._replace(
        start=found.start("number"),
        end=found.end("number"),
        reading_start=found.start("before") if before else found.start("number"),
        reading_end=found.end("after"),
        rule="cell",
        borderline=False,
    )
