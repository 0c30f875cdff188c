"""Tables of the stage clean: the edits that lead from raw to clean text, and the passages of the clean text."""

from pipeline.contract.model import Column, Table

# One line a column, however long: the module is read as a table.
# fmt: off

EDITS = Table(
    "edits",
    "clean",
    "An edit applied to the raw text; all edits of a document, in order, turn it into the clean text",
    "对原文的一处修改；全部修改依次作用即得清洗后文本",
    (
        Column("source_id", "string", "The document", "文件", references="sources.source_id"),
        Column("raw_start", "int", "Where the replaced stretch begins in the raw text", "原文起点", unit="code point", minimum=0),
        Column("raw_end", "int", "Where it ends", "原文终点", unit="code point", minimum=0),
        Column("replacement", "string", "What stands there in the clean text; may be empty", "替换为", nullable=True, policy=True),
        Column("rule", "string", "Rules that made the edit, joined by + where several touched the stretch", "规则"),
    ),
    key=("source_id", "raw_start", "raw_end"),
)

PASSAGES = Table(
    "passages",
    "clean",
    "A passage (heading, paragraph, list item, table row ...) of a document",
    "文件的一个段落（标题、段落、列表项、表格行等）",
    (
        Column("passage_id", "string", "Document and ordinal", "段落标识", pattern=r"^[^\s/]+/p\d{4,}$"),
        Column("source_id", "string", "The document", "文件", references="sources.source_id"),
        Column("ordinal", "int", "Place in the document, from 1", "序号", minimum=1, unit="ordinal"),
        Column("kind", "string", "What the passage is", "类别", codes="passage_kind"),
        Column("level", "int", "Depth of a heading, 1 the highest; null elsewhere", "标题层级", nullable=True, minimum=1, maximum=9, unit="ordinal"),
        Column("label", "string", "Number of a heading or list item as printed, such as 一、 or 专栏3", "编号", nullable=True),
        Column("run_in", "bool", "A heading whose text goes on in the same line", "标题后文字接排"),
        Column("section_path", "string", "Headings above it, outermost first, joined by ' / '; empty at the top", "所在章节", nullable=True, policy=True),
        Column("raw_start", "int", "Where it begins in the raw text", "原文起点", unit="code point", minimum=0),
        Column("raw_end", "int", "Where it ends", "原文终点", unit="code point", minimum=0),
        Column("clean_start", "int", "Where it begins in the clean text", "清洗后文本起点", unit="code point", minimum=0),
        Column("clean_end", "int", "Where it ends", "清洗后文本终点", unit="code point", minimum=0),
        Column("text", "string", "Its clean text, as the evidence policy allows", "文本", nullable=True, policy=True),
        Column("repeats", "string", "Earlier passage of the same document with the same words", "重复的段落", nullable=True, references="passages.passage_id"),
    ),
    key=("source_id", "ordinal"),
    minimum_rows=1,
    core_rows=100,
)

CORRECTIONS = Table(
    "corrections",
    "clean",
    "A declared correction of a scanning fault in a document: what it changes, who proved it by what, and what became of it",
    "一份文件中的一条文字更正声明：改动、依据、审核及结果",
    (
        Column("correction_id", "string", "Name of the correction", "更正标识"),
        Column("source_id", "string", "Document it is for", "文件", references="sources.source_id"),
        Column("scope", "string", "sha256 of the bytes it was reviewed on, or `global` for a correction of every document", "适用范围：所审核字节的 sha256，或 global", pattern=r"^(?:global|[0-9a-f]{64})$"),
        Column("before", "string", "Characters before the faulty ones", "前文", nullable=True, policy=True),
        Column("wrong", "string", "What is printed", "误"),
        Column("right", "string", "What it should be; null where nothing decides it (the claim is marked as a fault)", "正", nullable=True),
        Column("after", "string", "Characters after", "后文", nullable=True, policy=True),
        Column("kind", "string", "Kind of fault", "类型", codes="correction_kind"),
        Column("why", "string", "Why it is a fault, and how it is read", "更正理由"),
        Column("evidence", "string", "The fact that proves the right reading; null where a place of the document alone does", "佐证事实", nullable=True),
        Column("evidence_start", "int", "Where the document prints it rightly: start in the raw text that was reviewed", "文中佐证起点", nullable=True, unit="code point", minimum=0),
        Column("evidence_end", "int", "End of that place", "文中佐证终点", nullable=True, unit="code point", minimum=0),
        Column("reviewer", "string", "Who reviewed it: a role", "审核者（角色）"),
        Column("date", "date", "Day of the review", "审核日期"),
        Column("expected_hits", "int", "Places where it must stand in the document; null for a global one", "应命中数", nullable=True, minimum=1, unit="count"),
        Column("found_hits", "int", "Places where it stood; 0 where it was not tried", "实命中数", minimum=0, unit="count"),
        Column("outcome", "string", "What became of it", "结果", codes="correction_outcome"),
    ),
    key=("correction_id", "source_id"),
)

TABLES = (EDITS, PASSAGES, CORRECTIONS)
