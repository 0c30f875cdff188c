-- Views over the Parquet files of this folder; every table and column carries its meaning as a comment.
-- Use:  cd data && duckdb -init schema.sql
-- Then: FROM claims LIMIT 5;   SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'claims';
-- And:  FROM why('o-...');   SELECT cite('o-...');   FROM as_of('2021-12-31');   FROM compare('o-...', 'o-...');

CREATE OR REPLACE VIEW sources AS SELECT "source_id", "file", "title", "publisher", "publisher_type", "standing", "document_type", "document_number", "published", "published_from", "published_to", "region_id", "url", "edition", "original_sha256", "licence", "evidence_policy", "sha256", "media_type", "encoding", "script", "characters", "replaced", "retrieved", "duplicate_of" FROM read_parquet('sources.parquet');
COMMENT ON VIEW sources IS 'A document of the corpus. 语料中的一份文件。';
COMMENT ON COLUMN sources."source_id" IS 'Name of the document: its file name without the ending. 文件标识：不带扩展名的文件名。';
COMMENT ON COLUMN sources."file" IS 'File name in the sources folder; `doc` in the claims that `extract` prints. 来源目录中的文件名。';
COMMENT ON COLUMN sources."title" IS 'Title as given by the registry or the document''s head. 标题。';
COMMENT ON COLUMN sources."publisher" IS 'Who published it. 发布者。';
COMMENT ON COLUMN sources."publisher_type" IS 'Kind of publisher (codes: publisher_type). 发布者类型。';
COMMENT ON COLUMN sources."standing" IS 'How far the page it was read from can be trusted (codes: standing). 页面可信程度。';
COMMENT ON COLUMN sources."document_type" IS 'Kind of document (codes: document_type). 文种。';
COMMENT ON COLUMN sources."document_number" IS 'Document number (文号) where it has one. 文号。';
COMMENT ON COLUMN sources."published" IS 'Date of publication, ISO 8601, at the precision known. 发布日期（按已知精度）。';
COMMENT ON COLUMN sources."published_from" IS 'First day the date of publication allows (Asia/Shanghai). 发布日期下限。';
COMMENT ON COLUMN sources."published_to" IS 'Last day the date of publication allows (Asia/Shanghai). 发布日期上限。';
COMMENT ON COLUMN sources."region_id" IS 'Place the document speaks for. 文件所涉地区。';
COMMENT ON COLUMN sources."url" IS 'Address it was published at. 网址。';
COMMENT ON COLUMN sources."edition" IS 'Whether the text is the original or this project''s digest of it (codes: edition). 版本：原文或摘编。';
COMMENT ON COLUMN sources."original_sha256" IS 'sha256 of the original''s bytes, for a digest. 摘编所据原文的 sha256。';
COMMENT ON COLUMN sources."licence" IS 'SPDX identifier of the text''s licence; null where all rights are reserved or unknown. 许可（SPDX）。';
COMMENT ON COLUMN sources."evidence_policy" IS 'How much of the text may be passed on (codes: evidence_policy). 证据文本公开程度。';
COMMENT ON COLUMN sources."sha256" IS 'sha256 of the bytes read. 字节的 sha256。';
COMMENT ON COLUMN sources."media_type" IS 'Form of the text (codes: media_type). 媒体类型。';
COMMENT ON COLUMN sources."encoding" IS 'Character encoding it was decoded from (codes: encoding). 字符编码。';
COMMENT ON COLUMN sources."script" IS 'Script of its Chinese characters (codes: script). 字形。';
COMMENT ON COLUMN sources."characters" IS 'Length of the decoded text (unit: code point). 字符数。';
COMMENT ON COLUMN sources."replaced" IS 'Characters U+FFFD in the text that stand for bytes that could not be decoded (unit: code point). 代替无法解码字节的 U+FFFD 字符数。';
COMMENT ON COLUMN sources."retrieved" IS 'Date the document was fetched, where the registry says. 获取日期。';
COMMENT ON COLUMN sources."duplicate_of" IS 'Document of which this one is a copy. 重复于。';

CREATE OR REPLACE VIEW edits AS SELECT "source_id", "raw_start", "raw_end", "replacement", "rule" FROM read_parquet('edits.parquet');
COMMENT ON VIEW edits IS 'An edit applied to the raw text; all edits of a document, in order, turn it into the clean text. 对原文的一处修改；全部修改依次作用即得清洗后文本。';
COMMENT ON COLUMN edits."source_id" IS 'The document. 文件。';
COMMENT ON COLUMN edits."raw_start" IS 'Where the replaced stretch begins in the raw text (unit: code point). 原文起点。';
COMMENT ON COLUMN edits."raw_end" IS 'Where it ends (unit: code point). 原文终点。';
COMMENT ON COLUMN edits."replacement" IS 'What stands there in the clean text; may be empty. 替换为。';
COMMENT ON COLUMN edits."rule" IS 'Rules that made the edit, joined by + where several touched the stretch. 规则。';

CREATE OR REPLACE VIEW passages AS SELECT "passage_id", "source_id", "ordinal", "kind", "level", "label", "run_in", "section_path", "raw_start", "raw_end", "clean_start", "clean_end", "text", "repeats" FROM read_parquet('passages.parquet');
COMMENT ON VIEW passages IS 'A passage (heading, paragraph, list item, table row ...) of a document. 文件的一个段落（标题、段落、列表项、表格行等）。';
COMMENT ON COLUMN passages."passage_id" IS 'Document and ordinal. 段落标识。';
COMMENT ON COLUMN passages."source_id" IS 'The document. 文件。';
COMMENT ON COLUMN passages."ordinal" IS 'Place in the document, from 1 (unit: ordinal). 序号。';
COMMENT ON COLUMN passages."kind" IS 'What the passage is (codes: passage_kind). 类别。';
COMMENT ON COLUMN passages."level" IS 'Depth of a heading, 1 the highest; null elsewhere (unit: ordinal). 标题层级。';
COMMENT ON COLUMN passages."label" IS 'Number of a heading or list item as printed, such as 一、 or 专栏3. 编号。';
COMMENT ON COLUMN passages."run_in" IS 'A heading whose text goes on in the same line. 标题后文字接排。';
COMMENT ON COLUMN passages."section_path" IS 'Headings above it, outermost first, joined by '' / ''; empty at the top. 所在章节。';
COMMENT ON COLUMN passages."raw_start" IS 'Where it begins in the raw text (unit: code point). 原文起点。';
COMMENT ON COLUMN passages."raw_end" IS 'Where it ends (unit: code point). 原文终点。';
COMMENT ON COLUMN passages."clean_start" IS 'Where it begins in the clean text (unit: code point). 清洗后文本起点。';
COMMENT ON COLUMN passages."clean_end" IS 'Where it ends (unit: code point). 清洗后文本终点。';
COMMENT ON COLUMN passages."text" IS 'Its clean text, as the evidence policy allows. 文本。';
COMMENT ON COLUMN passages."repeats" IS 'Earlier passage of the same document with the same words. 重复的段落。';

