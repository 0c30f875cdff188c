"""The dictionary's contents, whatever its form: tables with their columns, indicators, code lists with their codes."""

from dataclasses import dataclass

from pipeline.contract import PUBLISHED, Column, Table
from pipeline.contract.units import unit_en, unit_zh
from pipeline.publish.descriptors.facts import Facts, Rows

KINDS = {
    "string": ("text", "文本"),
    "int": ("integer", "整数"),
    "float": ("number", "数值"),
    "bool": ("yes or no", "是否"),
    "date": ("date", "日期"),
}


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """A column as the dictionary shows it. ``notes``: key, nullable, code list, reference, limits, each in both languages."""

    name: str
    kind_en: str
    kind_zh: str
    unit_en: str
    unit_zh: str
    en: str
    zh: str
    codes: str | None
    references: str | None
    notes_en: tuple[str, ...]
    notes_zh: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list: its name, the columns that use it, and its entries."""

    name: str
    used_by: tuple[str, ...]
    rows: Rows


def column_entries(table: Table) -> list[ColumnEntry]:
    """The columns of a table, in contract order."""
    return [_entry(table, column) for column in table.columns]


def _entry(table: Table, column: Column) -> ColumnEntry:
    notes = [
        ("key", "主键", column.name in table.key),
        ("may be empty", "可为空", column.nullable),
        ("text of a document: shown as its evidence policy allows", "文件文字，按证据公开程度提供", column.policy),
        (f"SDMX: {column.concept}", "", column.concept),
        (f"at least {column.minimum}", f"不小于 {column.minimum}", column.minimum is not None),
        (f"at most {column.maximum}", f"不大于 {column.maximum}", column.maximum is not None),
    ]
    kind_en, kind_zh = KINDS[column.kind]
    return ColumnEntry(
        name=column.name,
        kind_en=kind_en,
        kind_zh=kind_zh,
        unit_en=unit_en(column) or "",
        unit_zh=unit_zh(column) or "",
        en=column.en,
        zh=column.zh,
        codes=column.codes,
        references=column.references,
        notes_en=tuple(en for en, _, holds in notes if holds),
        notes_zh=tuple(zh for _, zh, holds in notes if holds),
    )


def code_lists(facts: Facts) -> list[CodeList]:
    """All code lists, sorted by name; the list ``list`` is the one that names them."""
    users: dict[str, list[str]] = {}
    for table in PUBLISHED:
        for column in table.columns:
            if column.codes:
                users.setdefault(column.codes, []).append(f"{table.name}.{column.name}")
    names = sorted({row["list"] for row in facts.codes})
    return [CodeList(name, tuple(users.get(name, ())), facts.codes_of(name)) for name in names]


def unit_names(facts: Facts, code: str) -> tuple[str, str]:
    """English and Chinese name of a unit's code."""
    found = {row["code"]: row for row in facts.codes_of("unit")}[code]
    return found["name_en"], found["name_zh"]
