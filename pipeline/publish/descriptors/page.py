"""``dictionary.html``: the data dictionary in Chinese and English, one page that needs nothing beside it."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from pipeline.contract import PUBLISHED, Table
from pipeline.publish.descriptors import words
from pipeline.publish.descriptors.entries import CodeList, ColumnEntry, code_lists, column_entries, unit_names
from pipeline.publish.descriptors.facts import Facts

STYLE = """\
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6876; --line: #dbe2ea; --paper: #fff; --shade: #f4f7fa; --accent: #0b6e8a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e8ee; --soft: #9aa7b5; --line: #333f4c; --paper: #141a21; --shade: #1c242d; --accent: #58b7d3; } }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 15px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
header, main { max-width: 76rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.25rem; border-bottom: 2px solid var(--accent); padding-bottom: .25rem; }
h3 { margin: 2rem 0 .25rem; font-size: 1.05rem; scroll-margin-top: 4rem; }
p { margin: .25rem 0 .75rem; }
.soft, td small { color: var(--soft); }
.find { position: sticky; top: 0; background: var(--paper); padding: .75rem 0; border-bottom: 1px solid var(--line); z-index: 1; }
.find input { width: 100%; font: inherit; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: 6px; background: var(--shade); color: inherit; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .75rem 0; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
th { background: var(--shade); font-weight: 600; white-space: nowrap; }
td small { display: block; }
code { font: .92em ui-monospace, "Cascadia Mono", Menlo, monospace; }
td:first-child code { font-weight: 600; }
[hidden] { display: none; }
@media (max-width: 40rem) { th { white-space: normal; } td:first-child code { overflow-wrap: anywhere; } }
"""
SCRIPT = """\
const box = document.querySelector('input');
box.addEventListener('input', () => {
  const wanted = box.value.trim().toLowerCase();
  for (const section of document.querySelectorAll('section')) {
    const title = section.querySelector('h3').textContent.toLowerCase().includes(wanted);
    let shown = 0;
    for (const row of section.querySelectorAll('tbody tr')) {
      row.hidden = !title && !row.textContent.toLowerCase().includes(wanted);
      shown += !row.hidden;
    }
    section.hidden = !shown;
  }
});
"""


def page(facts: Facts) -> str:
    """The file as text."""
    since = f" · {facts.released}" if facts.released else ""
    lists = code_lists(facts)
    parts = [
        '<!doctype html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Data dictionary 数据字典: {escape(facts.name)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>",
        f"<header>\n<h1>Data dictionary <span lang='zh'>数据字典</span></h1>\n<p>{escape(words.TITLE_EN)} · {escape(words.TITLE_ZH)}<br>",
        f"<span class='soft'>{escape(facts.name)} {escape(facts.version)}{since} · {escape(facts.licence)}</span></p>\n</header>",
        '<main>\n<div class="find"><input type="search" placeholder="Find a column, an indicator, a code … 查找列、指标、代码" aria-label="find 查找"></div>',
        f"<nav>{_links(table.name for table in PUBLISHED)}</nav>",
        f"<nav>{_link('indicators-list', 'Indicators 指标')}{_links((one.name for one in lists), 'codes-')}</nav>",
        "<h2>Tables 表</h2>",
        *(_table(table, facts) for table in PUBLISHED),
        "<h2>Indicators 指标</h2>",
        _indicators(facts),
        "<h2>Code lists 代码表</h2>",
        *(_codes(one) for one in lists),
        f"</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _link(target: str, text: str) -> str:
    return f'<a href="#{escape(target)}">{escape(text)}</a>'


def _links(names: Iterable[str], prefix: str = "") -> str:
    return "".join(_link(f"{prefix}{name}", name) for name in names)


def _section(identifier: str, title: str, told: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A titled table; title, told, head and cells are HTML already."""
    shown = "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<section>\n<h3 id="{escape(identifier)}">{title}</h3>\n<p>{told}</p>\n<div class="wide"><table>\n'
        f"<thead><tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr></thead>\n<tbody>\n{shown}\n</tbody>\n</table></div>\n</section>"
    )


def _text(said: str) -> str:
    """Words as HTML; what stands between backticks as code."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(said))


def _pair(en: str, zh: str) -> str:
    """Both languages in one cell, the Chinese below."""
    return f'{_text(en)}<small lang="zh">{_text(zh)}</small>' if en or zh else "–"


def _table(table: Table, facts: Facts) -> str:
    rows = f"{facts.files[table.name]['rows']:,}"
    told = f"{_pair_line(table.en, table.zh)} <span class='soft'>{rows} rows 行</span>"
    head = ("column 列", "meaning 含义", "type 类型", "unit 单位", "notes 说明")
    return _section(table.name, f"<code>{table.name}</code>", told, head, map(_column, column_entries(table)))


def _pair_line(en: str, zh: str) -> str:
    return f'{_text(en)}. <span lang="zh">{_text(zh)}。</span>'


def _column(entry: ColumnEntry) -> tuple[str, ...]:
    notes = [f"→ {_link(entry.references.split('.')[0], entry.references)}"] if entry.references else []
    notes += [f"codes 代码表 {_link(f'codes-{entry.codes}', entry.codes)}"] if entry.codes else []
    if entry.notes_en:
        notes.append(_pair("; ".join(entry.notes_en), "；".join(filter(None, entry.notes_zh))))
    return (
        f"<code>{escape(entry.name)}</code>",
        _pair(entry.en, entry.zh),
        _pair(entry.kind_en, entry.kind_zh),
        _pair(entry.unit_en, entry.unit_zh),
        "<br>".join(notes) or "–",
    )


def _indicators(facts: Facts) -> str:
    pillars = {row["code"]: (row["name_en"], row["name_zh"]) for row in facts.codes_of("pillar")}

    def rows() -> Iterator[tuple[str, ...]]:
        for row in facts.indicators:
            yield (
                f"<code>{escape(row['indicator_id'])}</code>",
                _pair(row["name_en"], row["name_zh"]),
                _pair(*unit_names(facts, row["unit"])),
                _pair(row["definition_en"], row["definition_zh"]),
                _pair(*pillars[row["pillar"]]),
            )

    told = _pair_line(
        "Canonical indicators; the unit is the one their levels are in", "规范指标；单位为其水平值所用单位"
    )
    head = ("indicator_id 指标标识", "name 名称", "unit 单位", "definition 定义", "part 领域")
    return _section("indicators-list", "All indicators 全部指标", told, head, rows())


def _codes(codes: CodeList) -> str:
    used = ", ".join(_link(name.split(".")[0], name) for name in codes.used_by)
    told = f"<span class='soft'>used by 用于</span> {used}" if used else ""
    rows = (
        (
            f"<code>{escape(row['code'])}</code>",
            _pair(row["name_en"], row["name_zh"]),
            _pair(row["definition_en"], row["definition_zh"]),
        )
        for row in codes.rows
    )
    return _section(
        f"codes-{codes.name}",
        f"<code>{escape(codes.name)}</code>",
        told,
        ("code 代码", "name 名称", "definition 定义"),
        rows,
    )