CREATE OR REPLACE VIEW corrections AS SELECT "correction_id", "source_id", "scope", "before", "wrong", "right", "after", "kind", "why", "evidence", "evidence_start", "evidence_end", "reviewer", "date", "expected_hits", "found_hits", "outcome" FROM read_parquet('corrections.parquet');
COMMENT ON VIEW corrections IS 'A declared correction of a scanning fault in a document: what it changes, who proved it by what, and what became of it. 一份文件中的一条文字更正声明：改动、依据、审核及结果。';
COMMENT ON COLUMN corrections."correction_id" IS 'Name of the correction. 更正标识。';
COMMENT ON COLUMN corrections."source_id" IS 'Document it is for. 文件。';
COMMENT ON COLUMN corrections."scope" IS 'sha256 of the bytes it was reviewed on, or `global` for a correction of every document. 适用范围：所审核字节的 sha256，或 global。';
COMMENT ON COLUMN corrections."before" IS 'Characters before the faulty ones. 前文。';
COMMENT ON COLUMN corrections."wrong" IS 'What is printed. 误。';
COMMENT ON COLUMN corrections."right" IS 'What it should be; null where nothing decides it (the claim is marked as a fault). 正。';
COMMENT ON COLUMN corrections."after" IS 'Characters after. 后文。';
COMMENT ON COLUMN corrections."kind" IS 'Kind of fault (codes: correction_kind). 类型。';
COMMENT ON COLUMN corrections."why" IS 'Why it is a fault, and how it is read. 更正理由。';
COMMENT ON COLUMN corrections."evidence" IS 'The fact that proves the right reading; null where a place of the document alone does. 佐证事实。';
COMMENT ON COLUMN corrections."evidence_start" IS 'Where the document prints it rightly: start in the raw text that was reviewed (unit: code point). 文中佐证起点。';
COMMENT ON COLUMN corrections."evidence_end" IS 'End of that place (unit: code point). 文中佐证终点。';
COMMENT ON COLUMN corrections."reviewer" IS 'Who reviewed it: a role. 审核者（角色）。';
COMMENT ON COLUMN corrections."date" IS 'Day of the review. 审核日期。';
COMMENT ON COLUMN corrections."expected_hits" IS 'Places where it must stand in the document; null for a global one (unit: count). 应命中数。';
COMMENT ON COLUMN corrections."found_hits" IS 'Places where it stood; 0 where it was not tried (unit: count). 实命中数。';
COMMENT ON COLUMN corrections."outcome" IS 'What became of it (codes: correction_outcome). 结果。';

CREATE OR REPLACE VIEW claims AS SELECT "claim_id", "source_id", "passage_id", "indicator_text", "measure", "basis", "reference", "statement", "value", "value_low", "value_high", "bound", "resolution", "unit", "classifier", "period", "period_start", "period_end", "period_kind", "region_id", "subject_text", "quote", "numeral", "context", "raw_start", "raw_end", "reading_start", "reading_end", "repeats", "fault", "rule", "confidence" FROM read_parquet('claims.parquet');
COMMENT ON VIEW claims IS 'A numeric claim as one document words it. 一份文件以其自身文字作出的一条数据陈述。';
COMMENT ON COLUMN claims."claim_id" IS 'Document and raw offsets of the quote. 陈述标识。';
COMMENT ON COLUMN claims."source_id" IS 'The document. 文件。';
COMMENT ON COLUMN claims."passage_id" IS 'The passage it stands in. 段落。';
COMMENT ON COLUMN claims."indicator_text" IS 'What is measured, in the document''s own words, simplified. 指标（原文用语）。';
COMMENT ON COLUMN claims."measure" IS 'What the figure says about the indicator (codes: measure). 计量方式。';
COMMENT ON COLUMN claims."basis" IS 'What a growth rate or change is measured against (codes: basis). 比较基期。';
COMMENT ON COLUMN claims."reference" IS 'Population or place a rank, share or gap refers to, such as 全国. 参照范围。';
COMMENT ON COLUMN claims."statement" IS 'Fact, target, forecast or limit (codes: statement). 陈述性质。';
COMMENT ON COLUMN claims."value" IS 'Value in the base unit; null for ranges and undecidable faults (unit in: unit). 数值。';
COMMENT ON COLUMN claims."value_low" IS 'Lower end of a range (unit in: unit). 区间下限。';
COMMENT ON COLUMN claims."value_high" IS 'Upper end of a range (unit in: unit). 区间上限。';
COMMENT ON COLUMN claims."bound" IS 'How the value bounds the quantity (codes: bound). 界限。';
COMMENT ON COLUMN claims."resolution" IS 'Step of the last printed digit, in the base unit: 2.9万 is good to 1000 (unit in: unit). 分辨率。';
COMMENT ON COLUMN claims."unit" IS 'Unit of the value (codes: unit). 单位。';
COMMENT ON COLUMN claims."classifier" IS 'Measure word of a count, simplified. 量词。';
COMMENT ON COLUMN claims."period" IS 'Time it holds for: 2019, 2021-Q1, 2021-05, 2016/2020, /2025. 时期。';
COMMENT ON COLUMN claims."period_start" IS 'First day of the period. 时期起。';
COMMENT ON COLUMN claims."period_end" IS 'Last day of the period. 时期止。';
COMMENT ON COLUMN claims."period_kind" IS 'Whether the figure holds over a span, as of a date, or by a deadline (codes: period_kind). 时期类型。';
COMMENT ON COLUMN claims."region_id" IS 'Place the figure is about; null where it is about an organisation. 地区。';
COMMENT ON COLUMN claims."subject_text" IS 'Organisation, park, product or project it is about, as worded. 主体（原文用语）。';
COMMENT ON COLUMN claims."quote" IS 'From the first digit through the unit or classifier, as printed. 引文。';
COMMENT ON COLUMN claims."numeral" IS 'The digits of the quote, as printed. 数字。';
COMMENT ON COLUMN claims."context" IS 'The sentence it stands in. 所在句。';
COMMENT ON COLUMN claims."raw_start" IS 'Where the quote begins in the raw text (unit: code point). 引文起点。';
COMMENT ON COLUMN claims."raw_end" IS 'Where it ends (unit: code point). 引文终点。';
COMMENT ON COLUMN claims."reading_start" IS 'Start of the stretch that suffices to read value, bound and unit (unit: code point). 可复读片段起点。';
COMMENT ON COLUMN claims."reading_end" IS 'End of that stretch (unit: code point). 可复读片段终点。';
COMMENT ON COLUMN claims."repeats" IS 'Earlier claim of the same document in the same words. 重复的陈述。';
COMMENT ON COLUMN claims."fault" IS 'The printed numeral is a scanning fault. 扫描错误。';
COMMENT ON COLUMN claims."rule" IS 'Rule of the grammar that made it. 规则。';
COMMENT ON COLUMN claims."confidence" IS 'How sure the grammar is of value, unit and bound (unit: ratio). 置信度。';

