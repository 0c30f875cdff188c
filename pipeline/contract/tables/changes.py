"""The table of a diff: what changed between two releases, and why. It is made when asked for and stands in no release."""

from pipeline.contract.model import Column, Table

# One line a column, however long: the module is read as a table.
# fmt: off

CHANGES = Table(
    "changes",
    "publish",
    "A row that was lost, changed or added between two releases, with its cause",
    "两次发布之间消失、变化或新增的一行及其原因",
    (
        Column("ordinal", "int", "Place in the diff, from 1: losses, changed values (largest first), changed readings, additions", "序号", minimum=1, unit="ordinal"),
        Column("table", "string", "The table it stands in", "表"),
        Column("kind", "string", "Lost, changed or added", "变化类型", codes="change_kind"),
        Column("old_key", "string", "Key in the older release, its parts joined by |", "旧版主键", nullable=True),
        Column("new_key", "string", "Key in the newer release", "新版主键", nullable=True),
        Column("about", "string", "What the row is about, to read", "内容"),
        Column("old", "string", "What it said: the columns that differ, or the whole figure of a lost row, as canonical JSON", "旧值", nullable=True),
        Column("new", "string", "What it says", "新值", nullable=True),
        Column("old_value", "float", "The figure it gave; the middle of a range", "旧数值", nullable=True, unit_from="unit"),
        Column("new_value", "float", "The figure it gives; the middle of a range", "新数值", nullable=True, unit_from="unit"),
        Column("unit", "string", "Unit of both figures; null where they differ in it", "单位", nullable=True, codes="unit"),
        Column("relative_change", "float", "Difference over the larger magnitude: 0.5 for halved or doubled, 0.9 for ten times; null where units differ", "相对变化", nullable=True, minimum=0, maximum=2, unit="ratio"),
        Column("cause", "string", "Why, by the evidence", "原因", codes="change_cause"),
        Column("evidence", "string", "What proves the cause: document, correction, row of a word table, file of code", "证据"),
        Column("documents", "string", "Documents the row rests on, joined by |", "所涉文件", nullable=True),
    ),
    key=("ordinal",),
    published=False,
)
