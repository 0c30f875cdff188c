"""Tables of the stage normalise: master data, comparable observations, and what follows from comparing them."""

from pipeline.contract.model import Column, Table

# One line a column, however long: the module is read as a table.
# fmt: off

REGIONS = Table(
    "regions",
    "normalise",
    "A place: an administrative division, a zone without a code, or a group of provinces",
    "地区：行政区划、无代码的功能区或省份组合",
    (
        Column("region_id", "string", "GB/T 2260 code (adcode), or an identifier of this dataset where there is none", "地区标识", pattern=r"^(?:\d{6}|[A-Z]+-[A-Z0-9]+)$", concept="REF_AREA"),
        Column("gb2260", "string", "GB/T 2260 code; null for zones and groups", "行政区划代码", nullable=True, pattern=r"^\d{6}$"),
        Column("kind", "string", "adcode, zone or group", "类别", codes="region_kind"),
        Column("name_zh", "string", "Full name", "全称"),
        Column("name_short", "string", "Short name", "简称"),
        Column("name_en", "string", "English name", "英文名", nullable=True),
        Column("aliases", "string", "Other names, joined by |", "别名", nullable=True),
        Column("level", "string", "Level of the place", "层级", codes="region_level"),
        Column("parent_id", "string", "The place it lies in", "上级地区", nullable=True, references="regions.region_id"),
        Column("valid_from", "int", "First year of the code, where known", "启用年份", nullable=True, unit="calendar year"),
        Column("valid_to", "int", "Last year of the code; null while it holds", "停用年份", nullable=True, unit="calendar year"),
        Column("source", "string", "Gazetteer and year it was taken from", "来源"),
    ),
    key=("region_id",),
    minimum_rows=1,
)

INDICATORS = Table(
    "indicators",
    "normalise",
    "A canonical indicator",
    "规范指标",
    (
        Column("indicator_id", "string", "Name of the indicator in this dataset", "指标标识", pattern=r"^[a-z][a-z0-9_]*$", concept="INDICATOR"),
        Column("name_zh", "string", "Chinese name", "中文名"),
        Column("name_en", "string", "English name", "英文名"),
        Column("definition_zh", "string", "What it measures, in Chinese", "中文定义"),
        Column("definition_en", "string", "What it measures, in English", "英文定义"),
        Column("unit", "string", "Unit its levels are in", "单位", codes="unit"),
        Column("classifier", "string", "Usual measure word of a count", "量词", nullable=True),
        Column("pillar", "string", "Part of the digital economy it belongs to", "领域", codes="pillar"),
        Column("kind", "string", "Stock, flow, rate or index", "类型", codes="indicator_kind"),
        Column("direction", "string", "Whether more is better", "方向", codes="direction"),
        Column("population", "string", "Default population", "默认统计范围", nullable=True),
        Column("classification", "string", "Class of the 2021 statistical classification of the digital economy", "数字经济及其核心产业统计分类（2021）", nullable=True, pattern=r"^0[1-5]$"),
    ),
    key=("indicator_id",),
    minimum_rows=60,
)

INDICATOR_SYNONYMS = Table(
    "indicator_synonyms",
    "normalise",
    "A wording by which documents name an indicator",
    "指标的一种说法",
    (
        Column("indicator_id", "string", "The indicator", "指标", references="indicators.indicator_id"),
        Column("synonym", "string", "The wording, simplified", "说法"),
        Column("population", "string", "Population the wording implies", "统计范围", nullable=True),
        Column("note", "string", "When the wording differs in meaning", "备注", nullable=True),
    ),
    key=("indicator_id", "synonym"),
    minimum_rows=60,
)

