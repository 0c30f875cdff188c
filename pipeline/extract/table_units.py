"""The quantity of a table's figure: its number in the unit that the cell, head, label, caption or note gives."""

from collections.abc import Sequence

from pipeline.contract.late import Late
from pipeline.extract.currencies import HOME, localised
from pipeline.extract.grid import Figure, table_words
from pipeline.extract.model import Quantity
from pipeline.extract.table_cells import INDEX, RANK, is_unit, read_cell
from pipeline.extract.table_words import falls, is_growth, name_of, of_kind, units_in

_COUNTED = Late(r"(?P<of>[个户人次件家项台辆])?(?:数|数量)$")


def quantity_of(text: str, figure: Figure, captions: Sequence[str], currency: str = HOME) -> Quantity | None:
    """The quantity of a figure in the unit that its surroundings give; None where they give none. 元 stands for ``currency``."""
    unit = unit_told(figure, captions)
    found = read_cell(text, figure.cell.start, figure.cell.end, unit, falls(figure))
    return None if found is None else localised(found, unit + figure.cell.text, currency)


def unit_told(figure: Figure, captions: Sequence[str]) -> str:
    """The unit of a bare number as head, row, label, caption or note print it; RANK or INDEX; empty where none tells one."""
    head, label = figure.heads[0], figure.label
    if of_kind("rank", head) or of_kind("rank", label):
        return RANK
    notes = [unit for note in (*figure.notes[::-1], *captions[::-1]) for unit in units_in(note)]
    percents = [unit for unit in notes if unit in ("%", "％")]
    if is_growth(head) and not figure.cumulative:
        return next(iter([*units_in(head), *percents]), "%")
    if figure.cumulative and figure.cell.text[-2:-1] in ("%", "％"):
        return "个百分点" if units_in(label) in (["%"], ["％"]) else "%"
    if figure.cumulative and not is_growth(label) and (units_in(label) or [figure.unit]) in (["%"], ["％"]):
        return "个百分点"
    if units_in(head) and set(units_in(head)) <= {"%", "％"}:
        return "%"
    own = [*([figure.unit] if is_unit(figure.unit) else []), *units_in(label)]
    told = [
        *([] if name_of(head) else own),
        *units_in(head),
        *own,
        *units_in(figure.about),
    ]
    name = name_of(head) or name_of(label)
    rated = is_growth(label) or any(name.endswith(word) for word in table_words("percent_noun"))
    if told or (rated and not name.endswith("指数")):
        return told[0] if told else "%"
    if name.endswith("指数"):
        return INDEX
    others = [unit for unit in notes if unit not in percents]
    if others or percents:
        return (others or percents)[0]
    counted = _COUNTED.search(name)
    return (counted["of"] or "个") if counted else ""
