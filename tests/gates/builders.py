"""A small valid world: a consistent row set for every table of the contract, and ways to break one thing in it.

Two invented documents tell of a county that never was. ``kreis`` is a digest in simplified script with two scanning
faults, ``bote`` an original in Traditional script that gives other figures. Cleaning replaces one character by one, so
clean and raw offsets are equal.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

import pyarrow as pa

from expectations.gates import rules_of
from expectations.suite import questions
from pipeline.contract import ALL, Table, build
from pipeline.contract.codes import rows as code_rows
from pipeline.ingest.metadata import FRONT_MATTER

World = dict[str, pa.Table]

DIGEST, ORIGINAL = "kreis", "bote"

RAW = {
    DIGEST: (
        "河湾县数字建设纪要\n"
        "一、基站行动\n"
        "2021年末，河湾县建成5G基占120个。到2025年，5G基站达到300个以上，由河湾数联公司承建。\n"
        "二、光缆行动\n"
        "2021年末，光览总长3.5万公里。到2025年，光缆总长超过5万公里，河湾数联公司参与。\n"
        "北岸园区发展软件业，南岸园区发展传感器业。\n"
    ),
    ORIGINAL: "河灣縣通訊\n2021年末，河灣縣建成5G基站118個，光纜總長3.6萬公里。\n",
}

SIMPLIFIED = dict(zip("灣縣訊個纜總長萬", "湾县讯个缆总长万", strict=True))

CORRECTED = {"占120": "站", "览总长": "缆"}

NUMERALS = {
    DIGEST: (
        ("一", "heading"),
        ("2021", "date"),
        ("5", "name"),
        ("120", None),
        ("2025", "date"),
        ("5", "name"),
        ("300", None),
        ("二", "heading"),
        ("2021", "date"),
        ("3", None),
        ("5万", None),
        ("2025", "date"),
        ("5万", None),
    ),
    ORIGINAL: (("2021", "date"), ("5", "name"), ("118", None), ("3", None), ("6萬", None)),
}

STATIONS = {"indicator_text": "5G基站", "unit": "count", "classifier": "个"}
CABLES = {"indicator_text": "光缆总长", "unit": "km", "classifier": None}
REPORTED = {
    "statement": "actual",
    "period": "2021",
    "period_start": date(2021, 1, 1),
    "period_end": date(2021, 12, 31),
    "period_kind": "as_of",
}
PLANNED = {
    "statement": "target",
    "period": "/2025",
    "period_start": None,
    "period_end": date(2025, 12, 31),
    "period_kind": "deadline",
}

CLAIMS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    (DIGEST, "120个", "120个", {**STATIONS, **REPORTED, "value": 120.0, "resolution": 1.0, "bound": "eq"}),
    (DIGEST, "300个", "300个以上", {**STATIONS, **PLANNED, "value": 300.0, "resolution": 1.0, "bound": "ge"}),
    (DIGEST, "3.5万公里", "3.5万公里", {**CABLES, **REPORTED, "value": 35_000.0, "resolution": 1_000.0, "bound": "eq"}),
    (DIGEST, "5万公里", "超过5万公里", {**CABLES, **PLANNED, "value": 50_000.0, "resolution": 10_000.0, "bound": "gt"}),
    (ORIGINAL, "118個", "118個", {**STATIONS, **REPORTED, "value": 118.0, "resolution": 1.0, "bound": "eq"}),
    (
        ORIGINAL,
        "3.6萬公里",
        "3.6萬公里",
        {**CABLES, **REPORTED, "value": 36_000.0, "resolution": 1_000.0, "bound": "eq"},
    ),
)


def clean(text: str) -> str:
    """The clean text of a raw one of this world; as long as the raw one."""
    for faulty, right in CORRECTED.items():
        text = text.replace(faulty, right + faulty[1:])
    return "".join(SIMPLIFIED.get(character, character) for character in text)


def place(source: str, words: str, before: int | None = None) -> tuple[int, int]:
    """Raw offsets of the first (or, with ``before``, the last earlier) place where a document has these words."""
    start = RAW[source].index(words) if before is None else RAW[source].rindex(words, 0, before)
    return start, start + len(words)


@cache
def _world() -> World:
    tables: dict[str, list[dict[str, Any]]] = {
        **_ingested(),
        **_cleaned(),
        **_extracted(),
        **_master_data(),
        **_compared(),
        **_named(),
        **_published(),
    }
    return {table.name: build(table.name, tables[table.name]) for table in ALL}


def world() -> World:
    """A fresh dict of the tables; Arrow tables do not change, so they are shared."""
    return dict(_world())


def _ingested() -> dict[str, list[dict[str, Any]]]:
    common = {
        "publisher_type": "government",
        "standing": "first_hand",
        "document_type": "notice",
        "published": "2022-03",
        "published_from": date(2022, 3, 1),
        "published_to": date(2022, 3, 31),
        "region_id": "210000",
        "evidence_policy": "full",
        "media_type": "text/plain",
        "encoding": "utf-8",
        "replaced": 0,
    }
    own = {
        DIGEST: {
            "edition": "digest",
            "original_sha256": "a" * 64,
            "licence": "CC-BY-4.0",
            "script": "Hans",
            "sha256": "b" * 64,
        },
        ORIGINAL: {"edition": "original", "licence": "CC0-1.0", "script": "Hant", "sha256": "c" * 64},
    }
    cells = {source: {name: {**common, **own[source]}.get(name, "") for name in FRONT_MATTER} for source in RAW}
    return {
        "sources": [
            {**common, **own[source], "source_id": source, "file": f"{source}.txt", "characters": len(RAW[source])}
            for source in RAW
        ],
        "documents": [
            {"source_id": source, "text": RAW[source], "body_start": 0, "registered": json.dumps(cells[source])}
            for source in RAW
        ],
    }


def _cleaned() -> dict[str, list[dict[str, Any]]]:
    edits, passages = [], []
    for source, raw in RAW.items():
        for at, (before, after) in enumerate(zip(raw, clean(raw), strict=True)):
            if before != after:
                rule = "t2s" if before in SIMPLIFIED else "correction:cable"
                edits.append(
                    {"source_id": source, "raw_start": at, "raw_end": at + 1, "replacement": after, "rule": rule}
                )
        passages += _passages(source)
    corrections = [
        {
            "correction_id": name,
            "source_id": DIGEST,
            "scope": "b" * 64,
            "before": "5G基" if right == "站" else "，光",
            "wrong": faulty[0],
            "right": right,
            "after": faulty[1:],
            "kind": "character",
            "why": "the word is printed rightly further on",
            "evidence": None,
            "evidence_start": RAW[DIGEST].rindex(right),
            "evidence_end": RAW[DIGEST].rindex(right) + 1,
            "reviewer": "the project's editors",
            "date": date(2024, 3, 2),
            "expected_hits": 1,
            "found_hits": 1,
            "outcome": "applied",
        }
        for name, (faulty, right) in zip(("cable", "station"), CORRECTED.items(), strict=True)
    ]
    return {"edits": edits, "passages": passages, "corrections": corrections}


def _passages(source: str) -> list[dict[str, Any]]:
    found, at, path = [], 0, None
    for ordinal, line in enumerate(RAW[source].splitlines(), 1):
        heading = line[1] == "、"
        kind = "title" if ordinal == 1 else "heading" if heading else "paragraph"
        label, level = (line[:2], 1) if heading else (None, None)
        path = None if kind != "paragraph" else path
        found.append(
            {
                "passage_id": f"{source}/p{ordinal:04}",
                "source_id": source,
                "ordinal": ordinal,
                "kind": kind,
                "level": level,
                "label": label,
                "run_in": False,
                "section_path": path,
                "raw_start": at,
                "raw_end": at + len(line),
                "clean_start": at,
                "clean_end": at + len(line),
                "text": clean(line),
            }
        )
        path = clean(line) if heading else path
        at += len(line) + 1
    return found


def _passage_at(source: str, start: int) -> dict[str, Any]:
    return next(row for row in _passages(source) if row["raw_start"] <= start < row["raw_end"])


def _claim_rows() -> list[dict[str, Any]]:
    rows = []
    for source, quote, reading, fields in CLAIMS:
        reading_start, reading_end = place(source, reading)
        start = RAW[source].index(quote, reading_start)
        passage = _passage_at(source, start)
        rows.append(
            {
                "claim_id": f"{source}:{start}-{start + len(quote)}",
                "source_id": source,
                "passage_id": passage["passage_id"],
                "measure": "level",
                "basis": "none",
                "region_id": "210000",
                "quote": quote,
                "numeral": quote.rstrip("个個公里"),
                "context": next(part for part in passage["text"].split("。") if clean(quote) in part),
                "raw_start": start,
                "raw_end": start + len(quote),
                "reading_start": reading_start,
                "reading_end": reading_end,
                "fault": False,
                "rule": "number_unit",
                "confidence": 0.9,
                **fields,
            }
        )
    return rows


def _extracted() -> dict[str, list[dict[str, Any]]]:
    claims = _claim_rows()
    numerals = []
    for source, listed in NUMERALS.items():
        at = 0
        for numeral, reason in listed:
            start = RAW[source].index(numeral, at)
            at = start + len(numeral)
            taker = next(
                (c["claim_id"] for c in claims if c["source_id"] == source and c["raw_start"] <= start < c["raw_end"]),
                None,
            )
            numerals.append(
                {
                    "source_id": source,
                    "raw_start": start,
                    "raw_end": at,
                    "numeral": numeral,
                    "claim_id": None if reason else taker,
                    "reason": reason,
                }
            )
    return {"claims": claims, "numerals": numerals}


INDICATORS = 60
ORGANISATIONS = 50


def _master_data() -> dict[str, list[dict[str, Any]]]:
    regions = [
        {
            "region_id": "100000",
            "gb2260": "100000",
            "name_zh": "中华人民共和国",
            "name_short": "中国",
            "level": "nation",
            "parent_id": None,
        },
        {
            "region_id": "210000",
            "gb2260": "210000",
            "name_zh": "辽宁省",
            "name_short": "辽宁",
            "level": "province",
            "parent_id": "100000",
        },
    ]
    indicators = [
        {
            "indicator_id": f"indicator_{n:02}",
            "name_zh": f"指标甲{n}",
            "name_en": f"Indicator {n}",
            "definition_zh": "为测试而设",
            "definition_en": "Made for a test",
            "unit": "count" if n == 0 else "km",
            "pillar": "macro",
            "kind": "stock",
            "direction": "up",
            "classification": "01",
        }
        for n in range(INDICATORS)
    ]
    organisations = [
        {
            "organisation_id": f"org-{n:02}",
            "name_zh": "河湾数联公司" if n == 0 else f"河湾第{n}公司",
            "type": "company",
            "stock_code": f"{600000 + n}.SH",
            "region_id": "210000",
        }
        for n in range(ORGANISATIONS)
    ]
    return {
        "regions": [{**row, "kind": "adcode", "source": "invented"} for row in regions],
        "indicators": indicators,
        "indicator_synonyms": [{"indicator_id": row["indicator_id"], "synonym": row["name_zh"]} for row in indicators],
        "organisations": organisations,
    }


def observation_id(number: int) -> str:
    """Identifier of the observation that rests on claim ``number`` of :data:`CLAIMS`."""
    return f"o-{number:016x}"


SERIES = {"count": f"s-{0:016x}", "km": f"s-{1:016x}"}
CONFLICTS = {"count": f"x-{0:016x}", "km": f"x-{1:016x}"}
READ = (
    "measure",
    "basis",
    "statement",
    "period",
    "period_start",
    "period_end",
    "period_kind",
    "value",
    "bound",
    "resolution",
    "unit",
    "region_id",
)
CARRIED = ("source_id", "raw_start", "raw_end", "claim_id", "passage_id", "numeral", "context", "classifier", "fault")


def _compared() -> dict[str, list[dict[str, Any]]]:
    claims = _claim_rows()
    readings, observations, evidence, conflict_claims = [], [], [], []
    for number, claim in enumerate(claims):
        digest, unit = claim["source_id"] == DIGEST, claim["unit"]
        indicator_id = "indicator_00" if unit == "count" else "indicator_01"
        readings.append(
            {
                "indicator_id": indicator_id,
                "linked_by": "exact",
                "links": 1,
                **{name: claim[name] for name in (*READ, *CARRIED)},
            }
        )
        observations.append(
            {
                "observation_id": observation_id(number),
                "series_id": SERIES[unit],
                "indicator_id": indicator_id,
                "first_published": "2022-03",
                "preferred": digest,
                "status": "normal",
                **{name: claim[name] for name in READ},
            }
        )
        evidence.append(
            {
                "observation_id": observation_id(number),
                "claim_id": claim["claim_id"],
                "source_id": claim["source_id"],
                "independent": True,
                "original_sha256": "a" * 64 if digest else "c" * 64,
                "original_start": claim["raw_start"],
                "original_end": claim["raw_end"],
                "original_numeral": claim["numeral"],
            }
        )
        if claim["statement"] == "actual":
            conflict_claims.append({"conflict_id": CONFLICTS[unit], "claim_id": claim["claim_id"], "chosen": digest})
    pairs = {1: 0, 3: 2}
    return {
        "readings": readings,
        "observations": observations,
        "evidence": evidence,
        "comparisons": [
            {
                "target_observation_id": observation_id(target),
                "reported_observation_id": observation_id(report),
                "comparable": "yes",
                "reason": "same_series",
                "ratio": claims[report]["value"] / claims[target]["value"],
            }
            for target, report in pairs.items()
        ],
        "progress": [
            {
                "target_observation_id": observation_id(target),
                "deadline": date(2025, 12, 31),
                "latest_observation_id": observation_id(report),
                "status": "behind",
                "comparable": "yes",
            }
            for target, report in pairs.items()
        ],
        "conflicts": [
            {
                "conflict_id": CONFLICTS[unit],
                "series_id": SERIES[unit],
                "period": "2021",
                "statement": "actual",
                "spread": 0.02,
                "cause": "undecided",
                "rule": "government_first",
            }
            for unit in SERIES
        ],
        "conflict_claims": conflict_claims,
        "warnings": [
            {
                "warning_id": f"w-{number:016x}",
                "kind": "jump",
                "observation_id": observation_id(number),
                "other_observation_id": observation_id(number + 1),
                "claim_id": claims[number]["claim_id"],
                "detail": '{"ratio":2.5}',
            }
            for number in (0, 2)
        ],
    }


def _named() -> dict[str, list[dict[str, Any]]]:
    mentions, programmes, parks = [], [], []
    start = -1
    for _ in range(2):
        start = RAW[DIGEST].index("河湾数联公司", start + 1)
        mentions.append(
            {
                "organisation_id": "org-00",
                "source_id": DIGEST,
                "passage_id": _passage_at(DIGEST, start)["passage_id"],
                "raw_start": start,
                "raw_end": start + len("河湾数联公司"),
                "mention": "河湾数联公司",
            }
        )
    for number, heading in enumerate(("一、基站行动", "二、光缆行动"), 1):
        start, end = place(DIGEST, heading)
        programmes.append(
            {
                "programme_id": f"{DIGEST}/{number}",
                "kind": "task",
                "number": heading[:2],
                "title": heading[2:],
                "source_id": DIGEST,
                "raw_start": start,
                "raw_end": end,
            }
        )
    for name in ("北岸园区", "南岸园区"):
        start, end = place(DIGEST, name)
        parks.append(
            {
                "park_id": f"{DIGEST}:{start}",
                "name": name,
                "region_id": "210000",
                "source_id": DIGEST,
                "raw_start": start,
                "raw_end": end,
            }
        )
    goals = [row["claim_id"] for row in _claim_rows() if row["statement"] == "target"]
    return {
        "organisation_mentions": mentions,
        "programmes": programmes,
        "programme_claims": [
            {"programme_id": programme["programme_id"], "claim_id": goal}
            for programme, goal in zip(programmes, goals, strict=True)
        ],
        "parks": parks,
        "park_industries": [
            {"park_id": park["park_id"], "industry": industry}
            for park, industry in zip(parks, ("软件", "传感器"), strict=True)
        ],
    }


def _published() -> dict[str, list[dict[str, Any]]]:
    return {
        "codes": [dict(row) for row in code_rows()],
        "quarantine": [
            {
                "file": file,
                "stage": "ingest",
                "reason": reason,
                "detail": "nothing to read",
                "advice": "put a text there",
            }
            for file, reason in (("blank.txt", "empty"), ("noise.bin", "binary"))
        ],
        "quality": [
            {
                "table": table.name,
                "check": check,
                "ordinal": ordinal,
                "stage": table.stage,
                "expectation": expectation,
                "column": column,
                "severity": severity,
                "passed": True,
                "observed": "{}",
            }
            for table in ALL
            for check, ordinal, expectation, column, severity in _asked(table)
        ],
        "evaluation": [
            {
                "corpus": "real",
                "document_kind": "notice",
                "figure": figure,
                "n": 10,
                "right": 9,
                "low": 0.59585,
                "high": 0.982124,
                "floor": 0.9,
                "extractor_hash": "d" * 64,
                "stale": False,
            }
            for figure in ("unit", "value")
        ],
    }


def _asked(table: Table) -> list[tuple[str, int, str, str | None, str]]:
    """What the gate of a table asks: check, ordinal, expectation, column, severity."""
    asked = enumerate(questions(table, core=False), 1)
    contract = [("contract", ordinal, expectation, column, "error") for ordinal, (expectation, column) in asked]
    return [*contract, *((rule.name, 1, rule.name, None, rule.severity) for rule in rules_of(table.name))]


def rows_as_they_are(table: pa.Table, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """The rows under the table's schema, in the order given and however wrong they are."""
    return pa.Table.from_pylist(list(rows), schema=table.schema)


def changed(table: pa.Table, row: int = 0, /, **values: Any) -> pa.Table:
    """The table with other values in one row."""
    rows = table.to_pylist()
    rows[row] |= values
    return rows_as_they_are(table, rows)


def without(table: pa.Table, row: int = 0) -> pa.Table:
    """The table without one row."""
    rows = table.to_pylist()
    del rows[row]
    return rows_as_they_are(table, rows)


def doubled(table: pa.Table, row: int = 0) -> pa.Table:
    """The table with one row given twice."""
    rows = table.to_pylist()
    return rows_as_they_are(table, [*rows[: row + 1], *rows[row:]])


def swapped(table: pa.Table) -> pa.Table:
    """The table with its first two rows in the wrong order."""
    first, second, *others = table.to_pylist()
    return rows_as_they_are(table, [second, first, *others])


def where(table: pa.Table, /, **values: Any) -> int:
    """Place of the first row that has these values; StopIteration where none has."""
    return next(
        at for at, row in enumerate(table.to_pylist()) if all(row[name] == value for name, value in values.items())
    )
