"""What the property tests of the stage draw from."""

from hypothesis import strategies as st

PIECES = (
    "甲市", "数字经济", "增长9%", "12家", "１２", "３．５", "1。5", "个", "，", "。", "；", "：", "、", "“", "”", "「", "」", "（", "）",
    " ", "　", "\n", "\n\n", "\n\n\n\n", "\t", "\r\n", "一、", "（一）", "1.", "——", "专栏1", "2021年5月3日", "来源：某报",
    "image.png", "版权声明", "發展", "著", "&nbsp;", "&#12", "*", "|", "#", ">", "[", "](", ")", "\u200b", "\x1f",
)  # fmt: skip
MARKUP = (
    "<p>", "</p>", "<br>", "<td>", "</td>", "<tr>", "<table>", "</table>", "<b", '<a href="', "'", '"', ">", "<", "<!--", "-->",
    "<script>", "</script>", "<style>", "<title>", "</title>", "<http://a.cn/1>", "<h2>", "</h2>", "<li>", "<!doctype html>", "<?", "\u2029",
)  # fmt: skip

plain_texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
page_texts = st.lists(st.sampled_from(PIECES + MARKUP), max_size=40).map("".join)
