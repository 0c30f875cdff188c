"""The cause of a difference, told by evidence: the document, a correction at that place, the registry, word tables, code.

In this order, and each only where the release's own rows and hashes prove it. Between tables and code, where both changed,
the words decide: a changed row that speaks of the figure, or else code. Where the words are not at hand nothing decides.
"""

from collections.abc import Iterable

from pipeline.publish.diff.figure import FIGURE
from pipeline.publish.diff.model import CAUSES, Cause
from pipeline.publish.diff.origins import Origins
from pipeline.publish.diff.side import Row, Side

NAMED = 3
"""Files that are named as evidence, at most."""
TEXT = ("indicator_text", "subject_text", "quote", "classifier")
IDENTIFIERS = ("unit", "region_id", "indicator_id", "organisation_id", "rule")


class Causes:
    """Answers for two releases."""

    def __init__(self, origins: Origins) -> None:
        self.origins = origins

    def of_claim(self, old: Row | None, new: Row | None) -> Cause:
        """Why a claim is there, is gone or says something else."""
        row = new or old
        assert row is not None
        source_id = row["source_id"]
        found = self.of_document(source_id) or self._correction(source_id, old, new)
        if found is None and old and new and all(old.get(column) == new.get(column) for column in FIGURE):
            found = self.of_registry(source_id)
        return found or self.of_pipeline("claims", self.text(old, new), _names(old, new))

    def of_document(self, source_id: str) -> Cause | None:
        """The document as the cause: new, withdrawn or with other bytes; None where it kept its bytes."""
        state = self.origins.documents.get(source_id, "same")
        if state == "same":
            return None
        hashes = [side.by("sources", "source_id").get(source_id, {}) for side in (self.origins.old, self.origins.new)]
        shown = " → ".join(str(row["sha256"])[:12] for row in hashes if row.get("sha256"))
        file = next((row["file"] for row in reversed(hashes) if row.get("file")), source_id)
        return Cause(f"{state}_document", f"{file}, sha256 {shown}")

    def of_pipeline(self, table: str, text: str, names: Iterable[str]) -> Cause:
        """Word tables or code as the cause of a difference in a row of ``table`` about which ``text`` and ``names`` speak."""
        origins = self.origins
        if origins.silent:
            return Cause("undecided", f"{origins.silent} does not say what it was made from")
        tables, code = origins.tables, origins.code(table)
        rows = tables.speaking_of(text, names) if tables.files else []
        if tables.files and (rows or not code):
            also = f"; code changed as well: {_listed(code)}" if code else ""
            return Cause("table", (", ".join(rows) or _listed(tables.files)) + also)
        if code and tables.files and not text:
            return Cause(
                "undecided", f"code changed ({_listed(code)}), and tables; the release holds no words of the document"
            )
        if code and tables.files and tables.unknown:
            said = f"code changed ({_listed(code)}), and tables whose rows are not at hand ({_listed(tables.unknown)})"
            return Cause("undecided", said)
        if code:
            none = "; no changed row of a table speaks of it" if tables.files else ""
            return Cause("code", _listed(code) + none)
        if origins.corrections:
            return Cause("correction", _listed(name for names in origins.corrections.values() for name in names))
        if rest := origins.code("") or origins.registered:
            return Cause("code" if origins.code("") else "registry", _listed(rest))
        return Cause("undecided", "nothing that the manifests record differs")

    def of_seed(self, table: str, key: str) -> Cause | None:
        """The word table as the cause of a row that is copied from it; None where that table kept its bytes."""
        return Cause("table", f"{table}.csv: {key}") if f"{table}.csv" in self.origins.seeds else None

    def of_registry(self, source_id: str) -> Cause | None:
        """What the registry says of the document as the cause; None where it says the same. It moves no figure."""
        columns = self.origins.registered.get(source_id)
        return Cause("registry", f"{source_id}: {', '.join(columns)}") if columns else None

    def _correction(self, source_id: str, old: Row | None, new: Row | None) -> Cause | None:
        """A changed correction whose edit lies in the claim's passage, or that marks or clears its fault."""
        names = self.origins.corrections.get(source_id, ())
        here = [name for name in names if any(self._edited(side, row, name) for side, row in self._both(old, new))]
        if not here and bool((old or {}).get("fault")) != bool((new or {}).get("fault")):
            here = [name for name in names if any(self._marked(side, row, name) for side, row in self._both(old, new))]
        return Cause("correction", ", ".join(here)) if here else None

    def _both(self, old: Row | None, new: Row | None) -> list[tuple[Side, Row]]:
        """Each release with the claim as it has it; the partner's place stands in where a release lacks the claim."""
        present = old or new
        assert present is not None
        return [(self.origins.old, old or present), (self.origins.new, new or present)]

    def _edited(self, side: Side, claim: Row, name: str) -> bool:
        start, end = self._passage(side, claim)
        wanted = f"correction:{name}"
        return any(
            edit["source_id"] == claim["source_id"]
            and edit["raw_start"] < end
            and edit["raw_end"] > start
            and wanted in edit["rule"].split("+")
            for edit in side.rows.get("edits", ())
        )

    def _marked(self, side: Side, claim: Row, name: str) -> bool:
        """Whether the faulty characters of a correction stand in the claim's quote."""
        rows = side.rows.get("corrections", ())
        mine = [row for row in rows if row["correction_id"] == name and row["source_id"] == claim["source_id"]]
        return any(row["wrong"] in (claim.get("quote") or claim["numeral"]) for row in mine)

    def _passage(self, side: Side, claim: Row) -> tuple[int, int]:
        """Where the claim's passage lies in the raw text; the claim itself where the release does not say."""
        passage = side.by("passages", "passage_id").get(claim.get("passage_id"))
        ends = (passage["raw_start"], passage["raw_end"]) if passage else (claim["raw_start"], claim["raw_end"])
        return min(ends[0], claim["raw_start"]), max(ends[1], claim["raw_end"])

    def text(self, old: Row | None, new: Row | None) -> str:
        """The words that may have decided a claim: its own, its sentence and the headings above it."""
        said = []
        for side, row in ((self.origins.old, old), (self.origins.new, new)):
            if row:
                passage = side.by("passages", "passage_id").get(row.get("passage_id"), {})
                sentence = row.get("context") or passage.get("text")
                said += [*(row.get(column) for column in TEXT), sentence, passage.get("section_path")]
        return "\n".join(str(words) for words in said if words)


def first(causes: Iterable[Cause]) -> Cause | None:
    """The surest of several causes, as :data:`CAUSES` ranks them; None of none."""
    return min(causes, key=lambda cause: (CAUSES.index(cause.code), cause.evidence), default=None)


def _names(*rows: Row | None) -> set[str]:
    return {str(row[column]) for row in rows if row for column in IDENTIFIERS if row.get(column)}


def _listed(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" and {len(listed) - NAMED} more" if len(listed) > NAMED else ""
    return ", ".join(listed[:NAMED]) + more
