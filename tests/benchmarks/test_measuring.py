"""What is measured is what was asked for: children count, and a measure that is not there is told as such. Nothing is timed."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.chart import Panel, Series, svg
from benchmarks.meter import PROC, watched
from benchmarks.report import number, sections

CHILD = "import time; held = bytearray(80_000_000); time.sleep(1.5)"
RESULTS = Path(report.__file__).with_name("results.json")


@pytest.mark.skipif(not PROC.exists(), reason="memory of other processes is seen on Linux")
def test_the_memory_of_children_counts() -> None:
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}], check=True)"
    found = watched([sys.executable, "-c", parent])
    assert found.code == 0 and found.peak is not None and found.peak > 80_000_000


def test_a_command_that_fails_has_no_figures_but_a_reason() -> None:
    told = watched([sys.executable, "-c", "print('first'); raise SystemExit('no such folder')"]).told()
    assert told == {"missing": "failed: no such folder"}


def test_a_command_that_does_not_end_is_ended_with_its_children() -> None:
    endless = "import time; time.sleep(600)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {endless!r}])"
    told = watched([sys.executable, "-c", parent], limit=1).told()
    assert told["missing"].startswith("not finished in ")


def test_the_page_is_written_from_the_last_run() -> None:
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    page = RESULTS.with_name("README.md").read_text(encoding="utf-8")
    assert "\n".join(sections(found)).rstrip() in page
    assert RESULTS.with_name("chart.svg").read_text(encoding="utf-8") == svg(list(report.panels(found)))


def test_what_was_not_measured_is_told_in_its_place() -> None:
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    gone = {"missing": "not there yet"}
    found["engines"]["ray_2"] = found["stages"]["news"] = found["peers"]["policy"]["ours"] = gone
    found["growth"][0] |= {"build": gone, "stages": gone}
    shown = "\n".join(sections(found))
    assert "| ray, 2 workers | not there yet |" in shown
    assert "news: not there yet." in shown and "news: 20 documents" not in shown
    assert svg(list(report.panels(found))).count("news") == 0


def test_figures_are_shown_with_three_digits() -> None:
    assert [number(value) for value in (0.06123, 1.5, 48.26, 999.7, 12345.6, None)] == [
        "0.0612",
        "1.50",
        "48.3",
        "1,000",
        "12,300",
        "–",
    ]


def test_a_chart_leaves_out_what_has_no_value() -> None:
    drawn = svg([Panel("speed", ["ours", "theirs"], [Series("text", [0.5, None])])])
    assert drawn.count("<circle") == 2
    assert ">0.5</text>" in drawn
