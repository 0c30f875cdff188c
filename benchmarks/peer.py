"""One peer on one text: ``PYTHON peer.py NAME FILE`` reads lines, prints JSON. Runs in the peers' own environment and knows nothing of the project.

Each line is one paragraph and is read on its own, which is the kindest for tools whose cost grows faster than their input.
What a peer loads once (models, dictionaries, compiled patterns) is loaded before the clock starts, by reading a first sentence.
"""

import contextlib
import io
import json
import os
import re
import statistics
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

Read = Callable[[str], int]
"""A paragraph in, the number of finds out."""
FIRST = "到2025年，全市5G基站达到3.5万个，投资15.5亿元，光缆1000公里，增长百分之二十。"


def regex() -> Read:
    """The floor: every number with the characters after it, by one pattern; nothing is understood."""
    pattern = re.compile(r"\d+(?:[.,]\d+)*\s*(?:[十百千万亿]*)(?:%|个百分点|[一-鿿]{0,2})")
    return lambda text: sum(1 for _ in pattern.finditer(text))


def recognizers() -> Read:
    """Chinese models for numbers, percentages, currencies and dimensions."""
    from ms_recognizers_number import recognize_number, recognize_percentage
    from ms_recognizers_number_with_unit import recognize_currency, recognize_dimension
    from ms_recognizers_text import Culture

    models = (recognize_number, recognize_percentage, recognize_currency, recognize_dimension)
    return lambda text: sum(len(model(text, Culture.Chinese)) for model in models)


def jionlp() -> Read:
    """Amounts of money and expressions of time, both parsed."""
    import jionlp as jio

    # Times are read as seen from one day: what "this year" means must not change from run to run.
    today = {"year": 2024, "month": 6, "day": 1}

    def read(text: str) -> int:
        money = jio.ner.extract_money(text, with_parsing=True)
        return len(money) + len(jio.ner.extract_time(text, time_base=today, with_parsing=True))

    return read


PEERS: dict[str, tuple[Callable[[], Read], str | None]] = {
    "regex": (regex, None),
    "recognizers": (recognizers, "ms-recognizers-text-suite"),
    "jionlp": (jionlp, "jionlp"),
}
"""What makes a peer, and the package whose version is told."""


def own_peak() -> int | None:
    """The most memory this process has held (bytes), on Linux.

    ``getrusage`` would tell that of the process that started this one where that was more.
    """
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii", errors="replace").splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), None)


def main() -> None:
    """Time one peer."""
    name, path, repeat = sys.argv[1], sys.argv[2], int(sys.argv[3])
    lines = [line.strip() for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    make, package = PEERS[name]
    began = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        read = make()
        read(FIRST)
    start = time.perf_counter() - began
    wall, cpu, found, failed = [], [], 0, 0
    for _ in range(repeat):
        began, spent, found, failed = time.perf_counter(), time.process_time(), 0, 0
        for line in lines:
            try:
                found += read(line)
            except Exception:  # a peer that stumbles over a paragraph goes on with the next; it is counted
                failed += 1
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - spent)
    told = {
        "version": version(package) if package else None,
        "start": round(start, 3),
        "wall": round(statistics.median(wall), 6),
        "cpu": round(statistics.median(cpu), 6),
        "runs": repeat,
        "found": found,
        "failed_paragraphs": failed,
        "peak_memory": own_peak(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
