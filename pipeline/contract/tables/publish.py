"""Tables of the stage publish: code lists, what no stage could treat, what the gates saw, how accurate the extraction is."""

from pipeline.contract.model import Column, Table

# One line a column, however long: the module is read as a table.
# fmt: off

CODES = Table(
    "codes",
    "publish",
    "An entry of a code list",
    "代码表的一项",
    (
        Column("list", "string", "The code list", "代码表"),
        Column("code", "string", "The code as it stands in the tables", "代码"),
        Column("name_zh", "string", "Name in Chinese", "中文名"),
        Column("name_en", "string", "Name in English", "英文名"),
        Column("definition_zh", "string", "What it means, in Chinese", "中文定义"),
        Column("definition_en", "string", "What it means, in English", "英文定义"),
    ),
    key=("list", "code"),
    minimum_rows=1,
)

QUALITY = Table(
    "quality",
    "publish",
    "An expectation that a gate checked, and what it saw",
    "门控检查的一条期望及其结果",
    (
        Column("table", "string", "The table checked", "表"),
        Column("check", "string", "The gate: contract, or the name of a domain rule", "检查"),
        Column("ordinal", "int", "Place in the suite, from 1", "序号", minimum=1, unit="ordinal"),
        Column("stage", "string", "Stage of the table", "阶段", codes="stage"),
        Column("expectation", "string", "Type of the expectation", "期望类型"),
        Column("column", "string", "Column it is about, where it is about one", "列", nullable=True),
        Column("severity", "string", "error stops the stages after it, warning is shown", "严重程度", codes="severity"),
        Column("passed", "bool", "Whether it held", "是否通过"),
        Column("observed", "string", "What was seen, as canonical JSON without samples", "观察值"),
    ),
    key=("table", "check", "ordinal"),
    minimum_rows=1,
)

EVALUATION = Table(
    "evaluation",
    "publish",
    "Accuracy of the extraction on annotated documents, by corpus, kind of document and figure; the headline is real, all",
    "抽取在标注语料上的准确率，按语料、文种与指标",
    (
        Column("corpus", "string", "Which annotated documents were scored", "标注语料", codes="evaluation_corpus"),
        Column("document_kind", "string", "Kind of the annotated documents, or `all`", "文种，或 all（全部）", codes="evaluated_kind"),
        Column("figure", "string", "What was scored: found and precise (the two parts of F1), claim, confident, or a field", "指标", codes="evaluation_figure"),
        Column("n", "int", "Claims scored", "样本数", minimum=1, unit="count"),
        Column("right", "int", "Of which right", "正确数", minimum=0, unit="count"),
        Column("low", "float", "Lower end of the 95 % Wilson interval", "区间下限", minimum=0, maximum=1, unit="ratio"),
        Column("high", "float", "Upper end", "区间上限", minimum=0, maximum=1, unit="ratio"),
        Column("floor", "float", "Share that it may not fall below: the best on record, rounded down to three decimals", "下限：有记录以来最好的比例", nullable=True, minimum=0, maximum=1, unit="ratio"),
        Column("extractor_hash", "string", "sha256 of the grammar that was scored", "抽取器哈希", pattern=r"^[0-9a-f]{64}$"),
        Column("stale", "bool", "The grammar has changed since", "是否过期"),
    ),
    key=("corpus", "document_kind", "figure"),
    minimum_rows=1,
)

QUARANTINE = Table(
    "quarantine",
    "publish",
    "Something that could not be read, and why",
    "无法读取的内容及原因",
    (
        Column("file", "string", "File name, or the registry's row", "文件名"),
        Column("stage", "string", "Stage that set it aside", "阶段", codes="stage"),
        Column("reason", "string", "Why", "原因", codes="quarantine_reason"),
        Column("detail", "string", "What exactly was found", "说明"),
        Column("advice", "string", "What to do about it", "处理建议"),
    ),
    key=("file", "stage", "reason"),
)

TABLES = (CODES, QUARANTINE, QUALITY, EVALUATION)