CREATE OR REPLACE VIEW numerals AS SELECT "source_id", "raw_start", "raw_end", "numeral", "claim_id", "reason" FROM read_parquet('numerals.parquet');
COMMENT ON VIEW numerals IS 'A numeral run of the raw text, with the one claim or the one reason it has. 原文中的一处数字串，各有且仅有一条数据陈述或一个原因。';
COMMENT ON COLUMN numerals."source_id" IS 'The document. 文件。';
COMMENT ON COLUMN numerals."raw_start" IS 'Where it begins in the raw text (unit: code point). 原文起点。';
COMMENT ON COLUMN numerals."raw_end" IS 'Where it ends (unit: code point). 原文终点。';
COMMENT ON COLUMN numerals."numeral" IS 'The run as printed. 数字串。';
COMMENT ON COLUMN numerals."claim_id" IS 'The claim that takes it. 数据陈述。';
COMMENT ON COLUMN numerals."reason" IS 'Why it is no claim (codes: numeral_reason). 非数据陈述的原因。';

CREATE OR REPLACE VIEW regions AS SELECT "region_id", "gb2260", "kind", "name_zh", "name_short", "name_en", "aliases", "level", "parent_id", "valid_from", "valid_to", "source" FROM read_parquet('regions.parquet');
COMMENT ON VIEW regions IS 'A place: an administrative division, a zone without a code, or a group of provinces. 地区：行政区划、无代码的功能区或省份组合。';
COMMENT ON COLUMN regions."region_id" IS 'GB/T 2260 code (adcode), or an identifier of this dataset where there is none. 地区标识。';
COMMENT ON COLUMN regions."gb2260" IS 'GB/T 2260 code; null for zones and groups. 行政区划代码。';
COMMENT ON COLUMN regions."kind" IS 'adcode, zone or group (codes: region_kind). 类别。';
COMMENT ON COLUMN regions."name_zh" IS 'Full name. 全称。';
COMMENT ON COLUMN regions."name_short" IS 'Short name. 简称。';
COMMENT ON COLUMN regions."name_en" IS 'English name. 英文名。';
COMMENT ON COLUMN regions."aliases" IS 'Other names, joined by |. 别名。';
COMMENT ON COLUMN regions."level" IS 'Level of the place (codes: region_level). 层级。';
COMMENT ON COLUMN regions."parent_id" IS 'The place it lies in. 上级地区。';
COMMENT ON COLUMN regions."valid_from" IS 'First year of the code, where known (unit: calendar year). 启用年份。';
COMMENT ON COLUMN regions."valid_to" IS 'Last year of the code; null while it holds (unit: calendar year). 停用年份。';
COMMENT ON COLUMN regions."source" IS 'Gazetteer and year it was taken from. 来源。';

CREATE OR REPLACE VIEW indicators AS SELECT "indicator_id", "name_zh", "name_en", "definition_zh", "definition_en", "unit", "classifier", "pillar", "kind", "direction", "population", "classification" FROM read_parquet('indicators.parquet');
COMMENT ON VIEW indicators IS 'A canonical indicator. 规范指标。';
COMMENT ON COLUMN indicators."indicator_id" IS 'Name of the indicator in this dataset. 指标标识。';
COMMENT ON COLUMN indicators."name_zh" IS 'Chinese name. 中文名。';
COMMENT ON COLUMN indicators."name_en" IS 'English name. 英文名。';
COMMENT ON COLUMN indicators."definition_zh" IS 'What it measures, in Chinese. 中文定义。';
COMMENT ON COLUMN indicators."definition_en" IS 'What it measures, in English. 英文定义。';
COMMENT ON COLUMN indicators."unit" IS 'Unit its levels are in (codes: unit). 单位。';
COMMENT ON COLUMN indicators."classifier" IS 'Usual measure word of a count. 量词。';
COMMENT ON COLUMN indicators."pillar" IS 'Part of the digital economy it belongs to (codes: pillar). 领域。';
COMMENT ON COLUMN indicators."kind" IS 'Stock, flow, rate or index (codes: indicator_kind). 类型。';
COMMENT ON COLUMN indicators."direction" IS 'Whether more is better (codes: direction). 方向。';
COMMENT ON COLUMN indicators."population" IS 'Default population. 默认统计范围。';
COMMENT ON COLUMN indicators."classification" IS 'Class of the 2021 statistical classification of the digital economy. 数字经济及其核心产业统计分类（2021）。';

