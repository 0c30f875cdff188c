"""A small repository of its own, in which one thing can be changed and a release built again, without the gates.

It holds a copy of the pipeline and of the word tables, and two invented documents, so that a planted change of a table, a
correction or a line of code is a real one.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from pipeline.contract.paths import ROOT

NOTICE = """\
关于河湾数字设施建设的通报
2021年末，辽宁省建成5G基站12345个，数字经济增加值占GDP比重达到38%。
到2025年，辽宁省5G基站达到30000个以上，数字经济增加值占GDP比重超过45%。
"""
REPORT = """\
数字设施半年简报
2022年末，辽宁省建成5G基站15678个。
2022年末，沈阳市5G基抬达到8012个。
"""
REGISTRY = """\
file,title,publisher,publisher_type,published,region_id,licence,evidence_policy
notice.txt,关于河湾数字设施建设的通报,某厅,government,2022-03-01,210000,CC0-1.0,full
report.txt,数字设施半年简报,某厅,government,2023-02-01,210000,CC0-1.0,full
"""
STEPS = """\
import sys
from pathlib import Path
import pyarrow as pa
from pipeline import clean, extract, ingest, normalise, publish
from pipeline.contract import build
from pipeline.publish.candidate import write_candidate

sources, out = Path(sys.argv[1]), Path(sys.argv[2])
made = dict(ingest.run(sources))
aside = [made.pop("quarantine")]
for stage, reads in (
    (clean, ("sources", "documents")),
    (extract, ("sources", "documents", "edits", "passages")),
    (normalise, ("sources", "documents", "edits", "passages", "claims")),
):
    found = dict(stage.run(*(made[name] for name in reads)))
    aside.append(found.pop("quarantine"))
    made |= found
made |= publish.run(aside) | {"quality": build("quality", [])}
write_candidate(made, out, {"sources.csv": sources / "sources.csv"})
"""


class Workshop:
    """The small repository; ``build`` makes a release of it as it stands."""

    def __init__(self, root: Path) -> None:
        self.root, self.sources = root, root / "in"

    @classmethod
    def lay_out(cls, root: Path) -> "Workshop":
        """Copies and documents, committed to a git of their own."""
        ours = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(ROOT / "pipeline", root / "pipeline", ignore=ours)
        shutil.copytree(ROOT / "seeds" / "tables", root / "seeds" / "tables", ignore=ours)
        (root / "seeds" / "corrections.yaml").write_text("corrections: []\n", encoding="utf-8")
        (root / "requirements").mkdir()
        (root / "requirements" / "runtime.txt").write_text("# none\n", encoding="utf-8")
        found = cls(root)
        found.sources.mkdir()
        for name, text in (("notice.txt", NOTICE), ("report.txt", REPORT), ("sources.csv", REGISTRY)):
            (found.sources / name).write_text(text, encoding="utf-8")
        (root / "build.py").write_text(STEPS, encoding="utf-8")
        return found

    def copy(self, root: Path) -> "Workshop":
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        return Workshop(root)

    def edit(self, name: str, before: str, after: str) -> None:
        """Replace words that stand in a file exactly once."""
        path = self.root / name
        text = path.read_bytes().decode("utf-8")
        assert text.count(before) == 1, f"{name}: {before}"
        path.write_bytes(text.replace(before, after).encode("utf-8"))

    def build(self, name: str = "data") -> Path:
        """A release in the folder of that name, in a process of its own: tables are read once a process."""
        out = self.root / name
        shutil.rmtree(out, ignore_errors=True)
        command = [sys.executable, "-P", str(self.root / "build.py"), str(self.sources), str(out)]
        environment = {"PYTHONPATH": str(self.root), "PATH": ""}
        ran = subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        return out

    def git(self, *arguments: str) -> None:
        who = ("-c", "user.name=tester", "-c", "user.email=tester@example.invalid", "-c", "core.autocrlf=false")
        subprocess.run(["git", *who, *arguments], cwd=self.root, check=True, capture_output=True)

    def commit(self) -> None:
        """All that is there becomes a revision."""
        self.git("init", "-q", ".")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "a release")
