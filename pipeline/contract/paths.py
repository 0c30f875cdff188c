"""Where the project's own files lie, from the place of this package; the only module that knows."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
TABLES = SEEDS / "tables"
DATA = ROOT / "data"
RELEASES = ROOT / "releases"
