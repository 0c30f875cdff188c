"""What Dagster shows and runs: an asset a table, five groups, the gates as checks, the job, its schedule and its sensor."""

from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from assets import ingest, operate
from assets.definitions import defs
from assets.resources import Area
from assets.workspace import Workspace
from expectations.gates import MOST_CHECKS, checks
from pipeline.contract import ALL, BY_NAME, STAGES, Table
from pipeline.contract.paths import DATA, ROOT, SEEDS

LAST = {"candidate", "release"}
"""The assets that are no tables."""

SPECS = {spec.key.to_user_string(): spec for spec in defs.resolve_all_asset_specs()}
GRAPH = defs.resolve_asset_graph()


def test_there_is_an_asset_a_table_then_the_candidate_and_the_release() -> None:
    assert SPECS.keys() == {table.name for table in ALL} | LAST


def test_the_groups_are_the_five_stages() -> None:
    assert {spec.group_name for spec in SPECS.values()} == set(STAGES)
    assert {SPECS[name].group_name for name in LAST} == {"publish"}


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_an_asset_says_what_the_contract_says_of_its_table(table: Table) -> None:
    spec = SPECS[table.name]
    assert spec.group_name == table.stage
    assert list(spec.owners) == [table.owner]
    assert spec.description is not None and table.en in spec.description and table.zh in spec.description
    columns = spec.metadata["columns"].value
    assert all(column.name in columns and column.en in columns and column.zh in columns for column in table.columns)


def test_every_asset_has_owner_description_kind_and_code_version() -> None:
    for name, spec in SPECS.items():
        assert spec.owners and spec.description and spec.kinds and spec.code_version, name
    by_stage = {stage: {SPECS[table.name].code_version for table in ALL if table.stage == stage} for stage in STAGES}
    assert [len(versions) for versions in by_stage.values()] == [1] * len(STAGES)


def test_the_graph_reads_from_the_first_stage_to_the_last() -> None:
    for name, spec in SPECS.items():
        for dep in spec.deps:
            before, after = SPECS[dep.asset_key.to_user_string()].group_name, spec.group_name
            assert STAGES.index(before) <= STAGES.index(after), (dep, name)  # type: ignore[arg-type]
    roots = {key.to_user_string() for key in GRAPH.root_materializable_asset_keys}
    assert {BY_NAME[name].stage for name in roots} <= {"ingest", "clean", "normalise", "publish"}
    assert "sources" in roots
    assert {key.to_user_string() for key in GRAPH.get_all_asset_keys() if not GRAPH.get(key).child_keys} == {"release"}


def check_specs() -> dict[tuple[str, str], dg.AssetCheckSpec]:
    found: dict[tuple[str, str], dg.AssetCheckSpec] = {}
    for key in GRAPH.asset_check_keys:
        for spec in GRAPH.get(key.asset_key).assets_def.check_specs:
            found[spec.asset_key.to_user_string(), spec.name] = spec
    return found


def test_the_gates_are_checks_that_block_when_their_severity_is_error() -> None:
    found = check_specs()
    declared = {(table, check): severity for table, check, severity in checks()}
    of_candidate = {("candidate", "rights"): "error", ("candidate", "files_as_declared"): "error"}
    assert found.keys() == declared.keys() | of_candidate.keys()
    for key, severity in {**declared, **of_candidate}.items():
        assert found[key].blocking is (severity == "error"), key
        assert found[key].description, key
    assert len(found) <= MOST_CHECKS


def test_the_job_makes_every_asset_in_one_process() -> None:
    job = defs.resolve_job_def("build_dataset")
    assert {key.to_user_string() for key in job.asset_layer.executable_asset_keys} == SPECS.keys()
    assert job.executor_def.name == dg.in_process_executor.name
    assert defs.executor is dg.in_process_executor


