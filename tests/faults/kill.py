"""``make faults``: builds killed at random moments (``kill -9``); the release must be whole each time, and the next build green.

    python -m tests.faults.kill --times 50 --seed 1

Two folders of documents are built in turn into the same place, so that what stands there after a crash is told apart: the
release from before, or the new one. Half of the moments are drawn from the whole build, the others from the short while in
which the release takes its place, before and after the folders change; a third of the builds run where folders cannot be exchanged in one call.
"""

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.contract.paths import ROOT
from pipeline.publish.exchange import beside
from pipeline.publish.parquet import file_hash
from pipeline.publish.release import settle
from pipeline.verify import read_manifest

NOTICE = "关于数字设施建设的通报\n2021年末，某市建成5G基站{}个。\n到2025年，5G基站达到30000个以上。\n"
REGISTRY = "file,title,publisher,published,region_id\nnotice.txt,关于数字设施建设的通报,某厅,2022-03-01,210100\n"
VERSIONS = {"even": NOTICE.format(12000), "odd": NOTICE.format(13000)}

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["assets.build", "great_expectations", "expectations.adapter", "pipeline.cli"])
WITHOUT_EXCHANGE = "from pipeline.publish import exchange; exchange._exchange = lambda first, second: False; "
LONGEST = 300.0
"""Seconds after which a build hangs."""
TRIES = 20
"""Moments drawn until one falls into a build."""


@dataclass(frozen=True, slots=True)
class Kill:
    """A process that was killed: where (a name in :data:`PLACES`), after how many seconds, and what stood there then."""

    where: str
    after: float
    found: str


def hashes(out: Path) -> dict[str, str]:
    """sha256 of the files of a release by name; nothing where there is no folder."""
    return {path.name: file_hash(path) for path in sorted(out.iterdir())} if out.exists() else {}


def is_whole(out: Path) -> bool:
    """Whether a folder holds exactly the files that its manifest names, with their hashes."""
    manifest = read_manifest(out)
    named = {entry["file"]: entry["sha256"] for entry in [*manifest["tables"], *manifest["files"]]}
    found = hashes(out)
    del found["manifest.json"]
    return named == found


