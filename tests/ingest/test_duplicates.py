"""Copies: a story that travels is found, last year's bulletin in the same words is not taken for one."""

from datetime import date

import pytest

from pipeline.ingest.duplicates import Candidate, duplicates, is_copy

STORY = (
    "本市今天公布了数字产业的家底：规模以上企业有318家，去年的营业收入是746亿元，比前一年多了9.2%。"
    "主管部门的负责人介绍，园区里的中小企业最需要的是算力，因此新的算力中心分三期建设，第一期安排2500个机柜。"
    "不少企业主说，申请补贴的手续比过去简单，从递交材料到拿到钱只要17个工作日，还有人专门上门辅导。"
)
OTHER = "港口的自动化码头昨天完成改造，吊机由人坐在后方的控制室里操作，每小时能装卸36个集装箱，夜里也不停工。"


def document(name: str, text: str, published: date | None = None, sha256: str | None = None) -> Candidate:
    return Candidate(name, sha256 or name, published, text)


def test_a_reprint_with_another_source_line_is_a_copy_of_the_earlier_one() -> None:
    reprint = f"<p>来源：某某网</p>\n<p>{STORY}</p>\n（责任编辑：某某）"
    found = duplicates(
        [document("a", reprint, date(2021, 5, 2)), document("b", STORY, date(2021, 5, 1)), document("c", OTHER)]
    )
    assert found == {"a": "b"}


def test_of_two_copies_of_one_day_the_first_by_name_is_the_original() -> None:
    assert duplicates([document("b", STORY), document("a", STORY)]) == {"b": "a"}


def test_an_undated_copy_is_never_the_original_of_a_dated_one() -> None:
    assert duplicates([document("a", STORY), document("b", STORY, date(2021, 5, 1))]) == {"a": "b"}


def test_the_same_bytes_are_a_copy_however_short() -> None:
    assert duplicates([document("a", "3%", sha256="x"), document("b", "3%", sha256="x")]) == {"b": "a"}


def test_short_texts_without_a_run_of_characters_are_no_copies() -> None:
    assert duplicates([document("a", "3%"), document("b", "3%")]) == {}


def test_the_bulletin_of_another_year_in_the_same_words_is_no_copy() -> None:
    figures = {"318": "341", "746": "803", "9.2": "7.6", "2500": "4100", "17": "12"}
    next_year = STORY
    for old, new in figures.items():
        next_year = next_year.replace(old, new)
    assert duplicates([document("a", STORY, date(2021, 5, 1)), document("b", next_year, date(2022, 5, 1))]) == {}


def test_half_a_story_is_no_copy() -> None:
    assert duplicates([document("a", STORY), document("b", STORY[: len(STORY) // 2])]) == {}


@pytest.mark.parametrize("kept", [0.72, 0.9])
def test_a_shortened_reprint_is_found_down_to_the_declared_overlap(kept: float) -> None:
    points = [chr(0x4E00 + 7 * i) for i in range(400)]
    whole = "".join(points)
    assert duplicates([document("a", whole), document("b", whole[: int(kept * len(whole))])]) == {"b": "a"}
    assert duplicates([document("a", whole), document("b", whole[: int(0.65 * len(whole))])]) == {}


def test_copies_found_through_the_index_are_those_that_comparing_all_pairs_finds() -> None:
    sentences = [STORY[i : i + 30] for i in range(0, len(STORY) - 30, 5)]
    texts = ["".join(sentences[i % 7 :: 1 + i % 3]) for i in range(24)]
    documents = [document(f"{i:02}", text) for i, text in enumerate(texts)]
    expected: dict[str, str] = {}
    for later in documents:
        originals = [d for d in documents if d.source_id < later.source_id and d.source_id not in expected]
        if match := next((d for d in originals if is_copy(later, d)), None):
            expected[later.source_id] = match.source_id
    assert expected
    assert duplicates(documents) == expected


@pytest.mark.xfail(
    strict=True, reason="known failure: a copy in the other script shares few characters; compare after conversion"
)
def test_a_reprint_in_traditional_script_is_a_copy() -> None:
    hans, hant = "国家级园区总数达到两个，产业链继续发展" * 3, "國家級園區總數達到兩個，產業鏈繼續發展" * 3
    assert duplicates([document("a", hans), document("b", hant)]) == {"b": "a"}
