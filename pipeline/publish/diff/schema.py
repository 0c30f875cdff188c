"""Changes of the schema: tables, columns, types, and what the schema version adds to them."""

from collections.abc import Iterator

import pyarrow as pa

from pipeline.publish.diff.model import SchemaChange
from pipeline.publish.diff.side import Side


def schema_changes(old: Side, new: Side) -> list[SchemaChange]:
    """By table and column. A change breaks where a question that the older release answers may fail or mean something else."""
    found = [SchemaChange(name, None, "table is gone", True) for name in sorted(old.tables.keys() - new.tables.keys())]
    found += [SchemaChange(name, None, "new table", False) for name in sorted(new.tables.keys() - old.tables.keys())]
    versions = [
        {entry["name"]: entry.get("schema_version") for entry in side.manifest["tables"]} for side in (old, new)
    ]
    for name in sorted(old.tables.keys() & new.tables.keys()):
        columns = list(_columns(name, old.tables[name].schema, new.tables[name].schema))
        found += columns
        before, after = (version.get(name) for version in versions)
        if not columns and before and after and before != after:
            found.append(SchemaChange(name, None, "key, unit, code list or reference of a column", True))
    return found


def _columns(table: str, old: pa.Schema, new: pa.Schema) -> Iterator[SchemaChange]:
    for name in old.names:
        if name not in new.names:
            yield SchemaChange(table, name, "column is gone", True)
            continue
        before, after = old.field(name), new.field(name)
        if before.type != after.type:
            yield SchemaChange(table, name, f"type {before.type} → {after.type}", True)
        if before.nullable != after.nullable:
            yield SchemaChange(
                table, name, "may be empty now" if after.nullable else "is never empty now", after.nullable
            )
    yield from (SchemaChange(table, name, "new column", False) for name in new.names if name not in old.names)
    if old.names != new.names and sorted(old.names) == sorted(new.names):
        yield SchemaChange(table, None, "order of columns", False)
