"""A folder of files that want to break a build. The documents among them are invented."""

import csv
from pathlib import Path

GOOD = "fuxin_2024_report.txt"
SPACED = "阜新 数字建设 通报 2024年.txt"
COPY = "copied.txt"
DAMAGED_HEAD = "damaged_head.md"
TAGS = "tags.html"

REPORT = """\
阜新市数字建设简报
一、基础设施
截至2023年底，阜新市5G基站达到4120个，光缆线路长度3.6万公里。
二、目标
到2025年，阜新市5G基站达到6500个以上，上云企业突破900家。
"""

# The same quantity at the same time, and another figure: the two cannot both hold.
NOTICE = """\
阜新市数字建设情况通报
截至2023年底，阜新市5G基站达到4760个。全市培育数字化车间27个，比上年新增8个。
"""

DAMAGED = """\
---
title: [未写完的标题
published: "2024-13-99
---
葫芦岛市全年建成智能停车场46个。
"""

READ = {GOOD: REPORT, SPACED: NOTICE, COPY: REPORT, DAMAGED_HEAD: DAMAGED}
"""Documents that a build must read."""

SET_ASIDE = {
    "empty.txt": "empty",
    "picture.txt": "binary",
    "noise.txt": "undecodable",
    "huge.txt": "too_large",
    "nul.txt": "binary",
    "not_there.txt": "missing",
    "stray.txt": "unregistered",
}
"""Files that it cannot read, and the reason it must give."""

HUGE = 50 * 1024 * 1024
UNCLOSED = "<div class='a'><table><tr><td>" * 7000 + "铁岭市建成数据中心3座。"


def write(folder: Path) -> Path:
    """Write all files and a registry that names all but ``stray.txt``, and one more that is not there."""
    for name, text in READ.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    (folder / TAGS).write_text(UNCLOSED, encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8)
    (folder / "noise.txt").write_bytes(b"\xff\xfe" + bytes(0xF8 + k % 8 for k in range(900)))
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(HUGE)
    (folder / "nul.txt").write_bytes(b"\0" * 4096)
    (folder / "stray.txt").write_text("没有登记的文件。\n", encoding="utf-8")
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("file", "title", "published", "region_id", "licence"))
        for name in sorted({*READ, TAGS, *SET_ASIDE} - {"stray.txt"}):
            rows.writerow((name, "", "2024-01-20", "210900", "CC0-1.0"))
    return folder
