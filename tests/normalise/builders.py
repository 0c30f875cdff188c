"""Small sources, claims and documents for the tests of this stage; all wording is invented."""

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

import pyarrow as pa

from pipeline.clean.text import Edit, Text
from pipeline.contract import build
from pipeline.normalise.catalogue import Catalogue, catalogue
from pipeline.normalise.held import Held
from pipeline.normalise.model import Observation
from pipeline.normalise.nesting import Nesting
from pipeline.normalise.observations import observe
from pipeline.normalise.passages import Document, read_documents
from pipeline.normalise.sources import Sources
from pipeline.normalise.subjects import Subjects
from pipeline.normalise.verdicts import Judge

OFFSETS = count(10, 10)
SHA = "0123456789abcdef" * 4

INDICATORS = (
    ("masts", "灯塔数", "count", "座", "stock", "up"),
    ("screens", "屏幕数", "count", "套", "stock", "up"),
    ("online_rate", "上线率", "percent", None, "rate", "up"),
    ("tool_rate", "工具普及率", "percent", None, "rate", "up"),
    ("outlay", "数字产业营业收入", "CNY", None, "flow", "up"),
    ("software", "软件业营业收入", "CNY", None, "flow", "up"),
    ("outage", "停机时长", "hour", None, "flow", "down"),
    ("chains", "链条数", "count", "条", "stock", "neutral"),
    ("length", "光路长度", "km", None, "stock", "up"),
    ("software_share", "农产业软件占服务业比重", "percent", None, "rate", "up"),
    ("parks", "重点园区、产业集聚区", "count", "个", "stock", "up"),
    ("cloud_firms", "入云企业数", "count", "家", "stock", "up"),
    ("cloud_industrial_firms", "入云工厂数", "count", "家", "stock", "up"),
    ("factories_5g", "五代工厂数", "count", "家", "stock", "up"),
    ("smart_5g_factories", "五代样板工厂数", "count", "家", "stock", "up"),
    ("robot_rate", "机器人普及率", "percent", None, "rate", "up"),
)
SYNONYMS = (
    ("masts", "灯塔", None),
    ("screens", "屏幕", None),
    ("screens", "屏幕用户", "屏幕用户"),
    ("online_rate", "业务上线率", None),
    ("tool_rate", "规上工业企业工具普及率", "规上工业企业"),
    ("outlay", "数字产业收入", None),
    ("robot_rate", "规上工业企业机器人普及率", "规上工业企业"),
    ("cloud_firms", "入云企业", None),
    ("cloud_industrial_firms", "入云工厂", None),
    ("factories_5g", "五代工厂", None),
    ("smart_5g_factories", "五代样板工厂", None),
)
REGIONS = (
    ("210000", "210000", "adcode", "辽宁省", "辽宁", "province", "100000"),
    ("210100", "210100", "adcode", "沈阳市", "沈阳", "city", "210000"),
    ("210200", "210200", "adcode", "大连市", "大连", "city", "210000"),
    ("211300", "211300", "adcode", "朝阳市", "朝阳", "city", "210000"),
    ("220000", "220000", "adcode", "吉林省", "吉林", "province", "100000"),
    ("220200", "220200", "adcode", "吉林市", "吉林市", "city", "220000"),
    ("100000", "100000", "adcode", "中国", "中国", "nation", None),
    ("GRP-DB3", None, "group", "东北三省", "东北三省", "group", "100000"),
    ("LN-SHENFU", None, "zone", "沈抚改革创新示范区", "沈抚示范区", "zone", "210000"),
)
ORGANISATIONS = (
    ("org-alpha", "甲乙机床有限公司", "company", "甲乙机床|甲乙"),
    ("org-alpha-lab", "甲乙机床研究院", "research_institute", None),
    ("org-beta", "丙丁云计算(大连)有限公司", "company", "丙丁云"),
)


def regions() -> pa.Table:
    keys = ("region_id", "gb2260", "kind", "name_zh", "name_short", "level", "parent_id")
    return build("regions", [dict(zip(keys, row, strict=True)) | {"source": "test"} for row in REGIONS])


def nesting() -> Nesting:
    return Nesting(regions())


def judge(observations: Sequence[Observation] = ()) -> Judge:
    return Judge(observations, known(), nesting())


def held(observations: Sequence[Observation]) -> Held:
    return Held(observations, judge(observations))


def organisations() -> pa.Table:
    keys = ("organisation_id", "name_zh", "type", "aliases")
    return build("organisations", [dict(zip(keys, row, strict=True)) for row in ORGANISATIONS])


def known() -> Catalogue:
    keys = ("indicator_id", "name_zh", "unit", "classifier", "kind", "direction")
    rest = {"name_en": "x", "definition_zh": "x", "definition_en": "x", "pillar": "macro"}
    indicators = build("indicators", [dict(zip(keys, row, strict=True)) | rest for row in INDICATORS])
    rows = [dict(zip(("indicator_id", "synonym", "population"), row, strict=True)) for row in SYNONYMS]
    return catalogue(indicators, build("indicator_synonyms", rows))