CREATE OR REPLACE VIEW indicator_synonyms AS SELECT "indicator_id", "synonym", "population", "note" FROM read_parquet('indicator_synonyms.parquet');
COMMENT ON VIEW indicator_synonyms IS 'A wording by which documents name an indicator. 指标的一种说法。';
COMMENT ON COLUMN indicator_synonyms."indicator_id" IS 'The indicator. 指标。';
COMMENT ON COLUMN indicator_synonyms."synonym" IS 'The wording, simplified. 说法。';
COMMENT ON COLUMN indicator_synonyms."population" IS 'Population the wording implies. 统计范围。';
COMMENT ON COLUMN indicator_synonyms."note" IS 'When the wording differs in meaning. 备注。';

CREATE OR REPLACE VIEW organisations AS SELECT "organisation_id", "name_zh", "name_en", "type", "stock_code", "region_id", "aliases" FROM read_parquet('organisations.parquet');
COMMENT ON VIEW organisations IS 'A company, university, institute or body. 企业、高校、科研院所或机构。';
COMMENT ON COLUMN organisations."organisation_id" IS 'Name of the organisation in this dataset. 机构标识。';
COMMENT ON COLUMN organisations."name_zh" IS 'Chinese name. 中文名。';
COMMENT ON COLUMN organisations."name_en" IS 'English name. 英文名。';
COMMENT ON COLUMN organisations."type" IS 'Kind of organisation (codes: organisation_type). 类型。';
COMMENT ON COLUMN organisations."stock_code" IS 'Code and exchange of its listed shares. 证券代码。';
COMMENT ON COLUMN organisations."region_id" IS 'Place of its seat. 所在地。';
COMMENT ON COLUMN organisations."aliases" IS 'Other names, joined by |. 别名。';

CREATE OR REPLACE VIEW organisation_mentions AS SELECT "organisation_id", "source_id", "passage_id", "raw_start", "raw_end", "mention" FROM read_parquet('organisation_mentions.parquet');
COMMENT ON VIEW organisation_mentions IS 'A place where a document names an organisation. 文件提及机构之处。';
COMMENT ON COLUMN organisation_mentions."organisation_id" IS 'The organisation. 机构。';
COMMENT ON COLUMN organisation_mentions."source_id" IS 'The document. 文件。';
COMMENT ON COLUMN organisation_mentions."passage_id" IS 'The passage. 段落。';
COMMENT ON COLUMN organisation_mentions."raw_start" IS 'Where the name begins in the raw text (unit: code point). 原文起点。';
COMMENT ON COLUMN organisation_mentions."raw_end" IS 'Where it ends (unit: code point). 原文终点。';
COMMENT ON COLUMN organisation_mentions."mention" IS 'The name as matched, simplified. 所用名称。';

CREATE OR REPLACE VIEW observations AS SELECT "observation_id", "series_id", "indicator_id", "region_id", "organisation_id", "population", "measure", "basis", "reference", "statement", "period", "period_start", "period_end", "period_kind", "value", "value_low", "value_high", "bound", "resolution", "unit", "first_published", "preferred", "status" FROM read_parquet('observations.parquet');
COMMENT ON VIEW observations IS 'A comparable figure: an analysis-ready reading of one or more claims. 可比数据：对一条或多条陈述的分析用读数。';
COMMENT ON COLUMN observations."observation_id" IS 'Hash of series, period, statement, value and bound. 观测标识。';
COMMENT ON COLUMN observations."series_id" IS 'Hash of indicator, place, organisation, population, measure, basis, reference. 序列标识。';
COMMENT ON COLUMN observations."indicator_id" IS 'The indicator. 指标。';
COMMENT ON COLUMN observations."region_id" IS 'The place. 地区。';
COMMENT ON COLUMN observations."organisation_id" IS 'The organisation it is about, if any. 机构。';
COMMENT ON COLUMN observations."population" IS 'Population it covers. 统计范围。';
COMMENT ON COLUMN observations."measure" IS 'What the figure says about the indicator (codes: measure). 计量方式。';
COMMENT ON COLUMN observations."basis" IS 'What a rate or change is measured against (codes: basis). 比较基期。';
COMMENT ON COLUMN observations."reference" IS 'Population a rank, share or gap refers to. 参照范围。';
COMMENT ON COLUMN observations."statement" IS 'Fact, target, forecast or limit (codes: statement). 陈述性质。';
COMMENT ON COLUMN observations."period" IS 'Time it holds for. 时期。';
COMMENT ON COLUMN observations."period_start" IS 'First day. 时期起。';
COMMENT ON COLUMN observations."period_end" IS 'Last day. 时期止。';
COMMENT ON COLUMN observations."period_kind" IS 'Span, as of, or deadline (codes: period_kind). 时期类型。';
COMMENT ON COLUMN observations."value" IS 'Value in the base unit; null for ranges and undecidable faults (unit in: unit). 数值。';
COMMENT ON COLUMN observations."value_low" IS 'Lower end of a range (unit in: unit). 区间下限。';
COMMENT ON COLUMN observations."value_high" IS 'Upper end of a range (unit in: unit). 区间上限。';
COMMENT ON COLUMN observations."bound" IS 'How the value bounds the quantity (codes: bound). 界限。';
COMMENT ON COLUMN observations."resolution" IS 'Step of the last printed digit, in the base unit (unit in: unit). 分辨率。';
COMMENT ON COLUMN observations."unit" IS 'Unit of the value (codes: unit). 单位。';
COMMENT ON COLUMN observations."first_published" IS 'Date of the earliest document that says so. 首次发布。';
COMMENT ON COLUMN observations."preferred" IS 'The one to use of its series, period and statement. 首选。';
COMMENT ON COLUMN observations."status" IS 'Observation status (codes: observation_status). 观测状态。';

