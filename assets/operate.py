"""How the dataset is rebuilt: by the job, every night, and when a document lies in the inbox."""

import hashlib

import dagster as dg

from pipeline.contract.paths import SEEDS

INBOX = SEEDS / "inbox"

WITH_INBOX = {"resources": {"area": {"config": {"inbox": True}}}}

build_dataset = dg.define_asset_job(
    "build_dataset",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Documents in, gated Parquet out: all five stages, then the release.",
)

nightly = dg.ScheduleDefinition(
    name="nightly",
    job=build_dataset,
    cron_schedule="0 2 * * *",
    execution_timezone="Asia/Shanghai",
    run_config=WITH_INBOX,
    description="Rebuild every night at 02:00 Beijing time.",
)


@dg.sensor(
    job=build_dataset,
    minimum_interval_seconds=60,
    description="Rebuild when the documents in seeds/inbox/ have changed.",
)
def inbox(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """One run for each state of the inbox, told by names, sizes and times of its files."""
    files = sorted(path for path in INBOX.rglob("*") if path.is_file() and not path.name.startswith("."))
    if not files:
        return dg.SkipReason("the inbox is empty: put documents into seeds/inbox/")
    digest = hashlib.sha256()
    for path in files:
        state = path.stat()
        digest.update(f"{path.relative_to(INBOX).as_posix()}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    cursor = digest.hexdigest()
    if cursor == context.cursor:
        return dg.SkipReason("no change in the inbox since the last run")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=cursor, run_config=WITH_INBOX)], cursor=cursor)