ORGANISATIONS = Table(
    "organisations",
    "normalise",
    "A company, university, institute or body",
    "企业、高校、科研院所或机构",
    (
        Column("organisation_id", "string", "Name of the organisation in this dataset", "机构标识", pattern=r"^org-[a-z0-9-]+$"),
        Column("name_zh", "string", "Chinese name", "中文名"),
        Column("name_en", "string", "English name", "英文名", nullable=True),
        Column("type", "string", "Kind of organisation", "类型", codes="organisation_type"),
        Column("stock_code", "string", "Code and exchange of its listed shares", "证券代码", nullable=True, pattern=r"^[0-9A-Z]{4,6}\.(?:SH|SZ|BJ|HK|NYSE|NASDAQ)$"),
        Column("region_id", "string", "Place of its seat", "所在地", nullable=True, references="regions.region_id"),
        Column("aliases", "string", "Other names, joined by |", "别名", nullable=True),
    ),
    key=("organisation_id",),
    minimum_rows=50,
)

ORGANISATION_MENTIONS = Table(
    "organisation_mentions",
    "normalise",
    "A place where a document names an organisation",
    "文件提及机构之处",
    (
        Column("organisation_id", "string", "The organisation", "机构", references="organisations.organisation_id"),
        Column("source_id", "string", "The document", "文件", references="sources.source_id"),
        Column("passage_id", "string", "The passage", "段落", references="passages.passage_id"),
        Column("raw_start", "int", "Where the name begins in the raw text", "原文起点", unit="code point", minimum=0),
        Column("raw_end", "int", "Where it ends", "原文终点", unit="code point", minimum=1),
        Column("mention", "string", "The name as matched, simplified", "所用名称"),
    ),
    key=("source_id", "raw_start", "organisation_id"),
    core_rows=50,
)

READINGS = Table(
    "readings",
    "normalise",
    "A claim read as a figure of an indicator, as far as its own document tells (travels within the stage, never published)",
    "一条陈述就其所在文件读作某指标的数据（仅在阶段内传递）",
    (
        Column("source_id", "string", "The document", "文件", references="sources.source_id"),
        Column("raw_start", "int", "Where the quote begins in the raw text", "引文起点", unit="code point", minimum=0),
        Column("raw_end", "int", "Where it ends", "引文终点", unit="code point", minimum=1),
        Column("indicator_id", "string", "The indicator", "指标", references="indicators.indicator_id"),
        Column("claim_id", "string", "The claim", "陈述", references="claims.claim_id"),
        Column("passage_id", "string", "The passage it stands in", "段落"),
        Column("linked_by", "string", "Rule that linked its words to the indicator", "关联规则"),
        Column("links", "int", "Indicators that the claim is read as a figure of", "所关联指标数", unit="count", minimum=1),
        Column("population", "string", "Population its own words name", "统计范围", nullable=True),
        Column("region_id", "string", "The place; null where it is about an organisation", "地区", nullable=True),
        Column("subject", "string", "Plain name of what it is about, where that is no place", "主体（规整后）", nullable=True, policy=True),
        Column("told_at", "int", "Characters of a place before the name in it that its document gives an organisation", "所在地名长度", nullable=True, unit="code point", minimum=0),
        Column("told_id", "string", "The organisation that its document calls so", "文件所指机构", nullable=True),
        Column("measure", "string", "What the figure says about the indicator", "计量方式", codes="measure"),
        Column("basis", "string", "What a rate or change is measured against", "比较基期", codes="basis"),
        Column("reference", "string", "Population a rank, share or gap refers to", "参照范围", nullable=True),
        Column("statement", "string", "Fact, target, forecast or limit", "陈述性质", codes="statement"),
        Column("period", "string", "Time it holds for", "时期", nullable=True),
        Column("period_start", "date", "First day", "时期起", nullable=True),
        Column("period_end", "date", "Last day", "时期止", nullable=True),
        Column("period_kind", "string", "Span, as of, or deadline", "时期类型", nullable=True, codes="period_kind"),
        Column("value", "float", "Value in the indicator's unit", "数值", nullable=True, unit_from="unit"),
        Column("value_low", "float", "Lower end of a range", "区间下限", nullable=True, unit_from="unit"),
        Column("value_high", "float", "Upper end of a range", "区间上限", nullable=True, unit_from="unit"),
        Column("bound", "string", "How the value bounds the quantity", "界限", codes="bound"),
        Column("resolution", "float", "Step of the last printed digit", "分辨率", nullable=True, minimum=0, unit_from="unit"),
        Column("unit", "string", "Unit of the value", "单位", codes="unit"),
        Column("classifier", "string", "Measure word of a count", "量词", nullable=True),
        Column("numeral", "string", "The digits of the quote, as printed", "数字"),
        Column("context", "string", "The sentence it stands in", "所在句", nullable=True, policy=True),
        Column("repeats", "string", "Earlier claim of the same document in the same words", "重复的陈述", nullable=True),
        Column("fault", "bool", "The printed numeral is a scanning fault", "扫描错误"),
    ),
    key=("source_id", "raw_start", "raw_end", "indicator_id"),
    published=False,
)

