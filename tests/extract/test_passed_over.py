"""What is passed over because it holds no figure, no mark of a time and no name leaves no trace on the claims of a document."""

from collections.abc import Sequence

import pytest

from pipeline import clean, ingest
from pipeline.clean.run import texts_of
from pipeline.contract.paths import SEEDS
from pipeline.extract import lexicon, surroundings, time_marks
from pipeline.extract.blocks import laid_out
from pipeline.extract.claims import Found, Reader
from pipeline.extract.model import Meta, Passage

KINDS = ("plan", "policy", "government_work_report", "communique", "news", "brochure")


@pytest.fixture(scope="module")
def digests() -> list[tuple[str, list[Passage]]]:
    """Clean text and passages of every digest."""
    read = ingest.run_files(sorted((SEEDS / "documents").glob("*.txt")))
    cleaned = clean.run(read["sources"], read["documents"])
    passages, texts = laid_out(cleaned["passages"]), texts_of(read["documents"], cleaned["edits"])
    return [(text.clean, passages[source_id]) for source_id, text in texts.items()]


def _claims(texts: list[tuple[str, list[Passage]]], kind: str) -> list[list[Found]]:
    return [list(Reader(Meta(kind, "2023-06-01", "210000", None), text, passages).read()) for text, passages in texts]


def _seek_everywhere(texts: Sequence[str]) -> list[lexicon.Sought]:
    """What the texts hold of the word lists, with a mark of times at every character."""
    return [one._replace(times=list(range(len(text)))) for text, one in zip(texts, lexicon.seek(texts), strict=True)]


@pytest.mark.parametrize("kind", KINDS)
def test_reading_every_sentence_in_full_gives_the_same_claims(
    digests: list[tuple[str, list[Passage]]], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = _claims(digests, kind)
    monkeypatch.setattr(surroundings.Surroundings, "is_silent", lambda self, passage: False)
    monkeypatch.setattr("pipeline.extract.claims.seek", _seek_everywhere)
    monkeypatch.setattr(time_marks, "has_times", lambda text, start, end: True)
    monkeypatch.setattr("pipeline.extract.periods.has_times", lambda text, start, end: True)
    assert sum(map(len, told)) > 100
    assert _claims(digests, kind) == told


@pytest.mark.parametrize(
    "time",
    [
        "今年",
        "2025年",
        "1—9月",
        "前三季度",
        "十四五",
        "目前",
        "至今",
        "上半年",
        "国庆假期",
        "近3年来",
        "2017/18年度",
        "下半年",
        "首季",
        "纲要草案",
    ],
)
def test_every_time_holds_a_mark(time: str) -> None:
    text = f"全市的产值，{time}达到5亿元"
    assert time_marks.has_times(text, 0, len(text))
    assert not time_marks.has_times(text, 0, 6)
    assert lexicon.seek([text])[0].times[0] >= 6
