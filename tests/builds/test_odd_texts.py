"""Harmless documents that look like trouble: each is read, and none stops the build of the others."""

import shutil
from pathlib import Path

import pytest

from assets.build import build
from pipeline.publish.ask import ask

ODD = {
    "angle_brackets.txt": "见附件<A>，公式a<b且c>d，<Excel>表。企业有200家。",
    "ampersands.txt": "AT&T;公司有100家,R&D2;中心也在内。",
    "open_comment.txt": "企业有100家<!-- 还没写完",
    "written_entities.html": "<p>企业&amp;nbsp;有100家</p><p>&lt;b&gt;300家&lt;/b&gt;商户</p>",
    "addresses.md": "写给 <someone@example.org>，看 <https://example.org/b>。商户有100家。",
    "fractions_of_nothing.txt": "商户占零分之三，店铺占0分之1，客流增长3%。",
    "crossed_years.txt": "2025-2021年企业有5家，2021年13月45日商户有6家。",
    "directions.txt": "商户\u2067有\u2069100家。",
}


def test_every_odd_text_is_read_and_released(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    for name, text in ODD.items():
        (folder / name).write_text(text, encoding="utf-8")
    outcome = build(folder, tmp_path / "out", tmp_path / "work")
    assert outcome.success, outcome.failures
    told = ask("SELECT DISTINCT file FROM claims JOIN sources USING (source_id) ORDER BY file", tmp_path / "out")
    assert told.column("file").to_pylist() == sorted(ODD)


def test_a_folder_whose_documents_state_no_figure_says_so_in_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "a.txt").write_text("这里没有数字。", encoding="utf-8")
    outcome = build(folder, tmp_path / "out", tmp_path / "work")
    assert not outcome.success and not (tmp_path / "out").exists()
    (line,) = outcome.failures
    assert "no document of the folder states a figure" in line


@pytest.mark.parametrize("out", ["sources", "sources/out", "."])
def test_a_release_may_not_lie_in_its_sources_nor_they_in_it(out: str, tmp_path: Path) -> None:
    from pipeline.publish.release import objection

    folder = tmp_path / "sources"
    folder.mkdir()
    said = objection(tmp_path / out, folder)
    assert said == "a release and its sources may not lie in one another"
    assert objection(tmp_path / "elsewhere", folder) is None
    shutil.rmtree(folder)
