"""A document is read passage by passage, each once, whoever asks."""

import pytest

from pipeline.extract import readings as module
from pipeline.extract.readings import Readings

TEXT = "工业增长8%\n2019年建成5座\n\n有12家"
PASSAGES = [(0, 6), (7, 16), (18, 22)]


def test_quantities_have_offsets_into_the_document() -> None:
    read = Readings(TEXT, PASSAGES)
    assert [TEXT[q.start : q.end] for start, end in PASSAGES for q in read.quantities(start, end)] == [
        "8%",
        "5座",
        "12家",
    ]
    assert read.labelled(7, 16) == [(7, 12, "date")]


def test_every_place_lies_in_a_passage_or_between_two() -> None:
    read = Readings(TEXT, PASSAGES)
    assert [read.around(at) for at in (0, 5, 6, 7, 16, 17, 21)] == [
        (0, 6),
        (0, 6),
        (6, 7),
        (7, 16),
        (16, 18),
        (16, 18),
        (18, 22),
    ]
    assert Readings(TEXT).around(3) == (0, len(TEXT))
    assert Readings(TEXT, PASSAGES[:1]).around(9) == (6, len(TEXT))


def test_a_passage_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(part: str, begin: int = 0, plain: bool = False) -> module.Reading:
        asked.append(part)
        return read(part, begin, plain)

    read = module.read
    monkeypatch.setattr(module, "read", counted)
    document = Readings(TEXT, PASSAGES)
    document.quantities(7, 16)
    document.labelled(7, 16)
    assert asked == ["2019年建成5座"]
