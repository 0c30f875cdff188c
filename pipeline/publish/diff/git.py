"""Files as git keeps them: the little of it that a diff needs. Where git or the clone is missing, there are none."""

import io
import subprocess
import tarfile
from pathlib import Path

from pipeline.contract.paths import ROOT


def commit(revision: str, root: Path = ROOT) -> str | None:
    """The commit that a revision names; None where it names none."""
    told = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return told.decode().strip() if told else None


def folder(at: str, name: str, root: Path = ROOT) -> dict[str, bytes]:
    """The files of the flat folder ``name`` at a commit, by file name; none where it is not there."""
    packed = _git(root, "archive", "--format=tar", at, "--", name)
    found = {}
    if packed:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            for member in archive:
                content = archive.extractfile(member)
                if content:
                    found[Path(member.name).name] = content.read()
    return found


def versions(name: str, root: Path = ROOT) -> list[bytes]:
    """Every content that the file ``name`` ever had in the history at hand, each once."""
    told = _git(root, "rev-list", "--all", "--", name) or b""
    blobs = {_git(root, "rev-parse", "--verify", "--quiet", f"{at}:{name}") for at in told.decode().split()}
    found = (_git(root, "cat-file", "blob", blob.decode().strip()) for blob in sorted(blob for blob in blobs if blob))
    return [content for content in found if content is not None]


def _git(root: Path, *arguments: str) -> bytes | None:
    try:
        ran = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except OSError:
        return None
    return ran.stdout if ran.returncode == 0 else None