CREATE OR REPLACE VIEW evidence AS SELECT "observation_id", "claim_id", "source_id", "independent", "original_sha256", "original_start", "original_end", "original_numeral" FROM read_parquet('evidence.parquet');
COMMENT ON VIEW evidence IS 'A claim that an observation rests on. 观测所依据的一条陈述。';
COMMENT ON COLUMN evidence."observation_id" IS 'The observation. 观测。';
COMMENT ON COLUMN evidence."claim_id" IS 'The claim. 陈述。';
COMMENT ON COLUMN evidence."source_id" IS 'The document. 文件。';
COMMENT ON COLUMN evidence."independent" IS 'The document is no copy of another one, the claim no repeat of an earlier one. 是否独立来源。';
COMMENT ON COLUMN evidence."original_sha256" IS 'sha256 of the original document''s bytes. 原文 sha256。';
COMMENT ON COLUMN evidence."original_start" IS 'Where the figure begins in the original (unit: code point). 原文起点。';
COMMENT ON COLUMN evidence."original_end" IS 'Where it ends (unit: code point). 原文终点。';
COMMENT ON COLUMN evidence."original_numeral" IS 'The digits as printed there. 原文数字。';

CREATE OR REPLACE VIEW comparisons AS SELECT "target_observation_id", "reported_observation_id", "comparable", "reason", "ratio", "expected" FROM read_parquet('comparisons.parquet');
COMMENT ON VIEW comparisons IS 'A target held against a figure that is, or might be taken for, a report on it: at most 32 about its own place and organisation, 32 about others. 目标与一项报告数（或易被误作报告数者）的对照：同一地区与机构至多32项，其他至多32项。';
COMMENT ON COLUMN comparisons."target_observation_id" IS 'The target. 目标。';
COMMENT ON COLUMN comparisons."reported_observation_id" IS 'The report; where the reason is target_itself, another document''s target. 报告数。';
COMMENT ON COLUMN comparisons."comparable" IS 'Whether the two may be compared (codes: comparable). 是否可比。';
COMMENT ON COLUMN comparisons."reason" IS 'Why, or why not (codes: comparison_reason). 理由。';
COMMENT ON COLUMN comparisons."ratio" IS 'Reported over target value (unit: ratio). 报告数与目标之比。';
COMMENT ON COLUMN comparisons."expected" IS 'Straight line from the baseline to the target, at the report''s date (unit in: observations.unit). 按直线推算的应达值。';

CREATE OR REPLACE VIEW progress AS SELECT "target_observation_id", "deadline", "baseline_observation_id", "baseline_comparable", "latest_observation_id", "status", "comparable" FROM read_parquet('progress.parquet');
COMMENT ON VIEW progress IS 'A target, and how far it is by the figures at hand. 一项目标及其进展。';
COMMENT ON COLUMN progress."target_observation_id" IS 'The target. 目标。';
COMMENT ON COLUMN progress."deadline" IS 'Day it is due. 期限。';
COMMENT ON COLUMN progress."baseline_observation_id" IS 'Latest comparable figure before the target was set; else what its documents told in other terms. 基期数据。';
COMMENT ON COLUMN progress."baseline_comparable" IS 'Whether the baseline may be compared with it (codes: comparable). 基期是否可比。';
COMMENT ON COLUMN progress."latest_observation_id" IS 'Latest comparable report after it was set. 最新数据。';
COMMENT ON COLUMN progress."status" IS 'Where it stands (codes: progress_status). 状态。';
COMMENT ON COLUMN progress."comparable" IS 'Whether the latest report may be compared with it (codes: comparable). 是否可比。';

CREATE OR REPLACE VIEW conflicts AS SELECT "conflict_id", "series_id", "period", "statement", "spread", "cause", "rule" FROM read_parquet('conflicts.parquet');
COMMENT ON VIEW conflicts IS 'Claims that cannot all hold. 不能同时成立的陈述。';
COMMENT ON COLUMN conflicts."conflict_id" IS 'Hash of series, period and statement. 冲突标识。';
COMMENT ON COLUMN conflicts."series_id" IS 'The series. 序列。';
COMMENT ON COLUMN conflicts."period" IS 'The period. 时期。';
COMMENT ON COLUMN conflicts."statement" IS 'Fact, target, forecast or limit (codes: statement). 陈述性质。';
COMMENT ON COLUMN conflicts."spread" IS 'Largest over smallest value, minus 1; null for undecidable (unit: ratio). 离散度。';
COMMENT ON COLUMN conflicts."cause" IS 'Likely cause (codes: conflict_cause). 可能原因。';
COMMENT ON COLUMN conflicts."rule" IS 'Rule that chose the preferred claim. 取舍规则。';

CREATE OR REPLACE VIEW conflict_claims AS SELECT "conflict_id", "claim_id", "chosen" FROM read_parquet('conflict_claims.parquet');
COMMENT ON VIEW conflict_claims IS 'A claim in a conflict. 冲突中的一条陈述。';
COMMENT ON COLUMN conflict_claims."conflict_id" IS 'The conflict. 冲突。';
COMMENT ON COLUMN conflict_claims."claim_id" IS 'The claim. 陈述。';
COMMENT ON COLUMN conflict_claims."chosen" IS 'Whether its value is the preferred one. 是否采用。';

CREATE OR REPLACE VIEW warnings AS SELECT "warning_id", "kind", "observation_id", "other_observation_id", "claim_id", "detail" FROM read_parquet('warnings.parquet');
COMMENT ON VIEW warnings IS 'A suspicious figure. 可疑数据。';
COMMENT ON COLUMN warnings."warning_id" IS 'Hash of kind and observations. 警示标识。';
COMMENT ON COLUMN warnings."kind" IS 'What is suspicious (codes: warning_kind). 类型。';
COMMENT ON COLUMN warnings."observation_id" IS 'The observation. 观测。';
COMMENT ON COLUMN warnings."other_observation_id" IS 'The observation it does not fit. 相关观测。';
COMMENT ON COLUMN warnings."claim_id" IS 'Claim that says so. 陈述。';
COMMENT ON COLUMN warnings."detail" IS 'The figures set side by side, as canonical JSON. 说明。';

