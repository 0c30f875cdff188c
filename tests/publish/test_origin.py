"""What a release says it was made from: contents under names of the repository, and the date of its latest source."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.contract import BY_NAME, schema_version
from pipeline.contract.paths import ROOT
from pipeline.publish import origin as module
from pipeline.publish.origin import contents, origin, release_date
from tests.gates.builders import changed, rows_as_they_are, world

SOURCES = world()["sources"]
SHA256 = re.compile(r"[0-9a-f]{64}")


def test_an_origin_names_every_kind_of_thing_a_release_is_made_from() -> None:
    found = origin(SOURCES, {})
    assert list(found) == ["inputs", "corrections", "tables", "code", "gates", "lock"]
    for kind, told in found.items():
        assert told["files"], kind
        assert all(SHA256.fullmatch(sha256) for sha256 in [told["sha256"], *told["files"].values()])
        assert list(told["files"]) == sorted(told["files"])


def test_the_files_are_those_of_the_repository_under_names_of_the_repository() -> None:
    found = origin(SOURCES, {})
    assert found["inputs"]["files"] == dict(
        sorted(zip(SOURCES["file"].to_pylist(), SOURCES["sha256"].to_pylist(), strict=True))
    )
    assert set(found["tables"]["files"]) == {path.name for path in (ROOT / "seeds" / "tables").glob("*.csv")}
    assert {"pipeline/cli.py", "pipeline/publish/origin.py"} <= found["code"]["files"].keys()
    assert {"expectations/gates.py", "assets/stage.py"} <= found["gates"]["files"].keys()
    assert list(found["lock"]["files"]) == ["requirements/runtime.txt"]
    for name, sha256 in found["code"]["files"].items():
        assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == sha256


def test_an_origin_holds_no_commit_and_no_path_of_the_machine() -> None:
    text = json.dumps(origin(SOURCES, {}))
    assert str(ROOT) not in text
    assert not re.search(r'"[0-9a-f]{40}"', text)


def test_a_registry_is_an_input_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("file\nkreis.txt\n", encoding="utf-8")
    given = {"sources.csv": tmp_path / "sources.csv", "inbox/sources.csv": tmp_path / "inbox" / "sources.csv"}
    with_one, without = origin(SOURCES, given)["inputs"], origin(SOURCES, {})["inputs"]
    assert with_one["files"].keys() - without["files"].keys() == {"sources.csv"}
    assert with_one["sha256"] != without["sha256"]


def test_a_changed_document_changes_the_hash_of_the_inputs_and_no_other() -> None:
    before, after = origin(SOURCES, {}), origin(changed(SOURCES, sha256="0" * 64), {})
    assert {kind for kind in before if before[kind] != after[kind]} == {"inputs"}


def test_what_is_hidden_or_compiled_is_not_counted(tmp_path: Path) -> None:
    for name in ("a.py", "deep/b.html", "__pycache__/a.pyc", ".cache/c.py", "deep/.d.py.swp"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert {path.relative_to(tmp_path).as_posix() for path in contents(tmp_path)} == {"a.py", "deep/b.html"}


def test_a_changed_line_of_code_changes_the_hash_of_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pipeline").mkdir()
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "LOCK", tmp_path / "requirements" / "runtime.txt")
    hashes = set()
    for line in ("value = 1\n", "value = 2\n"):
        (tmp_path / "pipeline" / "rule.py").write_text(line, encoding="utf-8")
        hashes.add(origin(SOURCES, {})["code"]["sha256"])
    assert len(hashes) == 2


def test_a_release_bears_the_date_of_its_latest_source() -> None:
    days = {"published_from": date(2030, 5, 1), "published_to": date(2030, 5, 31), "published": "2030-05"}
    assert release_date(changed(SOURCES, **days)) == "2030-05-01"
    none = changed(changed(SOURCES, 0, published_from=None), 1, published_from=None)
    assert release_date(none) is None
    assert release_date(rows_as_they_are(SOURCES, [])) is None


def test_another_schema_is_another_version_and_another_wording_is_not() -> None:
    claims = BY_NAME["claims"]
    first, *others = claims.columns
    assert schema_version(replace(claims, columns=(replace(first, en="Other words"), *others))) == schema_version(
        claims
    )
    for other in (
        replace(claims, columns=(*others, first)),
        replace(claims, columns=(first, *others[:-1], replace(others[-1], nullable=not others[-1].nullable))),
        replace(claims, columns=(first, *others[:-1], replace(others[-1], unit="percent"))),
    ):
        assert schema_version(other) != schema_version(claims)
