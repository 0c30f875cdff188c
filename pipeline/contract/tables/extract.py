"""Tables of the stage extract: the numerals of the raw text, and the claims made of them."""

from pipeline.contract.model import Column, Table

# One line a column, however long: the module is read as a table.
# fmt: off

NUMERALS = Table(
    "numerals",
    "extract",
    "A numeral run of the raw text, with the one claim or the one reason it has",
    "原文中的一处数字串，各有且仅有一条数据陈述或一个原因",
    (
        Column("source_id", "string", "The document", "文件", references="sources.source_id"),
        Column("raw_start", "int", "Where it begins in the raw text", "原文起点", unit="code point", minimum=0),
        Column("raw_end", "int", "Where it ends", "原文终点", unit="code point", minimum=1),
        Column("numeral", "string", "The run as printed", "数字串"),
        Column("claim_id", "string", "The claim that takes it", "数据陈述", nullable=True, references="claims.claim_id"),
        Column("reason", "string", "Why it is no claim", "非数据陈述的原因", nullable=True, codes="numeral_reason"),
    ),
    key=("source_id", "raw_start", "raw_end"),
    minimum_rows=1,
    core_rows=500,
)

CLAIMS = Table(
    "claims",
    "extract",
    "A numeric claim as one document words it",
    "一份文件以其自身文字作出的一条数据陈述",
    (
        Column("claim_id", "string", "Document and raw offsets of the quote", "陈述标识", pattern=r"^[^\s]+:\d+-\d+$"),
        Column("source_id", "string", "The document", "文件", references="sources.source_id"),
        Column("passage_id", "string", "The passage it stands in", "段落", references="passages.passage_id"),
        Column("indicator_text", "string", "What is measured, in the document's own words, simplified", "指标（原文用语）", nullable=True, policy=True, field="indicator"),
        Column("measure", "string", "What the figure says about the indicator", "计量方式", codes="measure", field="measure", concept="MEASURE"),
        Column("basis", "string", "What a growth rate or change is measured against", "比较基期", codes="basis"),
        Column("reference", "string", "Population or place a rank, share or gap refers to, such as 全国", "参照范围", nullable=True),
        Column("statement", "string", "Fact, target, forecast or limit", "陈述性质", codes="statement", field="statement"),
        Column("value", "float", "Value in the base unit; null for ranges and undecidable faults", "数值", nullable=True, field="value", concept="OBS_VALUE", unit_from="unit"),
        Column("value_low", "float", "Lower end of a range", "区间下限", nullable=True, field="low", unit_from="unit"),
        Column("value_high", "float", "Upper end of a range", "区间上限", nullable=True, field="high", unit_from="unit"),
        Column("bound", "string", "How the value bounds the quantity", "界限", codes="bound", field="bound"),
        Column("resolution", "float", "Step of the last printed digit, in the base unit: 2.9万 is good to 1000", "分辨率", nullable=True, minimum=0, unit_from="unit"),
        Column("unit", "string", "Unit of the value", "单位", codes="unit", field="unit", concept="UNIT_MEASURE"),
        Column("classifier", "string", "Measure word of a count, simplified", "量词", nullable=True, field="classifier"),
        Column("period", "string", "Time it holds for: 2019, 2021-Q1, 2021-05, 2016/2020, /2025", "时期", nullable=True, field="period", concept="TIME_PERIOD"),
        Column("period_start", "date", "First day of the period", "时期起", nullable=True),
        Column("period_end", "date", "Last day of the period", "时期止", nullable=True),
        Column("period_kind", "string", "Whether the figure holds over a span, as of a date, or by a deadline", "时期类型", nullable=True, codes="period_kind"),
        Column("region_id", "string", "Place the figure is about; null where it is about an organisation", "地区", nullable=True, references="regions.region_id", field="region", concept="REF_AREA"),
        Column("subject_text", "string", "Organisation, park, product or project it is about, as worded", "主体（原文用语）", nullable=True, policy=True, field="subject"),
        Column("quote", "string", "From the first digit through the unit or classifier, as printed", "引文", nullable=True, policy=True, field="quote"),
        Column("numeral", "string", "The digits of the quote, as printed", "数字"),
        Column("context", "string", "The sentence it stands in", "所在句", nullable=True, policy=True),
        Column("raw_start", "int", "Where the quote begins in the raw text", "引文起点", unit="code point", minimum=0, field="start"),
        Column("raw_end", "int", "Where it ends", "引文终点", unit="code point", minimum=1, field="end"),
        Column("reading_start", "int", "Start of the stretch that suffices to read value, bound and unit", "可复读片段起点", unit="code point", minimum=0),
        Column("reading_end", "int", "End of that stretch", "可复读片段终点", unit="code point", minimum=1),
        Column("repeats", "string", "Earlier claim of the same document in the same words", "重复的陈述", nullable=True, references="claims.claim_id"),
        Column("fault", "bool", "The printed numeral is a scanning fault", "扫描错误", field="fault"),
        Column("rule", "string", "Rule of the grammar that made it", "规则"),
        Column("confidence", "float", "How sure the grammar is of value, unit and bound", "置信度", minimum=0, maximum=1, unit="ratio"),
    ),
    key=("source_id", "raw_start", "raw_end"),
    minimum_rows=1,
    core_rows=200,
)

TABLES = (CLAIMS, NUMERALS)
