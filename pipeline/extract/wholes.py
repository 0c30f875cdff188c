"""The name of a part by that of its whole: 养老机构…其中民办机构 gives 民办养老机构."""

from pipeline.contract.late import Late
from pipeline.extract.phrases import head_of

_GRADED = Late(r"[\u4e00-\u9fffA-Z\d]{1,3}级")
_COUNTED_HEADS = frozenset({"企业", "用户", "基站", "案件", "人数"})
# 其他, 省级 name a class of the whole; 高中49632人 are those of the whole who are there.
_CLASS = Late(
    r"其他|其它|其余|(?:国家|世界|省|市|县|区|乡|镇|村)级|[一二三四五]级|[1-5]?A级|公办|民办|国有|民营|城镇|农村"
)
_SCHOOL = Late(r"(?:学校|院校|幼儿园|初中|高中|中学|小学|大学|高校|中专|技校)$")
_MEASURED = frozenset({"面积", "产量", "收入", "增加值", "用电量", "产值", "发电量", "吞吐量", "里程", "总产量"})
_REST = frozenset({"其他", "其它", "其余"})
# A composed name is made of the whole itself up to this length, beyond of 中.
_SHORT = 6


def composed(part: str, whole: str, same_unit: bool, persons: bool) -> str:
    """The name of a part that shares its head with the whole (养老机构…其中民办机构 gives 民办养老机构), or leaves out what is
    measured (种植面积…其中葡萄 gives 葡萄面积)."""
    head = head_of(whole)
    if part in _REST:
        return part + whole
    # 工业增加值 of 第二产业增加值 is a name of its own.
    if (own := head_of(part)) and len(part) > len(own) + 1 and own in _MEASURED and "的" not in part:
        return part
    if head in _MEASURED and same_unit and 2 <= len(part) <= 6 and head_of(part) is None:
        return part + head
    if _GRADED.fullmatch(part):
        return part + (whole.partition("级")[2] if "级" in whole else whole)
    if part[-3:] == whole[-3:] and len(whole) <= _SHORT:
        return part
    whole = whole.rpartition("的")[2] if len(whole) > _SHORT else whole
    if same_unit and (_CLASS.fullmatch(part) or (persons and _SCHOOL.search(part) and not _SCHOOL.search(whole))):
        return part + whole
    if part[-2:] != whole[-2:] or whole in part or len(part) <= 2:
        return part
    own = head_of(part)
    if len(whole) <= _SHORT and not (own and part.removesuffix(own).endswith("业")):
        return part[:-2] + whole
    # 工业增加值 of 第二产业增加值 is a name of its own.
    named = own is not None and 1 < len(own) < len(part) and own not in _COUNTED_HEADS and "的" not in part
    return part if named else f"{whole}中{part}"


def like_sibling(part: str, sibling: str, whole: str) -> str:
    """A short part takes the end that its first sibling shares with the whole: 在校学生…小学在校生、初中 gives 初中在校生."""
    if len(part) > _SHORT - 2 or head_of(part):
        return part
    for at in range(1, len(sibling) - 1):
        rest = iter(whole)
        if all(character in rest for character in sibling[at:]):
            return part + sibling[at:]
    return part