def source(source_id: str = "plan", published: str | None = "2020-12-02", **values: Any) -> dict[str, Any]:
    """A row of ``sources``; ``published`` is a whole date or nothing."""
    day = date.fromisoformat(published) if published else None
    return {
        "source_id": source_id,
        "file": f"{source_id}.txt",
        "publisher_type": "government",
        "standing": "unrated",
        "document_type": "plan",
        "published": published,
        "published_from": day,
        "published_to": day,
        "region_id": "210000",
        "edition": "original",
        "original_sha256": None,
        "evidence_policy": "full",
        "sha256": (source_id.encode().hex() + SHA)[:64],
        "media_type": "text/plain",
        "encoding": "utf-8",
        "script": "Hans",
        "characters": 1,
        "replaced": 0,
        "duplicate_of": None,
    } | values


def days(period: str | None) -> tuple[date | None, date | None, str | None]:
    """First day, last day and kind of a period as the guideline writes it: years and months."""
    if period is None:
        return None, None, None
    start, slash, end = period.partition("/")
    if not slash:
        end = start
    first = date(int(start[:4]), int(start[5:7] or 1), 1) if start else None
    year, month = int(end[:4]), int(end[5:7] or 12)
    return first, date(year, month, calendar.monthrange(year, month)[1]), "span" if start else "deadline"


def claim(
    indicator: str, value: float | None, unit: str = "count", period: str | None = None, **values: Any
) -> dict[str, Any]:
    """A row of ``claims``: a level of Liaoning, stated as a fact by ``plan`` unless said otherwise."""
    start, end, kind = days(period)
    at = next(OFFSETS)
    row = {
        "source_id": "plan",
        "indicator_text": indicator,
        "measure": "level",
        "basis": "none",
        "reference": None,
        "statement": "actual",
        "value": value,
        "value_low": None,
        "value_high": None,
        "bound": "eq",
        "resolution": None,
        "unit": unit,
        "classifier": None,
        "period": period,
        "period_start": start,
        "period_end": end,
        "period_kind": kind,
        "region_id": "210000",
        "subject_text": None,
        "quote": None,
        "context": None,
        "numeral": str(value),
        "raw_start": at,
        "raw_end": at + 5,
        "repeats": None,
        "fault": False,
        "rule": "test",
        "confidence": 1.0,
    } | values
    place = {
        "claim_id": f"{row['source_id']}:{row['raw_start']}-{row['raw_end']}",
        "passage_id": f"{row['source_id']}/p0001",
    }
    reading = {"reading_start": row["raw_start"], "reading_end": row["raw_end"]}
    return place | reading | row


def target(
    indicator: str, value: float | None, unit: str = "count", period: str | None = "/2025", **values: Any
) -> dict[str, Any]:
    """As ``claim``, stated as a target for 2025."""
    return claim(indicator, value, unit, period, **({"statement": "target"} | values))


DOCUMENTS = (
    source(),
    source("news", "2023-05-10", publisher_type="media"),
    source("bureau", "2024-02-01", publisher_type="statistics_office"),
)


def observed(
    claims: Sequence[Mapping[str, Any]], sources: Sequence[Mapping[str, Any]] = DOCUMENTS
) -> list[Observation]:
    return observe(claims, Sources(sources), known(), Subjects(organisations(), regions()))


def by_value(observations: Sequence[Observation]) -> dict[float | None, Observation]:
    """Observations by their value, which the tests choose to be unique."""
    return {one.value: one for one in observations}


@dataclass(frozen=True)
class Line:
    """One line of an invented document; headings have a level, ``repeats`` names the line it repeats by index."""

    text: str
    level: int | None = None
    repeats: int | None = None


def tables_of(
    lines: Sequence[Line], source_id: str = "plan", faults: Mapping[str, str] | None = None
) -> tuple[pa.Table, pa.Table, pa.Table]:
    """``documents``, ``edits`` and ``passages`` of a document with one passage a line; ``faults`` are corrected words."""
    raw = "\n".join(line.text for line in lines)
    edits = [
        Edit(found.start(), found.end(), right, "correction:test")
        for wrong, right in (faults or {}).items()
        for found in re.finditer(re.escape(wrong), raw)
    ]
    text = Text(raw, tuple(sorted(edits, key=lambda edit: edit.start)))
    passages, at = [], 0
    for index, line in enumerate(lines):
        end = at + len(line.text)
        passages.append(
            {
                "passage_id": f"{source_id}/p{index + 1:04d}",
                "source_id": source_id,
                "ordinal": index + 1,
                "kind": "heading" if line.level else "paragraph",
                "level": line.level,
                "run_in": False,
                "section_path": "",
                "raw_start": at,
                "raw_end": end,
                "clean_start": text.to_clean(at),
                "clean_end": text.to_clean(end),
                "text": line.text,
                "repeats": None if line.repeats is None else f"{source_id}/p{line.repeats + 1:04d}",
            }
        )
        at = end + 1
    rows = [
        {"source_id": source_id, "raw_start": e.start, "raw_end": e.end, "replacement": e.replacement, "rule": e.rule}
        for e in text.edits
    ]
    documents = build("documents", [{"source_id": source_id, "text": raw, "body_start": 0}])
    return documents, build("edits", rows), build("passages", passages)


def document(lines: Sequence[Line], faults: Mapping[str, str] | None = None) -> Document:
    return read_documents(*tables_of(lines, faults=faults))[0]
