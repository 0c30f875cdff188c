"""The pipeline and its peers on the same text, each alone on one pinned core. The peers live in ``.work/peers`` (make bench-peers)."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.corpus import write_folder
from benchmarks.documents import documents
from benchmarks.peer import PEERS
from benchmarks.sentences import ROOT
from benchmarks.stages import READING, measured

PYTHON = ROOT / ".work" / "peers" / "bin" / "python"
KINDS = ("policy", "report")
"""Plain text only: peers do not read HTML."""
SEED = 1


def beside_peers(count: int, repeat: int) -> dict[str, Any]:
    """By kind of text: ours (clean and extract) and each peer, and how many times as fast ours is."""
    return {kind: _on(kind, count, repeat) for kind in KINDS}


def _on(kind: str, count: int, repeat: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        folder, text = Path(scratch) / "corpus", Path(scratch) / "text.txt"
        size = write_folder(folder, documents(count, SEED, kind))
        text.write_text("\n".join(made.text for made in documents(count, SEED, kind)), encoding="utf-8")
        ours = measured(folder, repeat, READING)
        found: dict[str, Any] = {"documents": count, "bytes": size, "peers": {}}
        if "missing" in ours:
            return found | {"ours": ours}
        found["ours"] = ours["stages"]["end_to_end"] | {"found": ours["claims"], "peak_memory": ours["peak_memory"]}
        for name in PEERS:
            found["peers"][name] = _compared(_peer(name, text, repeat), found["ours"], size)
    return found


def _compared(told: dict[str, Any], ours: dict[str, Any], size: int) -> dict[str, Any]:
    if "missing" in told:
        return told
    ratio = told["cpu"] / ours["cpu"]
    return told | {"mb_per_s": float(f"{size / 1e6 / told['cpu']:.3g}"), "ours_times_as_fast": float(f"{ratio:.3g}")}


def _peer(name: str, text: Path, repeat: int) -> dict[str, Any]:
    # The bare pattern needs no package: it runs on our own Python, as ours does.
    python = Path(sys.executable) if PEERS[name][1] is None else PYTHON
    if not python.exists():
        return {"missing": "not there yet: make bench-peers"}
    command = [str(python), str(Path(__file__).with_name("peer.py")), name, str(text), str(repeat)]
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode:
        return {"missing": f"failed: {ran.stderr.strip().splitlines()[-1]}"}
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found
