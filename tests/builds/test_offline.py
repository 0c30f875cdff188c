"""Nothing phones home: a whole build with the network refused is green and does not even try, and telemetry is off."""

import os
import subprocess
import sys
from pathlib import Path

import yaml

from assets.build import SETTINGS
from pipeline.contract.paths import ROOT

WITHOUT_NETWORK = """
import os, socket, sys, threading

attempts, settings = [], []

def refuse(*arguments, **named):
    attempts.append(arguments)
    raise OSError("the network is refused")

socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
socket.create_connection = socket.getaddrinfo = refuse

from assets.build import build
from pathlib import Path
import dagster as dg

ephemeral = dg.DagsterInstance.ephemeral

def watched(*arguments, **named):
    instance = ephemeral(*arguments, **named)
    settings.append(instance.telemetry_enabled)
    return instance

dg.DagsterInstance.ephemeral = watched
outcome = build(*(Path(argument) for argument in sys.argv[1:4]))
assert outcome.success, outcome.failures
assert settings == [False], settings
assert os.environ["GX_ANALYTICS_ENABLED"] == "false"
for thread in threading.enumerate():
    if thread is not threading.main_thread():
        thread.join(timeout=2)
assert attempts == [], attempts
"""


def test_a_build_with_the_network_refused_is_green_and_asks_for_none(tmp_path: Path) -> None:
    quiet = ("DAGSTER_DISABLE_TELEMETRY", "GX_ANALYTICS_ENABLED")
    environment = {name: value for name, value in os.environ.items() if name not in quiet}
    folders = [ROOT / "seeds", tmp_path / "out", tmp_path / "work"]
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_NETWORK, *folders],
        cwd=ROOT,
        env=environment | {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "out" / "manifest.json").is_file()


def test_telemetry_is_off_on_the_page_and_in_every_make_target() -> None:
    instance = yaml.safe_load((ROOT / "dagster.yaml").read_text(encoding="utf-8"))
    assert instance["telemetry"] == SETTINGS["telemetry"] == {"enabled": False}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    assert "export GX_ANALYTICS_ENABLED := false" in makefile
    assert "export DAGSTER_DISABLE_TELEMETRY := yes" in makefile