CREATE OR REPLACE VIEW programmes AS SELECT "programme_id", "kind", "number", "title", "section_path", "source_id", "raw_start", "raw_end" FROM read_parquet('programmes.parquet');
COMMENT ON VIEW programmes IS 'A special action, policy measure or task of a document. 专项行动、政策措施或任务。';
COMMENT ON COLUMN programmes."programme_id" IS 'Document and number. 项目标识。';
COMMENT ON COLUMN programmes."kind" IS 'Kind of programme (codes: programme_kind). 类别。';
COMMENT ON COLUMN programmes."number" IS 'Its number as printed; of a task, after the numbers of those it lies in. 编号。';
COMMENT ON COLUMN programmes."title" IS 'Its title. 名称。';
COMMENT ON COLUMN programmes."section_path" IS 'Headings above it. 所在章节。';
COMMENT ON COLUMN programmes."source_id" IS 'The document. 文件。';
COMMENT ON COLUMN programmes."raw_start" IS 'Where it begins in the raw text (unit: code point). 原文起点。';
COMMENT ON COLUMN programmes."raw_end" IS 'Where its text ends (unit: code point). 原文终点。';

CREATE OR REPLACE VIEW programme_claims AS SELECT "programme_id", "claim_id" FROM read_parquet('programme_claims.parquet');
COMMENT ON VIEW programme_claims IS 'A figure told within a programme: a goal, a cap, a fact; of nested programmes each has it. 项目所含的一条陈述。';
COMMENT ON COLUMN programme_claims."programme_id" IS 'The programme. 项目。';
COMMENT ON COLUMN programme_claims."claim_id" IS 'The claim. 陈述。';

CREATE OR REPLACE VIEW parks AS SELECT "park_id", "name", "region_id", "source_id", "raw_start", "raw_end" FROM read_parquet('parks.parquet');
COMMENT ON VIEW parks IS 'A park or cluster area that a document assigns to a city. 文件列入某市的园区或集聚区。';
COMMENT ON COLUMN parks."park_id" IS 'Document and raw offset of the name. 园区标识。';
COMMENT ON COLUMN parks."name" IS 'Name of the park. 名称。';
COMMENT ON COLUMN parks."region_id" IS 'The city or zone it is listed under. 所在地区。';
COMMENT ON COLUMN parks."source_id" IS 'The document. 文件。';
COMMENT ON COLUMN parks."raw_start" IS 'Where the name begins in the raw text (unit: code point). 原文起点。';
COMMENT ON COLUMN parks."raw_end" IS 'Where it ends (unit: code point). 原文终点。';

CREATE OR REPLACE VIEW park_industries AS SELECT "park_id", "industry" FROM read_parquet('park_industries.parquet');
COMMENT ON VIEW park_industries IS 'An industry that a park is to develop. 园区拟发展的一项产业。';
COMMENT ON COLUMN park_industries."park_id" IS 'The park. 园区。';
COMMENT ON COLUMN park_industries."industry" IS 'The industry as named. 产业。';

CREATE OR REPLACE VIEW codes AS SELECT "list", "code", "name_zh", "name_en", "definition_zh", "definition_en" FROM read_parquet('codes.parquet');
COMMENT ON VIEW codes IS 'An entry of a code list. 代码表的一项。';
COMMENT ON COLUMN codes."list" IS 'The code list. 代码表。';
COMMENT ON COLUMN codes."code" IS 'The code as it stands in the tables. 代码。';
COMMENT ON COLUMN codes."name_zh" IS 'Name in Chinese. 中文名。';
COMMENT ON COLUMN codes."name_en" IS 'Name in English. 英文名。';
COMMENT ON COLUMN codes."definition_zh" IS 'What it means, in Chinese. 中文定义。';
COMMENT ON COLUMN codes."definition_en" IS 'What it means, in English. 英文定义。';

CREATE OR REPLACE VIEW quarantine AS SELECT "file", "stage", "reason", "detail", "advice" FROM read_parquet('quarantine.parquet');
COMMENT ON VIEW quarantine IS 'Something that could not be read, and why. 无法读取的内容及原因。';
COMMENT ON COLUMN quarantine."file" IS 'File name, or the registry''s row. 文件名。';
COMMENT ON COLUMN quarantine."stage" IS 'Stage that set it aside (codes: stage). 阶段。';
COMMENT ON COLUMN quarantine."reason" IS 'Why (codes: quarantine_reason). 原因。';
COMMENT ON COLUMN quarantine."detail" IS 'What exactly was found. 说明。';
COMMENT ON COLUMN quarantine."advice" IS 'What to do about it. 处理建议。';

CREATE OR REPLACE VIEW quality AS SELECT "table", "check", "ordinal", "stage", "expectation", "column", "severity", "passed", "observed" FROM read_parquet('quality.parquet');
COMMENT ON VIEW quality IS 'An expectation that a gate checked, and what it saw. 门控检查的一条期望及其结果。';
COMMENT ON COLUMN quality."table" IS 'The table checked. 表。';
COMMENT ON COLUMN quality."check" IS 'The gate: contract, or the name of a domain rule. 检查。';
COMMENT ON COLUMN quality."ordinal" IS 'Place in the suite, from 1 (unit: ordinal). 序号。';
COMMENT ON COLUMN quality."stage" IS 'Stage of the table (codes: stage). 阶段。';
COMMENT ON COLUMN quality."expectation" IS 'Type of the expectation. 期望类型。';
COMMENT ON COLUMN quality."column" IS 'Column it is about, where it is about one. 列。';
COMMENT ON COLUMN quality."severity" IS 'error stops the stages after it, warning is shown (codes: severity). 严重程度。';
COMMENT ON COLUMN quality."passed" IS 'Whether it held. 是否通过。';
COMMENT ON COLUMN quality."observed" IS 'What was seen, as canonical JSON without samples. 观察值。';

