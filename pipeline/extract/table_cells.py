"""The bare number of a table cell, whose unit stands in the head, the row's label or the caption."""

import re
from dataclasses import replace
from decimal import Decimal

from pipeline.extract.model import Quantity
from pipeline.extract.numerals import evaluate, fold, step_of
from pipeline.extract.quantities import find_quantities

_BARE = re.compile(
    r"\s*(?P<sign>[-−－+]?) ?(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?:\*|＊|[\[〔(（]\d{1,2}[\]〕)）])?\s*"
)


def read_cell(text: str, start: int, end: int, unit: str) -> Quantity | None:
    """The quantity of the cell ``text[start:end]``, offsets into ``text``; None where the cell is no number.

    ``unit`` is the unit as the head prints it (``亿元``, ``%``, ``万吨``). A cell that prints its own unit is read by
    that. A note mark behind the number is passed over. The reading is the cell: the unit must be given again to reread it.

    >>> cell = read_cell("12.5*", 0, 5, "亿元")
    >>> (cell.value, cell.unit) if cell else None
    (Decimal('1250000000.0'), 'CNY')
    """
    cell = fold(text[start:end])
    found = _BARE.fullmatch(cell)
    if not found:
        own = find_quantities(text, start, end)
        return own[0] if len(own) == 1 and text[start:end].strip() == text[own[0].start : own[0].end] else None
    measured = find_quantities("约1" + unit.strip())
    if len(measured) != 1 or measured[0].value is None or measured[0].end != 2 + len(unit.strip()):
        return None
    factor, printed = measured[0].value, found["number"]
    value = evaluate(printed) * factor * (-1 if found["sign"] in ("-", "−", "－") and found["sign"] else 1)
    at = start + found.start("number")
    return replace(
        measured[0],
        start=at,
        end=at + len(printed),
        reading_start=start + found.start("sign"),
        reading_end=at + len(printed),
        value=value,
        bound="eq",
        resolution=step_of(printed) * abs(Decimal(factor)),
        numeral=text[at : at + len(printed)],
        form="arabic",
        rule="cell",
        borderline=False,
    )