OBSERVATIONS = Table(
    "observations",
    "normalise",
    "A comparable figure: an analysis-ready reading of one or more claims",
    "可比数据：对一条或多条陈述的分析用读数",
    (
        Column("observation_id", "string", "Hash of series, period, statement, value and bound", "观测标识", pattern=r"^o-[0-9a-f]{16}$"),
        Column("series_id", "string", "Hash of indicator, place, organisation, population, measure, basis, reference", "序列标识", pattern=r"^s-[0-9a-f]{16}$"),
        Column("indicator_id", "string", "The indicator", "指标", references="indicators.indicator_id", concept="INDICATOR"),
        Column("region_id", "string", "The place", "地区", nullable=True, references="regions.region_id", concept="REF_AREA"),
        Column("organisation_id", "string", "The organisation it is about, if any", "机构", nullable=True, references="organisations.organisation_id"),
        Column("population", "string", "Population it covers", "统计范围", nullable=True),
        Column("measure", "string", "What the figure says about the indicator", "计量方式", codes="measure", concept="MEASURE"),
        Column("basis", "string", "What a rate or change is measured against", "比较基期", codes="basis"),
        Column("reference", "string", "Population a rank, share or gap refers to", "参照范围", nullable=True),
        Column("statement", "string", "Fact, target, forecast or limit", "陈述性质", codes="statement"),
        Column("period", "string", "Time it holds for", "时期", nullable=True, concept="TIME_PERIOD"),
        Column("period_start", "date", "First day", "时期起", nullable=True),
        Column("period_end", "date", "Last day", "时期止", nullable=True),
        Column("period_kind", "string", "Span, as of, or deadline", "时期类型", nullable=True, codes="period_kind"),
        Column("value", "float", "Value in the base unit; null for ranges and undecidable faults", "数值", nullable=True, concept="OBS_VALUE", unit_from="unit"),
        Column("value_low", "float", "Lower end of a range", "区间下限", nullable=True, unit_from="unit"),
        Column("value_high", "float", "Upper end of a range", "区间上限", nullable=True, unit_from="unit"),
        Column("bound", "string", "How the value bounds the quantity", "界限", codes="bound"),
        Column("resolution", "float", "Step of the last printed digit, in the base unit", "分辨率", nullable=True, minimum=0, unit_from="unit"),
        Column("unit", "string", "Unit of the value", "单位", codes="unit", concept="UNIT_MEASURE"),
        Column("first_published", "string", "Date of the earliest document that says so", "首次发布", nullable=True),
        Column("preferred", "bool", "The one to use of its series, period and statement", "首选"),
        Column("status", "string", "Observation status", "观测状态", codes="observation_status", concept="OBS_STATUS"),
    ),
    key=("observation_id",),
    minimum_rows=0,
    core_rows=100,
)

