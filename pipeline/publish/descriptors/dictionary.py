"""``dictionary.md``: the data dictionary in Chinese and English, as Markdown."""

from collections.abc import Iterable, Iterator

from pipeline.contract import PUBLISHED, Table
from pipeline.publish.descriptors import words
from pipeline.publish.descriptors.entries import ColumnEntry, code_lists, column_entries, unit_names
from pipeline.publish.descriptors.facts import Facts

INTRODUCTION = """\
Every table, column, indicator and code of the release, with its unit, in both languages. The same as a page to search:
[dictionary.html](dictionary.html). 本次发布的全部表、列、指标与代码，含单位，中英对照；可检索网页见 [dictionary.html](dictionary.html)。
"""


def dictionary(facts: Facts) -> str:
    """The file as text."""
    lines = [f"# Data dictionary 数据字典: {facts.name} {facts.version}\n", INTRODUCTION, "## Tables 表\n"]
    lines.extend(_rows(("table", "a row is", "一行为", "rows"), (_table(table, facts) for table in PUBLISHED)))
    for table in PUBLISHED:
        lines.append(f"\n### {table.name}\n\n{table.en}. {table.zh}。\n")
        head = ("column 列", "type 类型", "unit 单位", "meaning", "含义", "notes 说明")
        lines.extend(_rows(head, (_column(entry) for entry in column_entries(table))))
    lines.append("\n## Indicators 指标\n")
    head = ("indicator_id", "name", "名称", "unit 单位", "definition", "定义")
    lines.extend(_rows(head, _indicators(facts)))
    lines.append("\n## Code lists 代码表\n")
    for codes in code_lists(facts):
        used = f"\nUsed by 用于: {', '.join(f'`{name}`' for name in codes.used_by)}\n" if codes.used_by else ""
        lines.append(f"\n### {codes.name}\n{used}")
        shown = (
            (f"`{row['code']}`", row["name_en"], row["name_zh"], row["definition_en"], row["definition_zh"])
            for row in codes.rows
        )
        lines.extend(_rows(("code 代码", "name", "名称", "definition", "定义"), shown))
    lines.append(f"\n---\n{words.TITLE_EN} · {words.TITLE_ZH} · {facts.licence}")
    return "\n".join(lines) + "\n"


def _table(table: Table, facts: Facts) -> tuple[str, ...]:
    return f"[{table.name}](#{table.name})", table.en, table.zh, f"{facts.files[table.name]['rows']:,}"


def _column(entry: ColumnEntry) -> tuple[str, ...]:
    links = [f"→ `{entry.references}`"] if entry.references else []
    links += [f"codes 代码表 [{entry.codes}](#{entry.codes})"] if entry.codes else []
    pairs = [f"{en} {zh}".rstrip() for en, zh in zip(entry.notes_en, entry.notes_zh, strict=True)]
    unit = f"{entry.unit_en}; {entry.unit_zh}" if entry.unit_en else "–"
    return f"`{entry.name}`", f"{entry.kind_en} {entry.kind_zh}", unit, entry.en, entry.zh, "; ".join([*links, *pairs])


def _indicators(facts: Facts) -> Iterator[tuple[str, ...]]:
    for row in facts.indicators:
        unit = " ".join(unit_names(facts, row["unit"]))
        yield (
            f"`{row['indicator_id']}`",
            row["name_en"],
            row["name_zh"],
            unit,
            row["definition_en"],
            row["definition_zh"],
        )


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """A Markdown table; a bar in a cell would end it."""
    lines = [head, tuple("---" for _ in head), *rows]
    return [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in lines]
