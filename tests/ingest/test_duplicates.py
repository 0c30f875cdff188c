"""Copies: a story that travels is found, last year's bulletin in the same words is not taken for one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from random import Random

import pytest

from pipeline.ingest.duplicates import Body, Candidate, is_copy
from pipeline.ingest.duplicates import duplicates as found_among
from pipeline.ingest.sketches import sketch

STORY = (
    "本市今天公布了数字产业的家底：规模以上企业有318家，去年的营业收入是746亿元，比前一年多了9.2%。"
    "主管部门的负责人介绍，园区里的中小企业最需要的是算力，因此新的算力中心分三期建设，第一期安排2500个机柜。"
    "不少企业主说，申请补贴的手续比过去简单，从递交材料到拿到钱只要17个工作日，还有人专门上门辅导。"
)
OTHER = "港口的自动化码头昨天完成改造，吊机由人坐在后方的控制室里操作，每小时能装卸36个集装箱，夜里也不停工。"


@dataclass(frozen=True)
class Document:
    source_id: str
    text: str
    published: date | None
    sha256: str


def document(name: str, text: str, published: date | None = None, sha256: str | None = None) -> Document:
    return Document(name, text, published, sha256 or name)


def duplicates(documents: Iterable[Document]) -> dict[str, str]:
    texts = {one.sha256: one.text for one in documents}
    candidates = [Candidate(one.source_id, one.sha256, one.published, sketch(one.text)) for one in documents]
    return found_among(candidates, texts.__getitem__)


def copies_by_pairs(documents: list[Document]) -> dict[str, str]:
    """What comparing all pairs finds; the documents in the order of their age."""
    bodies = {one.source_id: Body.of(one.text) for one in documents}
    found: dict[str, str] = {}
    for earlier, later in combinations([one.source_id for one in documents], 2):
        if earlier not in found and later not in found and is_copy(bodies[later], bodies[earlier]):
            found[later] = earlier
    return found


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


def test_copies_found_by_their_sketches_are_those_that_comparing_all_pairs_finds() -> None:
    sentences = [STORY[i : i + 30] for i in range(0, len(STORY) - 30, 5)]
    texts = ["".join(sentences[i % 7 :: 1 + i % 3]) for i in range(24)]
    documents = [document(f"{i:02}", text) for i, text in enumerate(texts)]
    expected = copies_by_pairs(documents)
    assert expected
    assert duplicates(documents) == expected


def test_three_hundred_reprints_that_barely_are_copies_are_all_found() -> None:
    chance = Random(1)
    documents = []
    for number in range(300):
        story = [chr(0x4E00 + chance.randrange(8000)) for _ in range(chance.randint(60, 400))]
        figures = [str(chance.randrange(10_000, 100_000)) for _ in range(6)]
        # Of the runs 0.71 or a little more are kept, and of the eight figures of both five.
        tail = [chr(0x4E00 + chance.randrange(8000)) for _ in range(int(len(story) * 0.165))]
        reprint = story[: len(story) - len(tail)] + tail
        others = [str(chance.randrange(10_000, 100_000)) for _ in range(2)]
        documents += [
            document(f"{number:03}a", "".join(story) + "，".join(figures)),
            document(f"{number:03}b", "".join(reprint) + "，".join([*figures[:5], *others])),
        ]
    expected = {f"{number:03}b": f"{number:03}a" for number in range(300)}
    assert copies_by_pairs(documents[:40]) == {copy: first for copy, first in expected.items() if copy < "020"}
    assert duplicates(documents) == expected


def test_bulletins_in_the_same_words_are_told_apart_by_their_sketches_without_reading_a_text() -> None:
    chance = Random(2)
    words = [chr(0x4E00 + chance.randrange(8000)) for _ in range(300)]
    texts = ["".join(word + str(chance.randrange(10_000)) for word in words) for _ in range(40)]
    asked: list[str] = []

    def text_of(sha256: str) -> str:
        asked.append(sha256)
        return texts[int(sha256)]

    candidates = [Candidate(f"{i:02}", str(i), None, sketch(text)) for i, text in enumerate(texts)]
    assert found_among(candidates, text_of) == {}
    assert not asked


def test_a_copy_of_a_copy_is_led_to_the_first_of_them() -> None:
    same = document("c", f"来源：某报。{STORY}", sha256="x")
    again = document("d", f"来源：某报。{STORY}", sha256="x")
    assert duplicates([document("a", STORY), same, again]) == {"c": "a", "d": "a"}


@pytest.mark.xfail(
    strict=True, reason="known failure: a copy in the other script shares few characters; compare after conversion"
)
def test_a_reprint_in_traditional_script_is_a_copy() -> None:
    hans, hant = "国家级园区总数达到两个，产业链继续发展" * 3, "國家級園區總數達到兩個，產業鏈繼續發展" * 3
    assert duplicates([document("a", hans), document("b", hant)]) == {"b": "a"}