def test_the_dataset_is_rebuilt_every_night_at_two_in_beijing() -> None:
    schedule = defs.resolve_schedule_def("nightly")
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 2 * * *", "Asia/Shanghai")
    assert schedule.job_name == "build_dataset"
    runs = schedule.evaluate_tick(dg.build_schedule_context()).run_requests or []
    assert [run.run_config for run in runs] == [operate.WITH_INBOX]


def test_the_resource_names_the_folders_of_the_repository() -> None:
    assert Area().workspace() == Workspace(sources=SEEDS, work=ROOT / ".work", out=DATA, inbox=False)


def test_the_resource_takes_other_folders(tmp_path: Path) -> None:
    area = Area(sources=str(tmp_path / "in"), work=str(tmp_path / "work"), out=str(tmp_path / "out"), inbox=True)
    assert area.workspace() == Workspace(tmp_path / "in", tmp_path / "work", tmp_path / "out", inbox=True)


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An inbox of the test's own."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / ".gitkeep").touch()
    monkeypatch.setattr(operate, "INBOX", folder)
    monkeypatch.setattr(ingest, "INBOX", folder)
    return folder


def asked(cursor: str | None = None) -> Any:
    """What the sensor says."""
    return defs.resolve_sensor_def("inbox")(dg.build_sensor_context(cursor=cursor))


def test_an_empty_inbox_starts_no_run(inbox: Path) -> None:
    said = asked()
    assert isinstance(said, dg.SkipReason)
    assert "the inbox is empty" in (said.skip_message or "")


def test_an_inbox_that_is_not_there_starts_no_run(inbox: Path) -> None:
    (inbox / ".gitkeep").unlink()
    inbox.rmdir()
    assert isinstance(asked(), dg.SkipReason)


def test_a_document_in_the_inbox_starts_one_run_that_reads_it(inbox: Path) -> None:
    (inbox / "notice.txt").write_text("海雁县建成基站120个。", encoding="utf-8")
    said = asked()
    assert isinstance(said, dg.SensorResult)
    (run,) = said.run_requests or []
    assert run.run_key == said.cursor
    assert run.run_config == operate.WITH_INBOX


def test_an_inbox_that_did_not_change_starts_no_second_run(inbox: Path) -> None:
    (inbox / "notice.txt").write_text("海雁县建成基站120个。", encoding="utf-8")
    said = asked(asked().cursor)
    assert isinstance(said, dg.SkipReason)
    assert "no change in the inbox" in (said.skip_message or "")


@pytest.mark.parametrize("change", ["another text", "another file", "another name", "a file less"])
def test_an_inbox_that_changed_starts_another_run(change: str, inbox: Path) -> None:
    first, second = inbox / "first.txt", inbox / "second.txt"
    first.write_text("海雁县建成基站120个。", encoding="utf-8")
    second.write_text("海雁县建成基站130个。", encoding="utf-8")
    before = asked().cursor
    if change == "another text":
        first.write_text("海雁县建成基站121个，光缆一条。", encoding="utf-8")
    elif change == "another file":
        (inbox / "city" / "third.txt").parent.mkdir()
        (inbox / "city" / "third.txt").write_text("海雁县建成基站140个。", encoding="utf-8")
    elif change == "another name":
        first.rename(inbox / "renamed.txt")
    else:
        second.unlink()
    said = asked(before)
    assert isinstance(said, dg.SensorResult)
    assert said.cursor != before


def test_the_run_configuration_of_the_sensor_is_one_the_job_takes() -> None:
    assert dg.validate_run_config(defs.resolve_job_def("build_dataset"), operate.WITH_INBOX)


def test_ingest_reads_the_inbox_where_the_build_asks_for_it(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "known.txt").write_text("海雁县建成基站120个。", encoding="utf-8")
    (inbox / "fresh.txt").write_text("鸥洲县建成基站130个。", encoding="utf-8")

    def read(with_inbox: bool) -> int:
        workspace = Workspace(tmp_path / "in", tmp_path / "work", tmp_path / "out", inbox=with_inbox)
        return sum(part.rows["documents"] for part in ingest.step(workspace).parts)

    assert (read(False), read(True)) == (1, 2)
