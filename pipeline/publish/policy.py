"""The evidence policy: what text of a document may leave the work area.

``full`` keeps text as it is; ``snippet`` keeps at most :data:`SNIPPET` characters around the figure; ``none`` keeps none.
Numerals, offsets, hashes, codes and figures are facts and always stay. Which columns are text is declared in the contract.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.contract import BY_NAME

SNIPPET = 60


def policies(sources: pa.Table) -> dict[str, str]:
    """Evidence policy of each document."""
    return dict(
        zip(sources.column("source_id").to_pylist(), sources.column("evidence_policy").to_pylist(), strict=True)
    )


def redact(name: str, table: pa.Table, policy: Mapping[str, str]) -> pa.Table:
    """The table with text columns as each row's document allows. Tables without such columns pass unchanged.

    Raises KeyError for a row whose document is not among the sources: unknown rights are no rights.
    """
    governed = [column.name for column in BY_NAME[name].columns if column.policy]
    if not governed:
        return table
    allowed = {document: policy[document] for document in pc.unique(table["source_id"]).to_pylist()}
    restricted = [document for document, told in allowed.items() if told != "full"]
    if not restricted:
        return table
    concerned = pc.is_in(table["source_id"], value_set=pa.array(restricted, pa.string()))
    rows = table.filter(concerned).to_pylist()
    for column in governed:
        at = table.schema.get_field_index(column)
        shown = pa.array([_shown(row, column, allowed[row["source_id"]]) for row in rows], pa.string())
        kept = pc.replace_with_mask(table[column].combine_chunks(), concerned.combine_chunks(), shown)
        table = table.set_column(at, table.schema.field(at), kept)
    return table


def _shown(row: Mapping[str, Any], column: str, allowed: str) -> str | None:
    """What a snippet policy leaves of a text column: the claim's own short phrases, and the context cut around the quote."""
    text: str | None = row[column]
    if text is None or allowed == "none":
        return None
    if column == "context":
        return _around(text, [row["quote"], row["numeral"]])
    return text if column in ("quote", "indicator_text", "subject_text") and len(text) <= SNIPPET else None


def _around(text: str, figures: Sequence[str | None]) -> str | None:
    """At most :data:`SNIPPET` characters with the first figure that stands in the text in their middle; None where none does.

    Context is clean text, the quote is as printed: where cleaning changed the quote, the numeral may still be found.
    """
    found = next((figure for figure in figures if figure and figure in text), None)
    if found is None:
        return None
    middle = text.index(found) + len(found) // 2
    start = max(0, min(middle - SNIPPET // 2, len(text) - SNIPPET))
    return text[start : start + SNIPPET]
