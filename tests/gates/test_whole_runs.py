"""Whole runs with a planted fault: a red gate stops what is downstream, and the last release keeps its bytes.

A green build comes first, so that every later stage has tables of its own to go on with, if it were allowed to.
"""

import hashlib
import importlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow as pa
import pytest

from assets import mapped
from assets import publish as publish_assets
from assets.batches import FUNCTIONS
from assets.build import SETTINGS, Outcome, build
from assets.resources import Area
from assets.stage import PREVIEW_ROWS
from expectations.rights import WORDING
from expectations.runs import SHORTEST
from pipeline.contract import PUBLISHED, STAGES
from pipeline.contract.paths import ROOT
from pipeline.publish.candidate import MANIFEST
from pipeline.publish.descriptors import FILES as DESCRIPTORS
from pipeline.publish.parquet import logical_hash
from tests.gates.builders import changed, rows_as_they_are

DOCUMENT = """\
关于数字设施建设的通报
2021年末，辽宁省建成5G基站12345个，数字经济增加值占GDP比重达到38%。
到2025年，辽宁省5G基站达到30000个以上，数字经济增加值占GDP比重超过45%。
"""

REGISTRY = """\
file,title,publisher,published,region_id
notice.txt,关于数字设施建设的通报,某厅,2022-03-01,210000
"""

Tables = dict[str, pa.Table]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


class Place:
    """The folders of a build, and what was run in them."""

    def __init__(self, root: Path) -> None:
        self.sources, self.work, self.out = root / "in", root / "work", root / "out"

    def build(self) -> Outcome:
        return build(self.sources, self.out, self.work)

    def materialise(self, definition: dg.AssetsDefinition) -> list[str]:
        """Make one op's assets alone, as from the page of the asset; returns the reasons of its failure."""
        area = Area(sources=str(self.sources), work=str(self.work), out=str(self.out))
        with dg.DagsterInstance.ephemeral(settings=SETTINGS) as instance:
            result = dg.materialize([definition], resources={"area": area}, instance=instance, raise_on_error=False)
        reasons = [event.step_failure_data.user_failure_data for event in result.get_step_failure_events()]
        assert result.success is not bool(reasons)
        return [reason.description or "" for reason in reasons if reason]


