"""Tables of the stage ingest: what documents there are, and their decoded text."""

from pipeline.contract.model import Column, Table

# One line a column, however long: the module is read as a table.
# fmt: off

SHA256 = r"^[0-9a-f]{64}$"

SOURCES = Table(
    "sources",
    "ingest",
    "A document of the corpus",
    "语料中的一份文件",
    (
        Column("source_id", "string", "Name of the document: its file name without the ending", "文件标识：不带扩展名的文件名", pattern=r"^[^\s/\\]+$"),
        Column("file", "string", "File name in the sources folder; `doc` in the claims that `extract` prints", "来源目录中的文件名", field="doc"),
        Column("title", "string", "Title as given by the registry or the document's head", "标题", nullable=True, concept="TITLE"),
        Column("publisher", "string", "Who published it", "发布者", nullable=True, concept="CONTACT_ORGANISATION"),
        Column("publisher_type", "string", "Kind of publisher", "发布者类型", codes="publisher_type"),
        Column("standing", "string", "How far the page it was read from can be trusted", "页面可信程度", codes="standing"),
        Column("document_type", "string", "Kind of document", "文种", codes="document_type"),
        Column("document_number", "string", "Document number (文号) where it has one", "文号", nullable=True),
        Column("published", "string", "Date of publication, ISO 8601, at the precision known", "发布日期（按已知精度）", nullable=True, pattern=r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$"),
        Column("published_from", "date", "First day the date of publication allows (Asia/Shanghai)", "发布日期下限", nullable=True),
        Column("published_to", "date", "Last day the date of publication allows (Asia/Shanghai)", "发布日期上限", nullable=True),
        Column("region_id", "string", "Place the document speaks for", "文件所涉地区", nullable=True, references="regions.region_id", concept="REF_AREA"),
        Column("url", "string", "Address it was published at", "网址", nullable=True),
        Column("edition", "string", "Whether the text is the original or this project's digest of it", "版本：原文或摘编", codes="edition"),
        Column("original_sha256", "string", "sha256 of the original's bytes, for a digest", "摘编所据原文的 sha256", nullable=True, pattern=SHA256),
        Column("licence", "string", "SPDX identifier of the text's licence; null where all rights are reserved or unknown", "许可（SPDX）", nullable=True),
        Column("evidence_policy", "string", "How much of the text may be passed on", "证据文本公开程度", codes="evidence_policy"),
        Column("sha256", "string", "sha256 of the bytes read", "字节的 sha256", pattern=SHA256),
        Column("media_type", "string", "Form of the text", "媒体类型", codes="media_type"),
        Column("encoding", "string", "Character encoding it was decoded from", "字符编码", codes="encoding"),
        Column("script", "string", "Script of its Chinese characters", "字形", codes="script"),
        Column("characters", "int", "Length of the decoded text", "字符数", unit="code point", minimum=1),
        Column("replaced", "int", "Characters U+FFFD in the text that stand for bytes that could not be decoded", "代替无法解码字节的 U+FFFD 字符数", unit="code point", minimum=0),
        Column("retrieved", "string", "Date the document was fetched, where the registry says", "获取日期", nullable=True),
        Column("duplicate_of", "string", "Document of which this one is a copy", "重复于", nullable=True, references="sources.source_id"),
    ),
    key=("source_id",),
    minimum_rows=1,
    core_rows=44,
)

DOCUMENTS = Table(
    "documents",
    "ingest",
    "The decoded text of a document (travels between stages, never published)",
    "文件的解码文本（仅在阶段间传递）",
    (
        Column("source_id", "string", "The document", "文件", references="sources.source_id"),
        Column("text", "string", "Decoded text: byte-order mark removed, newlines untouched", "解码文本", policy=True),
        Column("body_start", "int", "Where the body begins: the end of the front matter, or 0", "正文起点", unit="code point", minimum=0),
        Column("registered", "string", "The registry's row for it, cell by cell as written, as canonical JSON; null where no registry speaks for it", "登记表中该文件的一行（规范 JSON）；无登记表则空", nullable=True),
    ),
    key=("source_id",),
    minimum_rows=1,
    published=False,
)

TABLES = (SOURCES, DOCUMENTS)