CREATE OR REPLACE VIEW evaluation AS SELECT "corpus", "document_kind", "figure", "n", "right", "low", "high", "floor", "extractor_hash", "stale" FROM read_parquet('evaluation.parquet');
COMMENT ON VIEW evaluation IS 'Accuracy of the extraction on annotated documents, by corpus, kind of document and figure; the headline is real, all. 抽取在标注语料上的准确率，按语料、文种与指标。';
COMMENT ON COLUMN evaluation."corpus" IS 'Which annotated documents were scored (codes: evaluation_corpus). 标注语料。';
COMMENT ON COLUMN evaluation."document_kind" IS 'Kind of the annotated documents, or `all` (codes: evaluated_kind). 文种，或 all（全部）。';
COMMENT ON COLUMN evaluation."figure" IS 'What was scored: found and precise (the two parts of F1), claim, confident, or a field (codes: evaluation_figure). 指标。';
COMMENT ON COLUMN evaluation."n" IS 'Claims scored (unit: count). 样本数。';
COMMENT ON COLUMN evaluation."right" IS 'Of which right (unit: count). 正确数。';
COMMENT ON COLUMN evaluation."low" IS 'Lower end of the 95 % Wilson interval (unit: ratio). 区间下限。';
COMMENT ON COLUMN evaluation."high" IS 'Upper end (unit: ratio). 区间上限。';
COMMENT ON COLUMN evaluation."floor" IS 'Share that it may not fall below: the best on record, rounded down to three decimals (unit: ratio). 下限：有记录以来最好的比例。';
COMMENT ON COLUMN evaluation."extractor_hash" IS 'sha256 of the grammar that was scored. 抽取器哈希。';
COMMENT ON COLUMN evaluation."stale" IS 'The grammar has changed since. 是否过期。';

CREATE OR REPLACE MACRO why(wanted) AS TABLE
SELECT
    link_.observation_id, claim_.claim_id, claim_.quote, claim_.numeral, claim_.context, passage_.section_path,
    source_.title, source_.publisher, source_.published, source_.url, source_.standing, source_.duplicate_of, source_.edition,
    source_.file, source_.sha256, claim_.raw_start, claim_.raw_end,
    link_.original_sha256, link_.original_start, link_.original_end, link_.original_numeral,
    (SELECT list({'raw_start': edit_.raw_start, 'raw_end': edit_.raw_end, 'replacement': edit_.replacement, 'rule': edit_.rule} ORDER BY edit_.raw_start)
     FROM edits AS edit_
     WHERE edit_.source_id = claim_.source_id
         AND edit_.raw_start < greatest(claim_.raw_end, claim_.reading_end) AND edit_.raw_end > least(claim_.raw_start, claim_.reading_start)) AS edits,
    claim_.value, claim_.value_low, claim_.value_high, claim_.bound, claim_.unit, claim_.rule, claim_.confidence, link_.independent
FROM evidence AS link_
JOIN claims AS claim_ USING (claim_id)
JOIN sources AS source_ ON source_.source_id = claim_.source_id
LEFT JOIN passages AS passage_ USING (passage_id)
WHERE link_.observation_id = wanted
ORDER BY source_.published_to NULLS LAST, claim_.source_id, claim_.raw_start;

CREATE OR REPLACE MACRO cite(wanted) AS (
    SELECT string_agg(
        concat(
            coalesce(source_.publisher, 'publisher unknown'), ', ', coalesce('《' || source_.title || '》', source_.file),
            ', ', coalesce(source_.published, 'undated'),
            CASE WHEN link_.original_sha256 IS NULL AND source_.edition = 'digest' THEN ', digest sha256:' ELSE ', sha256:' END, coalesce(link_.original_sha256, source_.sha256),
            ', characters ', coalesce(link_.original_start, claim_.raw_start), '–', coalesce(link_.original_end, claim_.raw_end),
            coalesce(', ' || source_.url, '')
        ),
        '; ' ORDER BY source_.published_to NULLS LAST, claim_.source_id, claim_.raw_start
    )
    FROM evidence AS link_
    JOIN claims AS claim_ USING (claim_id)
    JOIN sources AS source_ ON source_.source_id = claim_.source_id
    WHERE link_.observation_id = wanted
);

CREATE OR REPLACE MACRO as_of(on_day) AS TABLE
WITH
known AS (
    SELECT
        link_.observation_id, claim_.fault, source_.published, source_.published_to, claim_.source_id, rank_.standing, rank_.authority,
        {'resolution': claim_.resolution, 'unit': claim_.unit} AS printed,
        (rank_.standing = 3, claim_.fault, rank_.standing, rank_.authority, source_.published_to,
         claim_.source_id, claim_.raw_start, claim_.raw_end) AS claim_order
    FROM evidence AS link_
    JOIN claims AS claim_ USING (claim_id)
    JOIN sources AS source_ ON source_.source_id = claim_.source_id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN source_.standing IN ('first_hand', 'unrated') THEN 0 WHEN source_.standing IN ('repost') THEN 1 WHEN source_.standing IN ('doubtful_date') THEN 2 ELSE 3 END AS standing, coalesce(list_position(['statistics_office', 'government', 'media', 'company', 'unknown'], source_.publisher_type), 99) AS authority
    ) AS rank_
    WHERE source_.published_to <= CAST(on_day AS DATE)
),
led AS (
    SELECT
        observation_id, min(claim_order) AS claim_order, arg_min(printed, claim_order) AS printed, min((standing, authority)) AS trust,
        min(published_to) AS first_day, max(published_to) AS last_day,
        arg_min(published, (published_to, source_id)) AS first_published, bool_or(fault) AS fault
    FROM known
    GROUP BY observation_id
),
told AS (
    SELECT
        led_.*, concat_ws('|', seen_.series_id, coalesce(seen_.period, ''), seen_.statement) AS question,
        seen_.value, seen_.value_low, seen_.value_high, seen_.bound, seen_.unit,
        CASE WHEN led_.printed.unit = seen_.unit THEN led_.printed.resolution ELSE seen_.resolution END AS resolution
    FROM led AS led_
    JOIN observations AS seen_ USING (observation_id)
),
standing AS (
    SELECT
        told_.*,
        CASE
            WHEN value_low IS NOT NULL AND value_high IS NOT NULL THEN value_low
            WHEN value IS NULL OR bound IN ('le', 'lt') THEN CAST('-inf' AS DOUBLE)
            ELSE value - greatest(coalesce(resolution, 0) / 2, CASE WHEN bound = 'approx' THEN abs(value) * 0.1 ELSE 0 END)
        END AS lowest,
        CASE
            WHEN value_low IS NOT NULL AND value_high IS NOT NULL THEN value_high
            WHEN value IS NULL OR bound IN ('ge', 'gt') THEN CAST('inf' AS DOUBLE)
            ELSE value + greatest(coalesce(resolution, 0) / 2, CASE WHEN bound = 'approx' THEN abs(value) * 0.1 ELSE 0 END)
        END AS highest
    FROM told AS told_
),
settled AS (
    SELECT
        one_.*,
        CASE
            WHEN one_.fault THEN 'suspect'
            WHEN EXISTS (
                SELECT 1
                FROM standing AS other_
                WHERE other_.question = one_.question AND other_.first_day > one_.last_day AND other_.unit = one_.unit
                    AND other_.trust <= one_.trust
                    AND greatest(one_.lowest, other_.lowest) - least(one_.highest, other_.highest)
                        > 1e-09 * greatest(abs(greatest(one_.lowest, other_.lowest)), abs(least(one_.highest, other_.highest)))
            ) THEN 'superseded'
            ELSE 'normal'
        END AS status
    FROM standing AS one_
)
SELECT seen_.* REPLACE (
    settled_.resolution AS resolution,
    settled_.first_published AS first_published,
    row_number() OVER (
        PARTITION BY settled_.question
        ORDER BY settled_.trust[1] = 3, settled_.status <> 'normal', settled_.claim_order, seen_.observation_id
    ) = 1 AS preferred,
    CASE
        WHEN EXISTS (
            SELECT 1
            FROM warnings AS warning_
            WHERE warning_.observation_id = seen_.observation_id AND warning_.kind NOT IN ('corrected', 'fault')
                AND (warning_.other_observation_id IS NULL OR warning_.other_observation_id IN (SELECT observation_id FROM standing))
        ) THEN 'suspect'
        ELSE settled_.status
    END AS status
)
FROM observations AS seen_
JOIN settled AS settled_ USING (observation_id)
ORDER BY seen_.observation_id;