@pytest.fixture(scope="module")
def green(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with a green build and its release."""
    root = tmp_path_factory.mktemp("green")
    (root / "in").mkdir()
    (root / "in" / "notice.txt").write_text(DOCUMENT, encoding="utf-8")
    (root / "in" / "sources.csv").write_text(REGISTRY, encoding="utf-8")
    outcome = Place(root).build()
    assert outcome.success, outcome.failures
    return root


@pytest.fixture
def place(green: Path, tmp_path: Path) -> Place:
    """A copy of it, for faults."""
    shutil.copytree(green, tmp_path, dirs_exist_ok=True)
    return Place(tmp_path)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stages whose function ran, in order."""
    found: list[str] = []
    for stage in STAGES:
        instead_of(stage, noted(function_of(stage), stage, found), monkeypatch)
    return found


def function_of(stage: str) -> Callable[..., Tables]:
    """The batch function of a stage."""
    in_batches: dict[str, Callable[..., Tables]] = dict(FUNCTIONS)  # type: ignore[arg-type]
    found: Callable[..., Tables] = in_batches.get(stage) or importlib.import_module(f"pipeline.{stage}").run
    return found


def instead_of(stage: str, function: Callable[..., Tables], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another function stand for the stage's."""
    if stage in FUNCTIONS:
        monkeypatch.setitem(FUNCTIONS, stage, function)
    else:
        monkeypatch.setattr(importlib.import_module(f"pipeline.{stage}"), "run", function)


def noted(run: Callable[..., Tables], stage: str, ran: list[str]) -> Callable[..., Tables]:
    def running(*arguments: Any, **named: Any) -> Tables:
        ran.append(stage)
        return run(*arguments, **named)

    return running


def longer_text(tables: Tables) -> pa.Table:
    documents = tables["documents"]
    return changed(documents, text=documents.to_pylist()[0]["text"] + "。")


def text_cut(tables: Tables) -> pa.Table:
    passages = tables["passages"]
    return changed(passages, text=passages.to_pylist()[0]["text"][1:])


def another_value(tables: Tables) -> pa.Table:
    claims = tables["claims"]
    return changed(claims, value=claims.to_pylist()[0]["value"] + 1)


def no_readings(tables: Tables) -> pa.Table:
    readings = tables["readings"]
    assert readings.num_rows, "the document gives no observation"
    return rows_as_they_are(readings, [])


def no_codes(tables: Tables) -> pa.Table:
    return rows_as_they_are(tables["codes"], [])


FAULTS: dict[str, tuple[str, Callable[[Tables], pa.Table], str]] = {
    "ingest": ("documents", longer_text, "documents.text_has_its_length"),
    "clean": ("passages", text_cut, "passages.passages_in_order"),
    "extract": ("claims", another_value, "claims.claims_read_again"),
    "normalise": ("readings", no_readings, "observations.compared_again"),
    "publish": ("codes", no_codes, "codes.contract"),
}
"""Stage → the table of its batch function that gets a fault, the fault, and the gate that must see it."""


def plant(stage: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Let the stage's function make a faulty table; returns the table whose gate must see it, and that gate."""
    table, fault, gate = FAULTS[stage]
    run = function_of(stage)
    anew(monkeypatch, *STAGES)

    def faulty(*arguments: Any, **named: Any) -> Tables:
        tables = run(*arguments, **named)
        return {**tables, table: fault(tables)}

    instead_of(stage, faulty, monkeypatch)
    return gate.partition(".")[0], gate


def anew(monkeypatch: pytest.MonkeyPatch, *stages: str) -> None:
    """As after a change of these stages' code: their rows of the last build are not taken over."""
    key = mapped.stage_key
    monkeypatch.setattr(mapped, "stage_key", lambda stage: key(stage) + "changed" * (stage in stages))


def following(stage: str) -> dg.AssetsDefinition:
    """What comes right after a stage: the next one, or the candidate."""
    if stage == "publish":
        return publish_assets.candidate
    next_stage = STAGES[STAGES.index(stage) + 1]  # type: ignore[arg-type]
    definition: dg.AssetsDefinition = importlib.import_module(f"assets.{next_stage}").stage
    return definition


def test_a_green_build_runs_every_stage_and_releases_every_table(
    place: Place, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(place.out)
    anew(monkeypatch, *STAGES)
    outcome = place.build()
    assert (outcome.success, outcome.failures) == (True, ())
    assert ran == list(STAGES)
    assert outcome.rows.keys() == {table.name for table in PUBLISHED}
    assert contents(place.out).keys() == {f"{table.name}.parquet" for table in PUBLISHED} | {
        "schema.sql",
        MANIFEST,
        *DESCRIPTORS,
    }
    assert contents(place.out) == before, "the same documents give the same bytes"
    ran.clear()
    assert place.build().success
    assert ran == ["publish"], "documents that did not change are not read again"
    assert contents(place.out) == before


@pytest.mark.parametrize("stage", STAGES)
def test_a_red_gate_stops_what_is_downstream_and_the_release_keeps_its_bytes(
    stage: str, place: Place, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(place.out)
    with monkeypatch.context() as fault:
        table, gate = plant(stage, fault)
        outcome = place.build()
    assert not outcome.success
    assert f"red gate: {gate}" in outcome.failures
    assert all(failure.startswith("red gate: ") for failure in outcome.failures), outcome.failures
    # A fault is seen by more than one gate where another table is made from the faulty one.
    red = {failure.removeprefix("red gate: ").split(".")[0] for failure in outcome.failures}
    assert table in red
    assert ran == list(STAGES[: STAGES.index(stage) + 1])  # type: ignore[arg-type]

    ran.clear()
    for alone in (following(stage), publish_assets.release):
        (reason,) = place.materialise(alone)
        assert any(f"the gate of {name} " in reason for name in red) and "is red" in reason
        assert f"materialise the stage {stage} again" in reason
    assert ran == [], "nothing was computed from what is red"
    assert contents(place.out) == before
    assert sorted(path.name for path in place.out.parent.iterdir()) == ["in", "out", "work"]


def test_a_mended_fault_leads_to_a_release_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as fault:
        plant("extract", fault)
        assert not place.build().success
    outcome = place.build()
    assert (outcome.success, outcome.failures) == (True, ())


def test_a_stage_made_anew_makes_what_was_made_from_its_former_tables_inconsistent(place: Place) -> None:
    before = contents(place.out)
    (place.sources / "notice.txt").write_text(DOCUMENT.replace("12345", "23456"), encoding="utf-8")
    assert place.materialise(importlib.import_module("assets.ingest").stage) == []
    (reason,) = place.materialise(importlib.import_module("assets.extract").stage)
    assert "was made from another version of" in reason and "materialise the stage clean again" in reason
    for alone in (publish_assets.candidate, publish_assets.release):
        (reason,) = place.materialise(alone)
        assert "was made from another version of" in reason
    assert contents(place.out) == before


def test_a_stage_alone_may_be_made_again_while_all_before_it_is_green(
    place: Place, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    anew(monkeypatch, "extract")
    assert place.materialise(importlib.import_module("assets.extract").stage) == []
    assert ran == ["extract"]


def test_a_materialisation_tells_rows_and_content_hash_and_shows_no_text_of_a_document(place: Place) -> None:
    area = Area(sources=str(place.sources), work=str(place.work), out=str(place.out))
    stages = [importlib.import_module(f"assets.{stage}").stage for stage in ("ingest", "clean", "extract")]
    with dg.DagsterInstance.ephemeral(settings=SETTINGS) as instance:
        result = dg.materialize(stages, resources={"area": area}, instance=instance)
    made = [event.step_materialization_data.materialization for event in result.get_asset_materialization_events()]
    assert {of.asset_key.to_user_string() for of in made} >= {"documents", "passages", "claims"}
    for of in made:
        name = of.asset_key.to_user_string()
        found = area.workspace().peek(name)
        assert of.metadata["dagster/row_count"].value == found.num_rows
        assert (of.tags or {})["dagster/data_version"] == area.workspace().current(name) == logical_hash(found)
        preview = str(of.metadata["preview"].value)
        assert preview.count("\n") == 1 + min(found.num_rows, PREVIEW_ROWS)
        assert not any(line in preview for line in DOCUMENT.splitlines()[1:])


def test_a_stage_before_anything_was_made_is_refused(place: Place, ran: list[str]) -> None:
    shutil.rmtree(place.work)
    (reason,) = place.materialise(importlib.import_module("assets.clean").stage)
    assert "was never made: materialise the stage ingest first" in reason
    assert ran == []


def test_a_candidate_that_was_tampered_with_is_not_released(place: Place) -> None:
    before = contents(place.out)
    candidate = place.work / "candidate" / "schema.sql"
    candidate.write_text("-- another file\n", encoding="utf-8")
    (reason,) = place.materialise(publish_assets.release)
    assert "schema.sql in the candidate is not the file its manifest names" in reason
    assert contents(place.out) == before


def test_a_candidate_of_tables_that_are_not_current_is_not_released(place: Place) -> None:
    before = contents(place.out)
    old = place.work.parent / "old"
    shutil.copytree(place.work / "candidate", old)
    notice = place.sources / "notice.txt"
    notice.write_text(notice.read_text(encoding="utf-8").replace("年", "年，", 1), encoding="utf-8")
    assert place.build().success
    shutil.rmtree(place.work / "candidate")
    old.rename(place.work / "candidate")
    (reason,) = place.materialise(publish_assets.release)
    assert "the candidate is not one of the current tables that its gate saw" in reason
    assert contents(place.out) != before


def test_a_candidate_that_its_gate_did_not_see_is_not_released(place: Place) -> None:
    (place.work / "gates" / "candidate" / "rights.json").unlink()
    (reason,) = place.materialise(publish_assets.release)
    assert "materialise the candidate again" in reason


def test_a_candidate_against_a_policy_is_red_and_not_released(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(place.out)
    found = importlib.import_module("pipeline.publish.candidate")
    monkeypatch.setattr(found, "redact", lambda name, table, policy: table)
    outcome = place.build()
    assert outcome.failures == ("red gate: candidate.rights",)
    (reason,) = place.materialise(publish_assets.release)
    assert "the check rights of the candidate is red" in reason
    assert contents(place.out) == before


def rights_of(place: Place) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((place.work / "gates" / "candidate" / "rights.json").read_bytes())
    return found


def test_a_build_of_a_restricted_document_measures_its_words_in_every_file(place: Place) -> None:
    kept = rights_of(place)
    assert (kept["restricted"], kept["unread"], kept["breaches"]) == ({"none": 1, "snippet": 0}, 0, 0)
    assert {run["file"] for run in kept["runs"]} == contents(place.out).keys()
    manifest = (place.out / MANIFEST).read_bytes()
    assert kept["manifest_sha256"] == hashlib.sha256(manifest).hexdigest()


def test_a_build_without_a_restricted_document_says_that_it_looked_at_none(place: Place) -> None:
    rows = [f"{row},{cell}" for row, cell in zip(REGISTRY.splitlines(), ("licence", "CC0-1.0"), strict=True)]
    (place.sources / "sources.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    outcome = place.build()
    assert (outcome.success, outcome.failures) == (True, ())
    kept = rights_of(place)
    assert (kept["restricted"], kept["places"], kept["runs"]) == ({"none": 0, "snippet": 0}, 0, [])


def test_a_sentence_of_a_restricted_document_in_a_descriptor_is_red_and_not_released(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(place.out)
    write = importlib.import_module("pipeline.publish.descriptors.write")
    card = write.WRITERS["README.md"]
    monkeypatch.setitem(write.WRITERS, "README.md", lambda facts: card(facts) + DOCUMENT.splitlines()[1] + "\n")
    outcome = place.build()
    assert outcome.failures == ("red gate: candidate.rights",)
    (long,) = [run for run in rights_of(place)["runs"] if run["longest"] > run["most"]]
    assert (long["file"], long["column"], long["source_id"]) == ("README.md", None, "notice")
    (reason,) = place.materialise(publish_assets.release)
    assert "the check rights of the candidate is red" in reason
    assert contents(place.out) == before


def test_the_check_on_rights_shows_what_it_measured_and_no_word_of_a_document(place: Place) -> None:
    area = Area(sources=str(place.sources), work=str(place.work), out=str(place.out))
    with dg.DagsterInstance.ephemeral(settings=SETTINGS) as instance:
        result = dg.materialize([publish_assets.candidate], resources={"area": area}, instance=instance)
    (found,) = [check for check in result.get_asset_check_evaluations() if check.check_name == "rights"]
    told = {name: value.value for name, value in found.metadata.items()}
    assert found.passed
    assert told["restricted_documents"] == 1 and told["unread_documents"] == 0
    assert told["places_looked_at"] == len(rights_of(place)["runs"])
    assert told["longest_run"] < WORDING
    assert {name for name in contents(place.out) if f"| {name} |" in told["runs"]} == contents(place.out).keys()
    assert not any(line[:SHORTEST] in str(told) for line in DOCUMENT.splitlines())


def test_a_folder_that_is_no_release_is_left_alone(place: Place) -> None:
    shutil.rmtree(place.out)
    place.out.mkdir()
    (place.out / "letter.txt").write_text("somebody's", encoding="utf-8")
    outcome = place.build()
    assert not outcome.success
    assert any("out exists and is no release of this dataset" in failure for failure in outcome.failures)
    assert contents(place.out) == {"letter.txt": b"somebody's"}


def test_a_stage_that_raises_fails_with_its_reason(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(place.out)

    def broken(*arguments: Any, **named: Any) -> Tables:
        raise ValueError("the grammar has a hole")

    instead_of("extract", broken, monkeypatch)
    anew(monkeypatch, "extract")
    outcome = place.build()
    assert not outcome.success
    assert any("the grammar has a hole" in failure for failure in outcome.failures)
    assert contents(place.out) == before


WITHOUT_NETWORK = """
import socket, sys
from pathlib import Path

attempts = []

def refuse(*arguments, **named):
    attempts.append(arguments)
    raise OSError("the network is refused")

socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse

from assets.build import build

root = Path(sys.argv[1])
outcome = build(root / "in", root / "elsewhere", root / "fresh")
assert outcome.success, outcome.failures
assert attempts == [], attempts
"""


def test_a_build_needs_no_network_and_asks_for_none(place: Place, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(home)}
    command = [sys.executable, "-c", WITHOUT_NETWORK, str(tmp_path)]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert contents(tmp_path / "elsewhere") == contents(place.out), "and gives the same bytes in another process"
    assert [path for path in home.rglob("*") if path.is_file()] == []
