"""All definitions: assets, checks, the job, its schedule and the sensor on the inbox."""

import dagster as dg

from assets import clean, extract, ingest, normalise, publish
from assets.operate import build_dataset, inbox, nightly
from assets.resources import Area

defs = dg.Definitions(
    assets=[
        ingest.stage,
        clean.stage,
        extract.stage,
        normalise.stage,
        publish.stage,
        publish.candidate,
        publish.release,
    ],
    jobs=[build_dataset],
    schedules=[nightly],
    sensors=[inbox],
    resources={"area": Area()},
    executor=dg.in_process_executor,
)
