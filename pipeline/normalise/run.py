"""The stage as one batch: tables in, tables out."""

from typing import Any

import pyarrow as pa

from pipeline.contract import BY_NAME, build
from pipeline.normalise.catalogue import catalogue
from pipeline.normalise.compare import COMPARED, compare
from pipeline.normalise.read import MEANT, READ, batches, master, organisations, read_batch, read_claims
from pipeline.normalise.subjects import Places

# Documents read at a time.
DOCUMENTS = 500


def run(
    sources: pa.Table, documents: pa.Table, edits: pa.Table, passages: pa.Table, claims: pa.Table
) -> dict[str, pa.Table]:
    """All tables of the stage by name, and an empty ``quarantine`` (what this stage cannot use stays a claim).

    Raises ValueError where a seed table does not fit the contract.
    """
    parts = [read_batch(*batch) for batch in batches((sources, documents, edits, passages, claims), DOCUMENTS)]
    read = {name: gathered(name, [part[name] for part in parts]) for name in READ}
    known = master().tables | {"organisations": organisations(part[MEANT] for part in parts)}
    with compare((part["readings"] for part in parts), sources, edits, known) as found:
        made = {name: found.table(name) for name in COMPARED}
    return known | read | made | {"quarantine": build("quarantine", [])}


def gathered(name: str, parts: list[pa.Table]) -> pa.Table:
    """The rows of all batches as one table, in the contract's order."""
    return pa.concat_tables(parts).sort_by([(column, "ascending") for column in BY_NAME[name].key])


def compared(
    sources: pa.Table,
    edits: pa.Table,
    claims: pa.Table,
    master: dict[str, pa.Table],
    mentioned: list[dict[str, Any]],
) -> dict[str, list[dict[str, Any]]]:
    """Rows of the tables made by comparing figures; ``mentioned``: where the documents name organisations."""
    known = catalogue(master["indicators"], master["indicator_synonyms"])
    read = build("readings", read_claims(claims, mentioned, known, Places(master["regions"])))
    with compare([read], sources, edits, master) as found:
        return {name: found.table(name).to_pylist() for name in COMPARED}
