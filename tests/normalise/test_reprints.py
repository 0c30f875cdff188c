"""Sentences printed twice are found by an index as they are found by holding each against each."""

from random import Random

from pipeline.normalise.reprints import REPRINT, reprints
from pipeline.normalise.sources import Sources
from tests.normalise.builders import claim, source

CHARACTERS = "灯塔屏幕光路园区工厂链条停机入云软件数字企业收入总量增长全县建成达到座套条家"


def pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def test_the_index_finds_what_holding_each_against_each_finds() -> None:
    chance = Random(7)
    sentences = ["".join(chance.choices(CHARACTERS, k=chance.randint(28, 44))) for _ in range(12)]
    told = []
    for _ in range(160):
        letters = list(chance.choice(sentences))
        for _ in range(chance.randint(0, 5)):
            letters[chance.randrange(len(letters))] = chance.choice(CHARACTERS)
        told.append(("".join(letters), f"s{chance.randrange(40):02d}"))
    sources = Sources([source(f"s{number:02d}", f"2021-{number % 12 + 1:02d}-05") for number in range(40)])
    claims = [claim("灯塔", 5.0, context=text, source_id=source_id) for text, source_id in told]
    expected, earlier = set(), []
    for one in sorted(claims, key=lambda c: (sources.published(c["source_id"]), c["source_id"], c["raw_start"])):
        own = pairs(one["context"])
        if len(one["context"]) >= 30:
            if any(
                other != one["source_id"] and len(own & have) >= REPRINT * len(own | have) for other, have in earlier
            ):
                expected.add(one["claim_id"])
            earlier.append((one["source_id"], own))
    assert reprints(claims, sources) == expected
    assert 40 < len(expected) < 150
