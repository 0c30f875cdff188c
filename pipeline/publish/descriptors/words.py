"""What the whole dataset is called and said to be, in both languages; one place for all descriptors."""

from pipeline.contract import PUBLISHED, Column, Table

TITLE_EN = "Liaoning data: what governments promise and report in figures"
TITLE_ZH = "辽宁数据：政府文件中的目标与成绩"
DESCRIPTION_EN = (
    "Figures that Chinese government documents and the press state about the digital economy of Liaoning and its cities: "
    "what was promised, what was reported, where, when, in which unit, and the very characters of the document that say so. "
    "A readable grammar extracts them; every figure can be traced to its quote and every build gives the same bytes."
)
DESCRIPTION_ZH = (
    "中国政府文件与媒体关于辽宁省及各市数字经济的数据：承诺了什么、报告了什么、何地、何时、以何单位，"
    "以及文件中作出该陈述的字句位置。数据由可读的规则抽取，每个数都可追溯到引文，每次构建所得字节相同。"
)
KEYWORDS = (
    "digital economy",
    "Liaoning",
    "government targets",
    "open data",
    "provenance",
    "数字经济",
    "辽宁",
    "规划目标",
)
CREATOR = "Liaoning data project"
LICENCES = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}
"""Address of the text of each licence a release may have."""
LANGUAGES = ("zh", "en")

COLLECTION = (
    "Documents are registered by hand with publisher, date, licence and sha256. The bundled ones are digests: texts of this "
    "project that restate every figure of a source in new words."
)
LIMITS = (
    "The documents are a choice, not a census: a goal without a report in them is shown as no_report, which says nothing of "
    "whether it was met.",
    "Figures are what documents say, not what is true; where documents disagree, all claims are kept and the preferred one "
    "is marked by a stated rule.",
    "The extraction is not free of error: the table evaluation gives its accuracy with intervals, and confidence marks "
    "single claims.",
    "Digests keep figures, units, dates and places of a source, not its wording: they are no ground for linguistic study.",
)
USES = (
    "Follow goals of plans over the years, compare what places report, find contradictions, cite a figure with its document.",
    "Test extraction of figures from Chinese official prose.",
)


def referenced() -> frozenset[str]:
    """Columns that others refer to, as ``table.column``: each holds a value once."""
    return frozenset(column.references for table in PUBLISHED for column in table.columns if column.references)


def unique_columns(table: Table) -> list[str]:
    """Columns of a table that are referred to, in contract order."""
    known = referenced()
    return [column.name for column in table.columns if f"{table.name}.{column.name}" in known]


def target(column: Column) -> tuple[str, str]:
    """Table and column that a column refers to. ValueError where it refers to none."""
    if column.references is None:
        raise ValueError(f"{column.name} refers to no table")
    table, _, name = column.references.partition(".")
    return table, name