EVIDENCE = Table(
    "evidence",
    "normalise",
    "A claim that an observation rests on",
    "观测所依据的一条陈述",
    (
        Column("observation_id", "string", "The observation", "观测", references="observations.observation_id"),
        Column("claim_id", "string", "The claim", "陈述", references="claims.claim_id"),
        Column("source_id", "string", "The document", "文件", references="sources.source_id"),
        Column("independent", "bool", "The document is no copy of another one, the claim no repeat of an earlier one", "是否独立来源"),
        Column("original_sha256", "string", "sha256 of the original document's bytes", "原文 sha256", nullable=True, pattern=r"^[0-9a-f]{64}$"),
        Column("original_start", "int", "Where the figure begins in the original", "原文起点", nullable=True, unit="code point", minimum=0),
        Column("original_end", "int", "Where it ends", "原文终点", nullable=True, unit="code point", minimum=1),
        Column("original_numeral", "string", "The digits as printed there", "原文数字", nullable=True),
    ),
    key=("observation_id", "claim_id"),
    core_rows=100,
)

COMPARISONS = Table(
    "comparisons",
    "normalise",
    "A target held against a figure that is, or might be taken for, a report on it: at most 32 about its own place and organisation, 32 about others",
    "目标与一项报告数（或易被误作报告数者）的对照：同一地区与机构至多32项，其他至多32项",
    (
        Column("target_observation_id", "string", "The target", "目标", references="observations.observation_id"),
        Column("reported_observation_id", "string", "The report; where the reason is target_itself, another document's target", "报告数", references="observations.observation_id"),
        Column("comparable", "string", "Whether the two may be compared", "是否可比", codes="comparable"),
        Column("reason", "string", "Why, or why not", "理由", codes="comparison_reason"),
        Column("ratio", "float", "Reported over target value", "报告数与目标之比", nullable=True, unit="ratio"),
        Column("expected", "float", "Straight line from the baseline to the target, at the report's date", "按直线推算的应达值", nullable=True, unit_from="observations.unit"),
    ),
    key=("target_observation_id", "reported_observation_id"),
    core_rows=5,
)

PROGRESS = Table(
    "progress",
    "normalise",
    "A target, and how far it is by the figures at hand",
    "一项目标及其进展",
    (
        Column("target_observation_id", "string", "The target", "目标", references="observations.observation_id"),
        Column("deadline", "date", "Day it is due", "期限", nullable=True),
        Column("baseline_observation_id", "string", "Latest comparable figure before the target was set; else what its documents told in other terms", "基期数据", nullable=True, references="observations.observation_id"),
        Column("baseline_comparable", "string", "Whether the baseline may be compared with it", "基期是否可比", nullable=True, codes="comparable"),
        Column("latest_observation_id", "string", "Latest comparable report after it was set", "最新数据", nullable=True, references="observations.observation_id"),
        Column("status", "string", "Where it stands", "状态", codes="progress_status"),
        Column("comparable", "string", "Whether the latest report may be compared with it", "是否可比", nullable=True, codes="comparable"),
    ),
    key=("target_observation_id",),
    core_rows=60,
)

CONFLICTS = Table(
    "conflicts",
    "normalise",
    "Claims that cannot all hold",
    "不能同时成立的陈述",
    (
        Column("conflict_id", "string", "Hash of series, period and statement", "冲突标识", pattern=r"^x-[0-9a-f]{16}$"),
        Column("series_id", "string", "The series", "序列"),
        Column("period", "string", "The period", "时期", nullable=True),
        Column("statement", "string", "Fact, target, forecast or limit", "陈述性质", codes="statement"),
        Column("spread", "float", "Largest over smallest value, minus 1; null for undecidable", "离散度", nullable=True, unit="ratio"),
        Column("cause", "string", "Likely cause", "可能原因", codes="conflict_cause"),
        Column("rule", "string", "Rule that chose the preferred claim", "取舍规则"),
    ),
    key=("conflict_id",),
)

CONFLICT_CLAIMS = Table(
    "conflict_claims",
    "normalise",
    "A claim in a conflict",
    "冲突中的一条陈述",
    (
        Column("conflict_id", "string", "The conflict", "冲突", references="conflicts.conflict_id"),
        Column("claim_id", "string", "The claim", "陈述", references="claims.claim_id"),
        Column("chosen", "bool", "Whether its value is the preferred one", "是否采用"),
    ),
    key=("conflict_id", "claim_id"),
)

