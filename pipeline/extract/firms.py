"""Firms that no place, list or suffix names: known by what their clause says of them."""

from pipeline.contract.late import Late

FIRM_WORDS = (
    *("公布", "披露", "公告"),
    *("是一家", "是中国", "是国内", "是全国", "是全球", "是我国", "是全省", "是全市", "是我省", "是我市"),
)
"""Of which every clause that tells of a firm holds one."""

# 远山电子公布4月营收: who publishes figures of a time of its own, no office.
_REPORTS = Late(
    r"^[\s　]*(?P<who>[\u4e00-\u9fff]{3,10}?(?<![局署部厅处会院委府人室台站网昨今日天]))(?:公布|披露|公告)(?=第[一二三四1-4]季|\d{1,2}月|上半年|去年)"
)
# 远山渔具是全国重要的渔网生产企业: what it is tells that it is a firm.
_IS_FIRM = Late(
    r"^[\s　]*(?P<who>[\u4e00-\u9fff]{3,8})(?<![这那该它他])是(?:一家|中国|国内|全国|全球|我国|[全我][省市])[^，。；、]{0,24}?(?:企业|公司|厂商|供应商|服务商|制造商|生产商)"
)


def firm_told(clause: str) -> tuple[int, str] | None:
    """The firm a clause tells of and where it begins to hold; None where it tells of none."""
    match = _REPORTS.match(clause) or _IS_FIRM.match(clause)
    return (match.end(), match["who"]) if match else None
