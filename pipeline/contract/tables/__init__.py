"""The tables, one module a stage; importing this package gives them all.

Belongs here: what a table and its columns are called, hold and mean. Does not belong here: how a row of it is made or judged.
"""

from pipeline.contract.model import Stage, Table
from pipeline.contract.tables import clean, extract, ingest, normalise, publish

STAGES: tuple[Stage, ...] = ("ingest", "clean", "extract", "normalise", "publish")
ALL: tuple[Table, ...] = (*ingest.TABLES, *clean.TABLES, *extract.TABLES, *normalise.TABLES, *publish.TABLES)
BY_NAME: dict[str, Table] = {table.name: table for table in ALL}
PUBLISHED: tuple[Table, ...] = tuple(table for table in ALL if table.published)


def tables_of(stage: Stage) -> tuple[Table, ...]:
    """The tables a stage makes, in contract order."""
    return tuple(table for table in ALL if table.stage == stage)
