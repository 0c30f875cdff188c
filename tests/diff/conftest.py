"""Releases of the small repository, each made once: as it is, and with one thing changed."""

import hashlib
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.diff.workshop import Workshop

CITY = "大连数字设施简讯\n2022年末，大连市5G基站达到7001个。\n"
LATER = "数字设施年报\n2022年末，辽宁省建成5G基站15990个。\n"
STATION = """\
documents:
  half_year: {{source: report, edition: original, sha256: {sha256}}}
corrections:
  - id: station
    scope: [half_year]
    before: 5G基
    wrong: 抬
    right: 站
    after: 达到
    kind: character
    why: the word is 基站
    evidence: {{fact: a base station is 基站}}
    reviewer: tester
    date: 2024-01-31
    expected_hits: 1
"""
TIMES_TEN = """

_run = run


def run(*parts):
    from pipeline.contract import build

    made = _run(*parts)
    rows = [row | {"value": 156780.0} if row["value"] == 15678 else row for row in made["claims"].to_pylist()]
    return made | {"claims": build("claims", rows)}
"""


def new_document(shop: Workshop) -> None:
    (shop.sources / "city.txt").write_text(CITY, encoding="utf-8")
    row = "report.txt,"
    shop.edit("in/sources.csv", row, f"city.txt,大连数字设施简讯,某厅,government,2023-03-01,210200,CC0-1.0,full\n{row}")


def superseding(shop: Workshop) -> None:
    (shop.sources / "later.txt").write_text(LATER, encoding="utf-8")
    row = "report.txt,"
    shop.edit("in/sources.csv", row, f"later.txt,数字设施年报,某厅,government,2023-06-01,210000,CC0-1.0,full\n{row}")


def revised_document(shop: Workshop) -> None:
    shop.edit(
        "in/report.txt",
        "半年简报\n2022年末，辽宁省建成5G基站15678",
        "半年简报\n现将数字通报如下。\n2022年末，辽宁省建成5G基站15978",
    )


def correction(shop: Workshop) -> None:
    sha256 = hashlib.sha256((shop.sources / "report.txt").read_bytes()).hexdigest()
    (shop.root / "seeds" / "corrections.yaml").write_text(STATION.format(sha256=sha256), encoding="utf-8")


def table(shop: Workshop) -> None:
    shop.edit("seeds/tables/bounds.csv", "\n超过,before,gt,0,", "\n超过,before,ge,0,")


def code(shop: Workshop) -> None:
    path = shop.root / "pipeline" / "extract" / "run.py"
    path.write_text(path.read_text(encoding="utf-8") + TIMES_TEN, encoding="utf-8")


def table_and_code(shop: Workshop) -> None:
    table(shop)
    code(shop)


PLANTS: Mapping[str, Callable[[Workshop], None]] = {
    "as it was": lambda shop: None,
    "new_document": new_document,
    "superseding": superseding,
    "revised_document": revised_document,
    "correction": correction,
    "table": table,
    "code": code,
    "table and code": table_and_code,
}


@pytest.fixture(scope="session")
def shops(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workshop]:
    """The small repository after each planted change, its release in ``data``; the first one is what all others had before.

    The state before the change is a revision of each, so that its word tables are at hand.
    """
    if shutil.which("git") is None:
        pytest.skip("git is not here")
    root = tmp_path_factory.mktemp("workshops")
    first = Workshop.lay_out(root / "as it was")
    first.build()
    first.commit()
    found = {name: first if name == "as it was" else first.copy(root / name) for name in PLANTS}
    for name, plant in PLANTS.items():
        plant(found[name])

    def build(name: str) -> Path:
        return found[name].build()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(build, [name for name in PLANTS if name != "as it was"]))
    return found


@pytest.fixture(scope="session")
def before(shops: dict[str, Workshop]) -> Path:
    return shops["as it was"].root / "data"
