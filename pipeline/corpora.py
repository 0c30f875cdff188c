"""The annotated documents that accuracy is recorded on: which corpora there are, where they lie, and a score of one.

Belongs here: what a file of annotations is of. How claims are counted stands in ``score``, what is kept of it in ``recorded``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.contract.paths import ROOT, SEEDS
from pipeline.score import Score, find_document, read_annotations, score
from pipeline.single import kind_and_claims

ANNOTATED = ROOT / "tests" / "annotated"
WHOLE = "all"
"""Kind of document under which all documents of a corpus are counted together."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """One corpus, a code of ``evaluation_corpus``: the folders of its annotations and of its documents, in this repository."""

    name: str
    gold: Path
    documents: Path

    def files(self) -> list[Path]:
        """Its files of annotations, sorted."""
        return sorted(self.gold.glob("*.jsonl"))


REAL = "real"
"""The corpus of any annotations that lie elsewhere: real documents are other people's texts, so none is in the repository."""
OWN = (
    Corpus("digest", ROOT / "tests" / "gold", SEEDS / "documents"),
    Corpus("invented_development", ANNOTATED / "development" / "gold", ANNOTATED / "development"),
    Corpus("invented_held_out", ANNOTATED / "held_out" / "gold", ANNOTATED / "held_out"),
)


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of documents by name, and by kind of document."""

    documents: Mapping[str, Score]
    kinds: Mapping[str, Score]

    def with_whole(self) -> dict[str, Score]:
        """Scores by kind, and of all kinds together under WHOLE."""
        whole = Score()
        for scored in self.kinds.values():
            whole.join(scored)
        return {WHOLE: whole, **self.kinds}


def own(gold: Sequence[Path]) -> Corpus | None:
    """The corpus of this repository that the annotations are of; None for others. Raises ValueError for a mixture."""
    found = {next((one for one in OWN if path.resolve().parent == one.gold.resolve()), None) for path in gold}
    if len(found) > 1:
        names = ", ".join(sorted(one.name if one else REAL for one in found))
        raise ValueError(f"annotations of several corpora ({names}): score one at a time")
    return found.pop()


def unnamed(corpus: Corpus, gold: Sequence[Path]) -> list[str]:
    """Names of the corpus's annotations that are not among those given."""
    given = {path.resolve() for path in gold}
    return [path.name for path in corpus.files() if path.resolve() not in given]


def score_gold(gold: Sequence[Path], folders: Sequence[Path] = ()) -> Scored:
    """Extract every annotated document and score it; ``folders`` hold the documents, else they are looked for around the gold.

    Raises ValueError where annotations cannot be read or a document is not found, ProblemError where it cannot be read.
    """
    documents: dict[str, Score] = {}
    kinds: dict[str, Score] = {}
    for name, lines in sorted(read_annotations(gold).items()):
        path = find_document(name, gold, folders)
        if path is None:
            raise ValueError(f"{name}: annotated, but not found; name its folder with --documents")
        kind, claims = kind_and_claims(path)
        documents[name] = score(lines, claims)
        kinds.setdefault(kind, Score()).join(documents[name])
    return Scored(documents, kinds)
