"""``datapackage.json``: Data Package, version 2.

Beyond the standard a field carries ``unit``, ``unit_zh``, ``unit_from`` (the column that tells a row's unit),
``description_zh``, ``concept`` (SDMX) and ``code_list``: the standard has no place for units and translations. ``released`` is
a day, ``created`` of the standard would be a time of day that nothing tells.
"""

from typing import Any

from pipeline.contract import PUBLISHED, Column, Table
from pipeline.contract.units import unit_en, unit_zh
from pipeline.publish.descriptors import words
from pipeline.publish.descriptors.facts import Facts, as_json, cited, without_empty

PROFILES = "https://datapackage.org/profiles/2.0"
TYPES = {"string": "string", "int": "integer", "float": "number", "bool": "boolean", "date": "date"}


def datapackage(facts: Facts) -> str:
    """The file as text."""
    return as_json(
        without_empty(
            {
                "$schema": f"{PROFILES}/datapackage.json",
                "name": facts.name,
                "title": words.TITLE_EN,
                "title_zh": words.TITLE_ZH,
                "description": words.DESCRIPTION_EN,
                "description_zh": words.DESCRIPTION_ZH,
                "version": facts.version,
                "released": facts.released,
                "keywords": list(words.KEYWORDS),
                "licenses": [{"name": facts.licence, "path": words.LICENCES[facts.licence]}],
                "contributors": [{"title": words.CREATOR, "roles": ["creator"]}],
                "sources": _sources(facts),
                "resources": [_resource(table, facts) for table in PUBLISHED],
            }
        )
    )


def _sources(facts: Facts) -> list[dict[str, Any]]:
    if facts.sources is None:
        return [{"title": facts.elsewhere, "path": facts.files["sources"]["file"]}]
    return [_source(row) for row in facts.sources]


def _source(row: dict[str, Any]) -> dict[str, Any]:
    web = row["url"] if row["url"] and row["url"].startswith(("http://", "https://")) else None
    return without_empty({"title": cited(row), "path": web, "version": row["published"]})


def _resource(table: Table, facts: Facts) -> dict[str, Any]:
    entry = facts.files[table.name]
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "path": entry["file"],
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": entry["bytes"],
        "hash": f"sha256:{entry['sha256']}",
        "logical_hash": f"sha256:{entry['logical_sha256']}",
        "rows": entry["rows"],
        "description": table.en,
        "description_zh": table.zh,
        "schema": _schema(table, facts),
    }


def _schema(table: Table, facts: Facts) -> dict[str, Any]:
    unique = words.unique_columns(table)
    found: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(column, column.name in unique, facts) for column in table.columns],
        "primaryKey": list(table.key),
    }
    if others := [[name] for name in unique if (name,) != table.key]:
        found["uniqueKeys"] = others
    if keys := [_foreign_key(table, column) for column in table.columns if column.references]:
        found["foreignKeys"] = keys
    return found


def _foreign_key(table: Table, column: Column) -> dict[str, Any]:
    name, field = words.target(column)
    # The empty name is the table itself.
    return {"fields": [column.name], "reference": {"resource": "" if name == table.name else name, "fields": [field]}}


def _field(column: Column, unique: bool, facts: Facts) -> dict[str, Any]:
    entries = facts.codes_of(column.codes) if column.codes else []
    constraints = {
        "required": not column.nullable or None,
        "unique": unique or None,
        "pattern": column.pattern,
        "minimum": column.minimum,
        "maximum": column.maximum,
    }
    return without_empty(
        {
            "name": column.name,
            "type": TYPES[column.kind],
            "description": column.en,
            "description_zh": column.zh,
            "unit": unit_en(column),
            "unit_zh": unit_zh(column),
            "unit_from": column.unit_from,
            "concept": column.concept,
            "code_list": column.codes,
            "categories": [{"value": row["code"], "label": f"{row['name_en']} / {row['name_zh']}"} for row in entries],
            "constraints": {key: value for key, value in constraints.items() if value is not None},
        }
    )
