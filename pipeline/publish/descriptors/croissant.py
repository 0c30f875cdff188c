"""``croissant.json``: Croissant 1.1, a record set a table.

Provenance goes down to the value: the value of a claim carries, as annotations of its field, the characters it was quoted
from and the rule that read it; a row of ``evidence`` the claim and the original an observation was derived from.
"""

from typing import Any

from pipeline.contract import BY_NAME, PUBLISHED, Column, Table
from pipeline.contract.units import unit_en
from pipeline.publish.descriptors import words
from pipeline.publish.descriptors.facts import Facts, as_json, cited, without_empty

VERSION = "http://mlcommons.org/croissant/1.1"
PARQUET = "application/x-parquet"
TYPES = {"string": "sc:Text", "int": "sc:Integer", "float": "sc:Float", "bool": "sc:Boolean", "date": "sc:Date"}
TERMS = (
    "arrayShape citeAs column containedIn equivalentProperty extract field fileObject fileProperty fileSet format includes"
    " isArray isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated replace samplingRate"
    " separator source subField transform annotation sdVersion"
)
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "name": {"@container": "@language"},
    "description": {"@container": "@language"},
    **{term: f"cr:{term}" for term in sorted(TERMS.split())},
}

PROVENANCE: dict[tuple[str, str], tuple[tuple[str, str, str, tuple[str, ...]], ...]] = {
    ("claims", "value"): (
        ("quotation", "prov:Entity", "prov:wasQuotedFrom", ("source_id", "raw_start", "raw_end", "quote")),
        ("reading", "prov:Activity", "prov:wasGeneratedBy", ("rule", "confidence")),
    ),
    ("evidence", "observation_id"): (
        ("claim", "prov:Entity", "prov:wasDerivedFrom", ("claim_id", "source_id")),
        ("original", "prov:Entity", "prov:hadPrimarySource", ("original_sha256", "original_start", "original_end")),
    ),
    ("sources", "source_id"): (("original", "prov:Entity", "prov:hadPrimarySource", ("original_sha256", "url")),),
}
"""Field, and for each annotation its name, class, PROV property and the columns that hold it row by row."""


def croissant(facts: Facts) -> str:
    """The file as text."""
    return as_json(
        without_empty(
            {
                "@context": CONTEXT,
                "@type": "sc:Dataset",
                "conformsTo": VERSION,
                "name": facts.name,
                "alternateName": [words.TITLE_EN, {"@value": words.TITLE_ZH, "@language": "zh"}],
                "description": {"en": words.DESCRIPTION_EN, "zh": words.DESCRIPTION_ZH},
                "version": facts.version,
                "sdVersion": facts.version,
                "datePublished": facts.released,
                "license": words.LICENCES[facts.licence],
                "creator": {"@type": "sc:Organization", "name": words.CREATOR},
                "citeAs": _bibtex(facts),
                "keywords": list(words.KEYWORDS),
                "inLanguage": list(words.LANGUAGES),
                "prov:wasDerivedFrom": _documents(facts),
                "prov:wasGeneratedBy": _build(facts),
                "rai:dataCollection": words.COLLECTION,
                "rai:dataLimitations": list(words.LIMITS),
                "rai:dataUseCases": list(words.USES),
                "rai:personalSensitiveInformation": "None: figures of places, organisations and programmes.",
                "distribution": [_file(table, facts) for table in PUBLISHED],
                "recordSet": [_record_set(table, facts) for table in PUBLISHED],
            }
        )
    )


def _bibtex(facts: Facts) -> str:
    year = f", year={{{facts.released[:4]}}}" if facts.released else ""
    return f"@misc{{{facts.name}, title={{{words.TITLE_EN}}}, author={{{{{words.CREATOR}}}}}, version={{{facts.version}}}{year}}}"


def _documents(facts: Facts) -> list[dict[str, Any]]:
    if facts.sources is None:
        return [{"@type": "prov:Collection", "name": facts.elsewhere, "url": facts.files["sources"]["file"]}]
    return [_document(row) for row in facts.sources]


def _document(row: dict[str, Any]) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "prov:Entity",
            "@id": f"urn:sha256:{row['original_sha256'] or row['sha256']}",
            "name": cited(row),
            "url": row["url"],
            "datePublished": row["published"],
        }
    )


def _build(facts: Facts) -> dict[str, Any]:
    used = [{"@type": "prov:Entity", "name": kind, "sha256": sha256} for kind, sha256 in facts.build.items()]
    return {"@type": "prov:Activity", "name": "liaoning build", "prov:used": used}


def _file(table: Table, facts: Facts) -> dict[str, Any]:
    entry = facts.files[table.name]
    return {
        "@type": "cr:FileObject",
        "@id": entry["file"],
        "name": entry["file"],
        "description": {"en": table.en, "zh": table.zh},
        "contentUrl": entry["file"],
        "contentSize": f"{entry['bytes']} B",
        "encodingFormat": PARQUET,
        "sha256": entry["sha256"],
    }


def _record_set(table: Table, facts: Facts) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": {"en": table.en, "zh": table.zh},
        "key": [{"@id": f"{table.name}/{part}"} for part in table.key],
        "field": [_field(table, column, facts) for column in table.columns],
    }


def _field(table: Table, column: Column, facts: Facts) -> dict[str, Any]:
    found = _column(table, column, f"{table.name}/{column.name}")
    if column.references and words.target(column)[0] != table.name:  # a table joined with itself is a cycle to it
        # To the file, not to its record set: mlcroissant 1.1.1 can join files only.
        other, name = words.target(column)
        found["references"] = {"fileObject": {"@id": f"{other}.parquet"}, "extract": {"column": name}}
    annotations = [_provenance(table, column, *entry) for entry in PROVENANCE.get((table.name, column.name), ())]
    if column.unit_from and "." not in column.unit_from:
        unit = table.column(column.unit_from)
        annotations.append(
            _column(table, unit, f"{table.name}/{column.name}/{unit.name}") | {"equivalentProperty": "sc:unitText"}
        )
    elif column.unit:
        found["unitText"] = unit_en(column)
    if annotations:
        found["annotation"] = annotations
    return found


def _column(table: Table, column: Column, identifier: str) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": identifier,
        "name": column.name,
        "description": {"en": column.en, "zh": column.zh},
        "dataType": TYPES[column.kind],
        "source": {"fileObject": {"@id": f"{table.name}.parquet"}, "extract": {"column": column.name}},
    }


def _provenance(
    table: Table, column: Column, name: str, kind: str, relation: str, parts: tuple[str, ...]
) -> dict[str, Any]:
    identifier = f"{table.name}/{column.name}/{name}"
    declared = BY_NAME[table.name]
    return {
        "@type": "cr:Field",
        "@id": identifier,
        "name": name,
        "dataType": kind,
        "equivalentProperty": relation,
        "subField": [_column(table, declared.column(part), f"{identifier}/{part}") for part in parts],
    }
