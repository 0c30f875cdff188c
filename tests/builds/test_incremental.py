"""A build that takes over what did not change gives the very bytes of a build from scratch, whatever was changed before it."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from assets import mapped, stage
from assets.batches import FUNCTIONS
from assets.build import build
from assets.workspace import suite_hash
from pipeline.contract.paths import ROOT
from pipeline.engine import Here

HEAD = ["file", "title", "publisher", "published", "region_id"]
PLACES = ("210100", "210200", "210900", "211200", "211400")
STEPS = 8
COUNTED = {"ingest": "sources", "clean": "passages", "extract": "numerals", "normalise": "readings"}
"""A table of each stage in which every document of these tests has rows."""


class Corpus:
    """A folder of sources that is changed at random."""

    def __init__(self, folder: Path, chance: Random) -> None:
        self.folder, self.chance, self.rows = folder, chance, dict[str, dict[str, str]]()
        self.made = 0
        folder.mkdir()
        for _ in range(9):
            self.add()

    def add(self) -> None:
        """A document comes."""
        name = f"d{self.made:03d}.txt"
        self.made += 1
        self.rows[name] = dict(
            zip(HEAD, [name, f"第{self.made}号通报", "某市数据局", self._day(), self._place()], strict=True)
        )
        self._write(name)

    def change(self) -> None:
        """A document is revised."""
        self._write(self._any())

    def remove(self) -> None:
        """A document goes."""
        name = self._any()
        (self.folder / name).unlink()
        del self.rows[name]

    def rename(self) -> None:
        """A document gets another name."""
        name = self._any()
        new = f"r{self.made:03d}.html"
        self.made += 1
        (self.folder / name).rename(self.folder / new)
        self.rows[new] = {**self.rows.pop(name), "file": new}

    def register(self) -> None:
        """The registry says something else of a document."""
        self.rows[self._any()].update(published=self._day(), region_id=self._place())

    def break_one(self) -> None:
        """A document becomes unreadable."""
        (self.folder / self._any()).write_bytes(b"\x89PNG\r\n\x1a\n\0\0")

    def copy(self) -> None:
        """A document is printed once more."""
        source = self._any()
        self.add()
        shutil.copy(self.folder / source, self.folder / f"d{self.made - 1:03d}.txt")

    def told(self) -> Path:
        """The registry is written."""
        with (self.folder / "sources.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, HEAD)
            rows.writeheader()
            rows.writerows(self.rows[name] for name in sorted(self.rows))
        return self.folder

    def recorded(self) -> Path:
        """The same corpus as JSON lines."""
        path = self.folder.with_suffix(".jsonl")
        with path.open("w", encoding="utf-8") as lines:
            for name, row in sorted(self.rows.items()):
                told = {field: cell for field, cell in row.items() if field != "file"}
                lines.write(json.dumps({"id": name, "text": (self.folder / name).read_text("utf-8"), **told}) + "\n")
        return path

    def _any(self) -> str:
        return self.chance.choice(sorted(self.rows))

    def _day(self) -> str:
        return f"202{self.chance.randint(0, 4)}-0{self.chance.randint(1, 9)}-15"

    def _place(self) -> str:
        return self.chance.choice(PLACES)

    def _write(self, name: str) -> None:
        number = self.chance.randint
        (self.folder / name).write_text(
            f"数字建设情况\n大连某某科技有限公司(60{number(1000, 1009)}.SH)承建，华为参与。\n{number(2018, 2023)}年末，全市建成5G基站{number(100, 9000)}个，上云企业达到{number(100, 9000)}家。\n"
            f"到2025年，全市5G基站达到{number(9000, 20000)}个以上，软件业务收入突破{number(10, 900)}亿元。\n",
            encoding="utf-8",
        )


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some documents a batch."""
    monkeypatch.setattr(mapped, "CUT", 3)


def release(sources: Path, place: Path) -> dict[str, bytes]:
    """What a build into ``place`` releases; its work area there is kept."""
    outcome = build(sources, place / "out", place / "work", engine=Here())
    assert outcome.success, outcome.failures
    return {path.name: path.read_bytes() for path in sorted((place / "out").iterdir())}


@pytest.mark.parametrize("seed", [1])
def test_incremental_and_full_builds_give_equal_bytes(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = Corpus(tmp_path / "in", Random(seed))
    corpus.told()
    release(corpus.folder, tmp_path / "kept")
    key, changed = mapped.stage_key, dict[str, int]()
    monkeypatch.setattr(mapped, "stage_key", lambda name: f"{key(name)}{changed.get(name, 0)}")

    def change_code() -> None:
        name = corpus.chance.choice(["ingest", "clean", "extract", "normalise"])
        changed[name] = changed.get(name, 0) + 1

    deeds: list[Callable[[], None]] = [
        corpus.add,
        corpus.change,
        corpus.remove,
        corpus.rename,
        corpus.register,
        corpus.break_one,
        corpus.copy,
        change_code,
    ]
    order = [*deeds, *corpus.chance.choices(deeds, k=STEPS - len(deeds))]
    corpus.chance.shuffle(order)
    for number, deed in enumerate(order):
        deed()
        corpus.told()
        incremental = release(corpus.folder, tmp_path / "kept")
        assert incremental == release(corpus.folder, tmp_path / f"new{number}"), f"after {deed.__name__}"


@pytest.mark.parametrize("form", [Corpus.told, Corpus.recorded])
def test_only_what_changed_is_read_again(
    form: Callable[[Corpus], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = Corpus(tmp_path / "in", Random(3))
    release(form(corpus), tmp_path / "kept")
    read: dict[str, int] = {}
    for name, function in list(FUNCTIONS.items()):

        def counted(*tables: object, _name: str = name, _function: Callable[..., object] = function) -> object:
            made = _function(*tables)
            rows = made[COUNTED[_name]]  # type: ignore[index]
            read[_name] = read.get(_name, 0) + len(set(rows.column("source_id").to_pylist()))
            return made

        monkeypatch.setitem(FUNCTIONS, name, counted)
    corpus.change()
    release(form(corpus), tmp_path / "kept")
    assert read == {"ingest": 1, "clean": 1, "extract": 1, "normalise": 1}


def test_a_file_of_records_gives_the_tables_that_the_folder_gives(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "in", Random(4))
    corpus.copy()
    folder = release(corpus.told(), tmp_path / "one")
    records = release(corpus.recorded(), tmp_path / "two")
    tables = [name for name in folder if name.endswith(".parquet")]
    assert tables
    assert [name for name in tables if folder[name] != records[name]] == []


@pytest.mark.parametrize(
    "file",
    [
        "seeds/corrections.yaml",
        "seeds/tables/units.csv",
        "pipeline/extract/numerals.py",
        "requirements/runtime.txt",
        "expectations/extract.py",
    ],
)
def test_a_change_of_code_words_corrections_gates_or_packages_makes_the_key_another(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def key(place: Path) -> str:
        monkeypatch.setattr(stage, "ROOT", place)
        monkeypatch.setattr(stage, "SEEDS", place / "seeds")
        monkeypatch.setattr("assets.workspace.ROOT", place)
        monkeypatch.setattr(mapped, "LOCK", place / "requirements" / "runtime.txt")
        suite_hash.cache_clear()
        stage.code_version.cache_clear()
        mapped.stage_key.cache_clear()
        return mapped.stage_key("extract")

    before = key(ROOT)
    for folder in ("pipeline", "expectations", "seeds", "requirements"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    assert key(tmp_path) == before
    with (tmp_path / file).open("a", encoding="utf-8") as changed:
        changed.write("\n")
    assert key(tmp_path) != before
    key(ROOT)
