"""Every table, column and code list of the dataset, declared once.

Belongs here: declarations (``tables/``), and their plain projections: Arrow schema (``arrow``), DuckDB comments and views
(``publish`` writes them from here), code lists (``codes``), evidence policy by column; what all stages read words and patterns with
(``seed``, ``late``). Does not belong here: anything that reads a document or computes a figure.
"""

from pipeline.contract.arrow import build, build_columns, empty, schema
from pipeline.contract.model import Column, Table, schema_version
from pipeline.contract.tables import ALL, BY_NAME, PUBLISHED, STAGES, tables_of

__all__ = [
    "ALL",
    "BY_NAME",
    "PUBLISHED",
    "STAGES",
    "Column",
    "Table",
    "build",
    "build_columns",
    "empty",
    "schema",
    "schema_version",
    "tables_of",
]