class Forked:
    """A build in a process forked from one that has loaded everything already; half of a short build is loading.

    Speaks as ``subprocess.Popen`` does, as far as it is needed here.
    """

    def __init__(self, arguments: Sequence[str], exchange: bool, log: Path) -> None:
        self.process = FORKS.Process(target=_build, args=(tuple(arguments), exchange, log))
        self.process.start()

    def poll(self) -> int | None:
        """Exit code, negative for a signal; None while it runs."""
        return self.process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Exit code. TimeoutExpired where it still runs after so many seconds."""
        self.process.join(timeout)
        if self.process.exitcode is None:
            raise subprocess.TimeoutExpired("build", timeout or 0)
        return self.process.exitcode

    def kill(self) -> None:
        """SIGKILL, which no process can refuse."""
        self.process.kill()


Process = Forked | subprocess.Popen[bytes]
Start = Callable[[], Process]


def _build(arguments: tuple[str, ...], exchange: bool, log: Path) -> None:
    with log.open("w", encoding="utf-8") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    from pipeline import cli
    from pipeline.publish import exchange as module

    if not exchange:
        module._exchange = lambda first, second: False
    cli.main(arguments)


def command(*words: str) -> Start:
    """How to start a command in a process of its own."""
    return lambda: subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def build_arguments(sources: Path, out: Path, work: Path) -> tuple[str, ...]:
    """A build on the command line."""
    return ("build", "--sources", str(sources), "--out", str(out), "--work", str(work))


def _anywhere(out: Path) -> Callable[[], bool]:
    return lambda: True


def _release(out: Path) -> Callable[[], bool]:
    return beside(out, "next").exists


def _exchange(out: Path) -> Callable[[], bool]:
    before = _identity(out)
    return lambda: _identity(out) != before


def _identity(out: Path) -> int:
    try:
        return out.stat().st_ino
    except FileNotFoundError:
        return 0


PLACES: dict[str, Callable[[Path], Callable[[], bool]]] = {
    "anywhere": _anywhere,
    "release": _release,
    "exchange": _exchange,
}
"""What tells that the moment has come from which the seconds count: at once, the copy is begun, the folders have changed."""


def kill_at(start: Start, out: Path, where: str, after: float) -> bool:
    """Run, and kill -9 so many seconds after the moment in :data:`PLACES`; False where it ended sooner."""
    begun, come = time.monotonic(), PLACES[where](out)
    process = start()
    while not come() and process.poll() is None:
        if time.monotonic() - begun > LONGEST:
            process.kill()
            raise TimeoutError(f"the build does not come to its {where}")
        time.sleep(0.0002)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
    return process.wait() == -signal.SIGKILL


def kill_somewhere(
    start: Start, out: Path, where: str, longest: float, draw: random.Random, releases: dict[str, dict[str, str]]
) -> Kill:
    """Kill the process at a random moment and look: what stands at ``out`` must be one of the releases, byte for byte.

    A process that ended before its moment is run again, from the release that stood there, with an earlier moment.
    """
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    for _ in range(TRIES):
        after = draw.uniform(0, longest)
        if kill_at(start, out, where, after):
            gap = not out.exists()
            settle(out)
            found = [name for name, files in releases.items() if files == hashes(out)]
            assert found, (
                f"killed {where} after {after:.3f} s: {out.name} holds no whole release: {sorted(hashes(out))}"
            )
            return Kill(where, after, f"{found[0]}{', by the journal' if gap else ''}")
        longest = after
        shutil.rmtree(out)
        out.mkdir()
        for name, words in before.items():
            (out / name).write_bytes(words)
    raise AssertionError(f"no moment of {TRIES} fell into the run")


def write_sources(root: Path) -> dict[str, Path]:
    """The two folders of documents, by name."""
    for name, text in VERSIONS.items():
        (root / name).mkdir(parents=True)
        (root / name / "notice.txt").write_text(text, encoding="utf-8")
        (root / name / "sources.csv").write_text(REGISTRY, encoding="utf-8")
    return {name: root / name for name in VERSIONS}


def watch(start: Start, out: Path) -> tuple[float, float]:
    """Run to a green end; seconds it took in all, and seconds in which the release took its place."""
    process, begun, seen = start(), time.monotonic(), []
    while process.poll() is None:
        if beside(out, "next").exists():
            seen.append(time.monotonic())
        time.sleep(0.0002)
    assert process.wait() == 0, "the next build is not green"
    return time.monotonic() - begun, seen[-1] - seen[0] if seen else 0.0


def faults(times: int, seed: int, root: Path) -> list[Kill]:
    """Kill so many builds; AssertionError at the first that leaves no whole release or no green build behind it."""
    draw, sources, out, work = random.Random(seed), write_sources(root / "in"), root / "site" / "data", root / "work"

    def start(name: str, exchange: bool) -> Start:
        return lambda: Forked(build_arguments(sources[name], out, work), exchange, root / "log")

    releases, longest = {}, {}
    for name in VERSIONS:
        longest["anywhere"], longest["release"] = watch(start(name, True), out)
        assert is_whole(out), "the first build left no whole release"
        releases[name] = hashes(out)
    print(f"a build takes {longest['anywhere']:.1f} s, {longest['release']:.3f} s of it the release", flush=True)
    kills = []
    for number in range(times):
        name = tuple(VERSIONS)[number % 2]
        where = draw.choice(("anywhere", "anywhere", "release", "exchange"))
        exchange = draw.random() < 2 / 3
        kill = kill_somewhere(
            start(name, exchange), out, where, longest["anywhere" if where == "anywhere" else "release"], draw, releases
        )
        watch(start(name, exchange), out)
        other = sorted(dict(hashes(out).items() ^ releases[name].items()))
        assert not other, f"the next build gives another release (was a file of the code changed meanwhile?): {other}"
        beside_it = sorted(path.name for path in out.parent.iterdir() if path != out)
        assert not beside_it, f"left beside the release: {beside_it}"
        kills.append(kill)
        by = "one call" if exchange else "a journal"
        state = "new" if kill.found.startswith(name) else "old"
        print(
            f"{number + 1:>3} of {times}: {where} after {kill.after:.3f} s, by {by}: the {state} release, whole",
            flush=True,
        )
    return kills


def main() -> None:
    """Run from the command line and count."""
    parser = argparse.ArgumentParser(description="Kill builds at random moments.")
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="liaoning-faults-") as root:
        # What a killed build leaves in the temporary folder goes with it.
        os.environ["TMPDIR"] = root
        # The semaphores of killed builds are cleared away in the end, with a warning about each that tells nothing new.
        os.environ["PYTHONWARNINGS"] = "ignore"
        kills = faults(given.times, given.seed, Path(root))
    places = Counter(kill.where for kill in kills)
    journals = sum("journal" in kill.found for kill in kills)
    print(
        f"{len(kills)} of {given.times} kills left a whole release and a green next build: {dict(sorted(places.items()))}"
    )
    print(f"the journal brought back the release {journals} times")


if __name__ == "__main__":
    main()
