"""Where a corpus has hundreds of figures about one place, a target is held against few, and its progress is told as if against all."""

from random import Random
from typing import Any

import pytest

from pipeline.contract.tables.normalise import COMPARISONS
from pipeline.normalise import held as module
from pipeline.normalise.comparisons import comparisons
from pipeline.normalise.held import OWN
from pipeline.normalise.model import Observation
from pipeline.normalise.progress import baselines, progress
from pipeline.normalise.told import ELSEWHERE
from tests.normalise.builders import claim, held, known, observed, source, target


def crowd(seed: int, size: int) -> list[Observation]:
    """Figures of one place: targets, reports in several terms, some of pages without a source or date."""
    chance = Random(seed)
    documents = []
    for number in range(size // 3):
        day = f"{chance.randint(2015, 2024)}-{chance.randint(1, 12):02d}-11" if chance.random() < 0.9 else None
        standing = chance.choice(["first_hand", "first_hand", "first_hand", "unsourced", "doubtful_date"])
        documents.append(source(f"d{number:03d}", day, standing=standing))
    claims = []
    for _ in range(size):
        told: dict[str, Any] = {
            "value": float(chance.randint(1, 10_000)),
            "source_id": chance.choice(documents)["source_id"],
            "measure": chance.choice(["level", "level", "growth_rate", "increment"]),
            "classifier": chance.choice([None, "座"]),
        }
        told["unit"] = "percent" if told["measure"] == "growth_rate" else "count"
        if chance.random() < 0.4:
            claims.append(target("灯塔", period=f"/{chance.randint(2020, 2030)}", **told))
        else:
            year = f"{chance.randint(2012, 2025)}"
            claims.append(claim("灯塔", period=chance.choice([year, f"{year}-06", None]), **told))
    return observed(claims, documents)


def followed(observations: list[Observation]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    court = held(observations)
    found = baselines(observations, court)
    return progress(observations, found, known(), court), comparisons(observations, found, known(), court)


@pytest.mark.parametrize("seed", range(5))
def test_baseline_and_latest_report_are_those_of_all(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    observations = crowd(seed, 300)
    rows, pairs = followed(observations)
    monkeypatch.setattr(module, "OWN", len(observations))
    all_rows, all_pairs = followed(observations)
    targets = [one for one in observations if one.statement == "target"]
    assert len(pairs) == OWN * len(targets) < len(all_pairs) / 4
    terms = ("latest_observation_id", "status", "comparable")
    assert [[row[name] for name in terms] for row in rows] == [[row[name] for name in terms] for row in all_rows]
    comparable = [row["target_observation_id"] for row in all_rows if row["baseline_comparable"] in ("yes", "likely")]
    assert len(comparable) > len(targets) / 4
    found, expected = ({row["target_observation_id"]: row for row in told} for told in (rows, all_rows))
    assert [one for one in comparable if found[one] != expected[one]] == []


def test_what_may_be_compared_comes_first_and_then_what_is_nearest_in_time() -> None:
    years = range(1921, 2021)
    reports = [claim("灯塔", float(year), period=str(year), source_id="news") for year in years]
    growth = [
        claim("灯塔", 1.0, "percent", str(year), measure="growth_rate", basis="yoy", source_id="news") for year in years
    ]
    aim = target("灯塔", 5000.0, period="/1950")
    observations = observed([aim, *reports, *growth], [source("plan", "1940-01-01"), source("news", "2023-05-10")])
    period = {
        one.observation_id: (one.measure, int(one.period or 0)) for one in observations if one.statement == "actual"
    }
    _, rows = followed(observations)
    told = {period[row["reported_observation_id"]] for row in rows}
    assert len(told) == len(rows) == OWN
    assert told >= {("level", year) for year in (*range(1932, 1940), *range(1943, 1951))}
    nearest = [year for measure, year in told if measure == "growth_rate"]
    assert nearest and all(abs(year - 1950) <= 8 for year in nearest)


def test_the_contract_tells_how_many() -> None:
    assert f"at most {OWN} about its own place and organisation, {ELSEWHERE} about others" in COMPARISONS.en
    assert f"至多{OWN}项，其他至多{ELSEWHERE}项" in COMPARISONS.zh


def test_few_are_all_told() -> None:
    observations = observed(
        [target("灯塔", 5000.0)]
        + [claim("灯塔", float(year), period=str(year)) for year in range(1990, 1990 + OWN - 1)]
    )
    _, rows = followed(observations)
    assert len(rows) == OWN - 1