CREATE OR REPLACE MACRO compare(first_id, second_id) AS TABLE
SELECT
    indicator_.name_zh AS indicator,
    one_.statement AS a_statement, one_.period AS a_period, coalesce(one_.value, one_.value_low) AS a_value, one_.bound AS a_bound,
    one_.unit AS a_unit, one_.first_published AS a_published,
    other_.statement AS b_statement, other_.period AS b_period, coalesce(other_.value, other_.value_low) AS b_value, other_.bound AS b_bound,
    other_.unit AS b_unit, other_.first_published AS b_published,
    concat_ws(', ', CASE WHEN one_.indicator_id IS DISTINCT FROM other_.indicator_id THEN 'indicator_id' END, CASE WHEN one_.region_id IS DISTINCT FROM other_.region_id THEN 'region_id' END, CASE WHEN one_.organisation_id IS DISTINCT FROM other_.organisation_id THEN 'organisation_id' END, CASE WHEN one_.population IS DISTINCT FROM other_.population THEN 'population' END, CASE WHEN one_.measure IS DISTINCT FROM other_.measure THEN 'measure' END, CASE WHEN one_.basis IS DISTINCT FROM other_.basis THEN 'basis' END, CASE WHEN one_.reference IS DISTINCT FROM other_.reference THEN 'reference' END, CASE WHEN one_.unit IS DISTINCT FROM other_.unit THEN 'unit' END) AS differs,
    CASE WHEN one_.unit = other_.unit AND one_.measure = other_.measure THEN other_.value - one_.value END AS difference,
    CASE WHEN one_.unit = other_.unit AND one_.measure = other_.measure THEN other_.value / nullif(one_.value, 0) END AS ratio,
    coalesce(compared_.comparable, turned_.comparable, CASE WHEN differs = '' THEN 'yes' ELSE 'no' END) AS comparable,
    coalesce(compared_.reason, turned_.reason, CASE WHEN differs = '' THEN 'same_series' END) AS reason
FROM observations AS one_
JOIN observations AS other_ ON other_.observation_id = second_id
JOIN indicators AS indicator_ ON indicator_.indicator_id = one_.indicator_id
LEFT JOIN comparisons AS compared_
    ON compared_.target_observation_id = one_.observation_id AND compared_.reported_observation_id = other_.observation_id
LEFT JOIN comparisons AS turned_
    ON turned_.target_observation_id = other_.observation_id AND turned_.reported_observation_id = one_.observation_id
WHERE one_.observation_id = first_id;

CREATE OR REPLACE MACRO compare_releases(old_folder, new_folder) AS TABLE
SELECT
    coalesce(new_.observation_id, old_.observation_id) AS observation_id,
    CASE WHEN old_.observation_id IS NULL THEN 'added' WHEN new_.observation_id IS NULL THEN 'gone' ELSE 'changed' END AS change,
    coalesce(new_.indicator_id, old_.indicator_id) AS indicator_id, coalesce(new_.region_id, old_.region_id) AS region_id,
    coalesce(new_.statement, old_.statement) AS statement, coalesce(new_.period, old_.period) AS period,
    coalesce(old_.value, old_.value_low) AS old_value, coalesce(new_.value, new_.value_low) AS new_value,
    old_.status AS old_status, new_.status AS new_status
FROM read_parquet(old_folder || '/observations.parquet') AS old_
FULL JOIN read_parquet(new_folder || '/observations.parquet') AS new_ USING (observation_id)
WHERE old_ IS DISTINCT FROM new_
ORDER BY change, indicator_id, region_id, statement, period, observation_id;

COMMENT ON MACRO TABLE why IS 'Why an observation stands: a row a claim with quote, document, offsets, the edits between raw and read text, and the rule. 观测的依据：每条陈述一行，含引文、文件、位置、所经修改与规则。';
COMMENT ON MACRO cite IS 'What to cite for an observation: publisher, title, date, hash, characters and address of each document, and what of these is not known. 观测的引用文字：发布者、标题、日期、哈希、字符位置与网址，不详者注明。';
COMMENT ON MACRO TABLE as_of IS 'The observations that dated documents published by a day give, with status and preference as of that day; of warnings, those that stand today and whose figures were known. 截至某日已发布且有日期的文件所给出的观测；警示以今日所知为准。';
COMMENT ON MACRO TABLE compare IS 'Two observations held against each other: in what they differ, difference, ratio, whether they may be compared. 两条观测的对照：不同之处、差、比及是否可比。';
COMMENT ON MACRO TABLE compare_releases IS 'Observations that were added, are gone or changed between the folders of two releases. 两次发布之间增加、消失或变化的观测。';