WARNINGS = Table(
    "warnings",
    "normalise",
    "A suspicious figure",
    "可疑数据",
    (
        Column("warning_id", "string", "Hash of kind and observations", "警示标识", pattern=r"^w-[0-9a-f]{16}$"),
        Column("kind", "string", "What is suspicious", "类型", codes="warning_kind"),
        Column("observation_id", "string", "The observation", "观测", references="observations.observation_id"),
        Column("other_observation_id", "string", "The observation it does not fit", "相关观测", nullable=True, references="observations.observation_id"),
        Column("claim_id", "string", "Claim that says so", "陈述", references="claims.claim_id"),
        Column("detail", "string", "The figures set side by side, as canonical JSON", "说明"),
    ),
    key=("warning_id",),
    core_rows=1,
)

PROGRAMMES = Table(
    "programmes",
    "normalise",
    "A special action, policy measure or task of a document",
    "专项行动、政策措施或任务",
    (
        Column("programme_id", "string", "Document and number", "项目标识"),
        Column("kind", "string", "Kind of programme", "类别", codes="programme_kind"),
        Column("number", "string", "Its number as printed; of a task, after the numbers of those it lies in", "编号", nullable=True),
        Column("title", "string", "Its title", "名称", nullable=True, policy=True),
        Column("section_path", "string", "Headings above it", "所在章节", nullable=True, policy=True),
        Column("source_id", "string", "The document", "文件", references="sources.source_id"),
        Column("raw_start", "int", "Where it begins in the raw text", "原文起点", unit="code point", minimum=0),
        Column("raw_end", "int", "Where its text ends", "原文终点", unit="code point", minimum=1),
    ),
    key=("programme_id",),
    core_rows=18,
)

PROGRAMME_CLAIMS = Table(
    "programme_claims",
    "normalise",
    "A figure told within a programme: a goal, a cap, a fact; of nested programmes each has it",
    "项目所含的一条陈述",
    (
        Column("programme_id", "string", "The programme", "项目", references="programmes.programme_id"),
        Column("claim_id", "string", "The claim", "陈述", references="claims.claim_id"),
    ),
    key=("programme_id", "claim_id"),
    core_rows=40,
)

PARKS = Table(
    "parks",
    "normalise",
    "A park or cluster area that a document assigns to a city",
    "文件列入某市的园区或集聚区",
    (
        Column("park_id", "string", "Document and raw offset of the name", "园区标识"),
        Column("name", "string", "Name of the park", "名称"),
        Column("region_id", "string", "The city or zone it is listed under", "所在地区", references="regions.region_id"),
        Column("source_id", "string", "The document", "文件", references="sources.source_id"),
        Column("raw_start", "int", "Where the name begins in the raw text", "原文起点", unit="code point", minimum=0),
        Column("raw_end", "int", "Where it ends", "原文终点", unit="code point", minimum=1),
    ),
    key=("park_id",),
    core_rows=33,
)

PARK_INDUSTRIES = Table(
    "park_industries",
    "normalise",
    "An industry that a park is to develop",
    "园区拟发展的一项产业",
    (
        Column("park_id", "string", "The park", "园区", references="parks.park_id"),
        Column("industry", "string", "The industry as named", "产业"),
    ),
    key=("park_id", "industry"),
    core_rows=20,
)

TABLES = (
    REGIONS,
    INDICATORS,
    INDICATOR_SYNONYMS,
    ORGANISATIONS,
    ORGANISATION_MENTIONS,
    READINGS,
    OBSERVATIONS,
    EVIDENCE,
    COMPARISONS,
    PROGRESS,
    CONFLICTS,
    CONFLICT_CLAIMS,
    WARNINGS,
    PROGRAMMES,
    PROGRAMME_CLAIMS,
    PARKS,
    PARK_INDUSTRIES,
)
