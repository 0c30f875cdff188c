"""Clocks and scales: time of a function in this process; time and memory of a command with all its children."""

import os
import platform
import resource
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.sentences import ROOT
from pipeline.compiled import folder

PROC = Path("/proc")
EVERY = 0.1
"""Seconds between two looks at the processes of a command."""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds by the clock and of the processor, of each of several runs."""

    wall: tuple[float, ...]
    cpu: tuple[float, ...]

    def told(self, size: int = 0, documents: int = 0) -> dict[str, Any]:
        """Medians; with a size (bytes) and a count of documents also how many of them in a second of the processor."""
        wall, cpu = statistics.median(self.wall), statistics.median(self.cpu)
        found: dict[str, Any] = {"wall": round(wall, 4), "cpu": round(cpu, 4), "runs": len(self.wall)}
        found["spread"] = round((max(self.cpu) - min(self.cpu)) / cpu, 3) if cpu else 0.0
        if size and cpu:
            found["mb_per_s"] = _digits(size / 1e6 / cpu)
        if documents and cpu:
            found["documents_per_s"] = _digits(documents / cpu)
        return found


def _digits(value: float) -> float:
    """Three of them."""
    return float(f"{value:.3g}")


def timed(act: Callable[[], Any], repeat: int) -> tuple[Timing, Any]:
    """How long a function takes, run ``repeat`` times, and what it returned last."""
    wall, cpu, made = [], [], None
    for _ in range(repeat):
        began, spent = time.perf_counter(), time.process_time()
        made = act()
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - spent)
    return Timing(tuple(wall), tuple(cpu)), made


def pin() -> bool:
    """Keep this process on one core, the last it may use; whether the system can do that."""
    if not hasattr(os, "sched_setaffinity"):
        return False
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    return True


@dataclass(frozen=True, slots=True)
class Watched:
    """How a command went: ``code`` is None where it was stopped at the limit, ``peak`` (bytes) None where it cannot be seen."""

    wall: float
    cpu: float
    peak: int | None
    code: int | None
    output: str

    def told(self) -> dict[str, Any]:
        """The figures, or why there are none."""
        if self.code is None:
            return {"missing": f"not finished in {self.wall:.0f} s"}
        if self.code:
            said = [line for line in self.output.splitlines() if line.strip()]
            return {"missing": f"failed: {said[-1].strip() if said else self.code}"}
        return {"wall": round(self.wall, 3), "cpu": round(self.cpu, 3), "peak_memory": self.peak}


def watched(command: list[str], limit: float = 3600) -> Watched:
    """Run a command in the repository and look at it and its children until it ends.

    Memory is the sum over all processes of what each holds, pages they share counted once (PSS, on Linux). Time of the
    processor is what the system tells at the end, or what was seen of all processes where children outlived the command.
    After ``limit`` seconds all of them are ended.
    """
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        started = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output)
        peak, seen, stopped = 0, dict[int, float](), False
        while started.poll() is None:
            family = list(_family(started.pid))
            peak = max(peak, sum(_memory(pid) for pid, _ in family))
            seen.update(family)
            if time.perf_counter() - began > limit:
                stopped = True
                for pid, _ in family:
                    _end(pid)
            time.sleep(EVERY if time.perf_counter() - began > 1 else EVERY / 20)
        wall = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        output.seek(0)
        said = output.read()
    told = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Watched(wall, max(told, sum(seen.values())), peak or None, None if stopped else started.returncode, said)


def _end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _family(root: int) -> Iterator[tuple[int, float]]:
    """(process, seconds of the processor) of a process and all that descend from it; nothing where there is no /proc."""
    children: dict[int, list[int]] = {}
    spent: dict[int, float] = {}
    for path in PROC.glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        children.setdefault(int(fields[1]), []).append(pid)
        spent[pid] = (int(fields[11]) + int(fields[12])) / TICKS
    left = [root] if root in spent else []
    while left:
        pid = left.pop()
        yield pid, spent[pid]
        left += children.get(pid, [])


def _memory(pid: int) -> int:
    """Bytes that a process holds, its part of what it shares with others; 0 where it has ended."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def machine() -> dict[str, Any]:
    """The processor, its cores and the Python, and how much else was running: no name of the host."""
    model = platform.machine()
    if (PROC / "cpuinfo").exists():
        lines = (PROC / "cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model)
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "compiled": folder().is_dir(),
        "load": round(os.getloadavg()[0], 1),
    }
