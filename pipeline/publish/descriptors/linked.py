"""``dataset.jsonld``: the dataset in the words of schema.org and DCAT, for catalogues and search engines."""

from typing import Any

from pipeline.contract import PUBLISHED, Table
from pipeline.publish.descriptors import words
from pipeline.publish.descriptors.facts import Facts, as_json, cited, without_empty

CONTEXT = {
    "@vocab": "https://schema.org/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA_TYPE = "https://www.iana.org/assignments/media-types/application/vnd.apache.parquet"
LANGUAGE_CODES = "http://id.loc.gov/vocabulary/iso639-1/"


def linked(facts: Facts) -> str:
    """The file as text."""
    title = _both(words.TITLE_EN, words.TITLE_ZH)
    description = _both(words.DESCRIPTION_EN, words.DESCRIPTION_ZH)
    keywords = [{"@value": word, "@language": "en" if word.isascii() else "zh"} for word in words.KEYWORDS]
    creator = {"@type": "Organization", "name": words.CREATOR}
    licence = words.LICENCES[facts.licence]
    issued = {"@value": facts.released, "@type": "xsd:date"} if facts.released else None
    return as_json(
        without_empty(
            {
                "@context": CONTEXT,
                "@type": ["Dataset", "dcat:Dataset"],
                "@id": f"urn:dataset:{facts.name}:{facts.version}",
                "identifier": f"{facts.name}:{facts.version}",
                "name": title,
                "dct:title": title,
                "description": description,
                "dct:description": description,
                "keywords": keywords,
                "dcat:keyword": keywords,
                "version": facts.version,
                "owl:versionInfo": facts.version,
                "datePublished": facts.released,
                "dct:issued": issued,
                "license": licence,
                "dct:license": {"@id": licence},
                "isAccessibleForFree": True,
                "creator": creator,
                "dct:creator": creator,
                "inLanguage": list(words.LANGUAGES),
                "dct:language": [{"@id": f"{LANGUAGE_CODES}{code}"} for code in words.LANGUAGES],
                "temporalCoverage": "/".join(facts.covers) if facts.covers else None,
                "spatialCoverage": [{"@type": "Place", "identifier": code} for code in facts.places],
                "variableMeasured": [_variable(row, facts) for row in facts.indicators],
                "prov:wasDerivedFrom": _documents(facts),
                "distribution": [{"@id": f"#{table.name}"} for table in PUBLISHED],
                "dcat:distribution": [_distribution(table, facts, licence) for table in PUBLISHED],
            }
        )
    )


def _both(en: str, zh: str) -> list[dict[str, str]]:
    return [{"@value": en, "@language": "en"}, {"@value": zh, "@language": "zh"}]


def _variable(row: dict[str, Any], facts: Facts) -> dict[str, Any]:
    unit = {entry["code"]: entry for entry in facts.codes_of("unit")}[row["unit"]]
    return {
        "@type": "PropertyValue",
        "propertyID": row["indicator_id"],
        "name": _both(row["name_en"], row["name_zh"]),
        "description": _both(row["definition_en"], row["definition_zh"]),
        "unitText": _both(unit["name_en"], unit["name_zh"]),
    }


def _documents(facts: Facts) -> list[dict[str, Any]]:
    if facts.sources is None:
        told = {"name": facts.elsewhere, "collectionSize": facts.documents, "url": facts.files["sources"]["file"]}
        return [{"@type": ["Collection", "prov:Collection"], **told}]
    return [_document(row) for row in facts.sources]


def _document(row: dict[str, Any]) -> dict[str, Any]:
    return without_empty(
        {
            "@type": ["CreativeWork", "prov:Entity"],
            "@id": f"urn:sha256:{row['original_sha256'] or row['sha256']}",
            "name": cited(row),
            "publisher": {"@type": "Organization", "name": row["publisher"]} if row["publisher"] else None,
            "datePublished": row["published"],
            "url": row["url"],
        }
    )


def _distribution(table: Table, facts: Facts, licence: str) -> dict[str, Any]:
    entry = facts.files[table.name]
    return {
        "@type": ["DataDownload", "dcat:Distribution"],
        "@id": f"#{table.name}",
        "name": table.name,
        "dct:title": table.name,
        "description": _both(table.en, table.zh),
        "dct:description": _both(table.en, table.zh),
        "contentUrl": entry["file"],
        "dcat:downloadURL": {"@id": entry["file"]},
        "encodingFormat": "application/vnd.apache.parquet",
        "dcat:mediaType": {"@id": MEDIA_TYPE},
        "contentSize": str(entry["bytes"]),
        "dcat:byteSize": {"@value": str(entry["bytes"]), "@type": "xsd:nonNegativeInteger"},
        "dct:license": {"@id": licence},
        "sha256": entry["sha256"],
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": entry["sha256"], "@type": "xsd:hexBinary"},
        },
    }
