"""Why a number became its claim, or none: every step from the raw character on, for ``liaoning explain``.

Nothing is decided here: the document is read again by the functions that make the tables, and what they say of one place is
worded. What a rule means is a row of ``seeds/tables/rules.csv``.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.clean.text import Edit, Text
from pipeline.contract.seed import seed_rows
from pipeline.extract.blocks import Block, blocks, laid_out
from pipeline.extract.claims import Reader
from pipeline.extract.confidence import BASE, VERSION, factors_of
from pipeline.extract.frames import Sentence, lay_out
from pipeline.extract.grid import Figure, figures
from pipeline.extract.measures import measure_cues
from pipeline.extract.model import Claim, Meta, Quantity
from pipeline.extract.periods import Time, find_times
from pipeline.extract.proof import unproven_claims
from pipeline.extract.quantities import read
from pipeline.extract.scanner import numeral_runs
from pipeline.extract.statements import cues_of
from pipeline.extract.table_units import unit_told

AROUND = 16
"""Characters of raw text shown on either side of the numeral."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation: the step's name, and what it found."""

    name: str
    found: str


@cache
def meanings() -> Mapping[tuple[str, str], str]:
    """(step, rule) to what the rule means."""
    return {(row["step"], row["rule"]): row["meaning"] for row in seed_rows("rules")}


def rules_of(rule: str) -> tuple[tuple[str, str], ...]:
    """The parts of ``claims.rule``, each with its step.

    >>> rules_of("unit/growth/period/year")
    (('quantity', 'unit'), ('measure', 'growth'), ('statement', 'period'), ('period', 'year'))
    """
    return tuple(zip(("quantity", "measure", "statement", "period"), rule.split("/"), strict=True))


class Explained:
    """One document read again. ``tables``: what ingest, clean and extract made of this document alone."""

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        self.tables = tables
        edits = tables["edits"].to_pylist()
        self.text = Text(
            tables["documents"]["text"][0].as_py(),
            tuple(Edit(row["raw_start"], row["raw_end"], row["replacement"] or "", row["rule"]) for row in edits),
        )
        source = tables["sources"].to_pylist()[0]
        self.passages = laid_out(tables["passages"]).get(source["source_id"], [])
        meta = Meta(source["document_type"], source["published"], source["region_id"], source["title"])
        self.reader = Reader(meta, self.text.clean, self.passages)
        self.found = sorted(self.reader.read(), key=lambda entry: entry.quantity.start)
        self.runs = numeral_runs(self.text.raw)

    def steps(self, at: int | None, quote: str | None) -> Iterator[Step]:
        """The steps for the numeral run at raw offset ``at``, or for the first one in the first ``quote`` of the raw text.

        Raises ValueError where the quote does not occur or no numeral stands there; the message names the nearest one.
        """
        start, end = self._run(at, quote)
        raw = self.text.raw
        before, after = _line(raw[max(0, start - AROUND) : start]), _line(raw[end : end + AROUND])
        yield Step("raw", f"{before}⟦{raw[start:end]}⟧{after} at {start}")
        for edit in self.text.edits_over(start, end):
            became = f"becomes {edit.replacement!r}" if edit.replacement else "is taken out"
            yield Step("edit", f"{_line(raw[edit.start : edit.end])!r} {became}, by {edit.rule}")
        entry = next(row for row in self.tables["numerals"].to_pylist() if row["raw_start"] == start)
        yield from self._passage(self.text.to_clean(start))
        if entry["claim_id"] is None:
            yield from self._no_claim(self.text.to_clean(start), entry["reason"])
        else:
            yield from self._claim(entry["claim_id"])

    def _run(self, at: int | None, quote: str | None) -> tuple[int, int]:
        begin, end = at or 0, (at or 0) + 1
        if quote is not None:
            begin = self.text.raw.find(quote)
            end = begin + len(quote)
            if not quote or begin < 0:
                raise ValueError(f"{quote!r} does not occur as printed; name the offset with --at")
        run = next(((start, stop) for start, stop in self.runs if begin < stop and start < end), None)
        if run is None:
            raise ValueError(self._nearest(begin))
        return run

    def _nearest(self, at: int) -> str:
        if not self.runs:
            return "the document holds no numeral"
        start, end = min(self.runs, key=lambda run: (max(run[0] - at, at - run[1] + 1), run))
        return f"no numeral stands at offset {at}; the nearest is {self.text.raw[start:end]} at {start}"

    def _passage(self, place: int) -> Iterator[Step]:
        passage = next((p for p in self.passages if p.start <= place < p.end), None)
        if passage is not None:
            under = f", under {passage.section_path}" if passage.section_path else ""
            yield Step("passage", f"{passage.passage_id.split('/')[-1]}, a {passage.kind}{under}")

    def _no_claim(self, place: int, reason: str) -> Iterator[Step]:
        """Which exclusion or borderline rule left the numeral without a claim, or that nothing read it."""
        reading, clean = read(self.text.clean), self.text.clean
        for out in reading.exclusions:
            if out.start <= place < out.end:
                yield Step("excluded", f"{clean[out.start : out.end]} by rule {out.rule}: {_excluded(out.rule)}")
        skipped = [entry.quantity for entry in self.found if entry.claim is None]
        for quantity in dict.fromkeys((*skipped, *(q for q in reading.quantities if q.borderline))):
            if quantity.start <= place < quantity.end:
                rule = quantity.rule.removeprefix("borderline:")
                told = meanings()["borderline", rule]
                yield Step("borderline", f"{clean[quantity.start : quantity.end]} by rule {rule}: {told}")
        if any(numeral.start <= place < numeral.end for numeral in reading.leftovers):
            yield Step("no unit", "a numeral that neither a unit nor a word around it makes a figure")
        names = {row["code"]: row["definition_en"] for row in seed_rows("codes") if row["list"] == "numeral_reason"}
        yield Step("no claim", f"{reason}: {names[reason]}")

    def _claim(self, claim_id: str) -> Iterator[Step]:
        claims = self.tables["claims"]
        row = claims.filter(pc.equal(claims["claim_id"], claim_id))
        (told,) = row.to_pylist()
        entry = next(e for e in self.found if e.claim is not None and self._place(e.quantity) == _span(told))
        assert entry.claim is not None
        rules = {step: f"rule {rule}: {meanings()[step, rule]}" for step, rule in rules_of(told["rule"])}
        yield from self._quantity(entry.quantity, rules["quantity"])
        if cell := self._cell(entry.quantity):
            yield from self._in_table(*cell, entry.claim, rules)
        else:
            yield from self._in_sentence(entry.quantity, entry.claim, rules)
        region = next((r["name_zh"] for r in seed_rows("regions") if r["region_id"] == told["region_id"]), None)
        yield Step("region", f"{told['region_id']} {region}" if region else _no_region(told["subject_text"]))
        yield Step("subject", told["subject_text"] or "none: the figure is that of a place")
        yield Step("indicator", told["indicator_text"] or "none found")
        factors = "".join(f" × {factor} ({name})" for name, factor in factors_of(entry.quantity))
        yield Step("confidence", f"{told['confidence']:.2f} = {BASE}{factors}, version {VERSION}")
        unproven = list(unproven_claims(self.tables["documents"], self.tables["edits"], self.tables["sources"], row))
        yield Step("read again", "another value, bound or unit" if unproven else "the same value, bound and unit")

    def _place(self, quantity: Quantity) -> tuple[int, int]:
        return self.text.to_raw(quantity.start, quantity.end)

    def _cell(self, quantity: Quantity) -> tuple[Figure, Block] | None:
        """The figure of a table at a quantity, and its table; None for running text, also that of a cell of words."""
        for block in blocks(self.text.clean, self.passages):
            if isinstance(block, Block) and block.passages[0].start <= quantity.start < block.passages[-1].end:
                for figure in figures(self.text.clean, block.rows):
                    if figure.cell.start <= quantity.start < figure.cell.end:
                        return figure, block
        return None

    def _quantity(self, quantity: Quantity, rule: str) -> Iterator[Step]:
        clean = self.text.clean
        yield Step("quantity", f"{clean[quantity.start : quantity.end]}, numeral {quantity.numeral}, by {rule}")
        ends = [
            f"{number.normalize():f}" for number in (quantity.value, quantity.low, quantity.high) if number is not None
        ]
        resolution = "" if quantity.resolution is None else f", printed to {quantity.resolution.normalize():f}"
        yield Step("value", (" to ".join(ends) or "none") + resolution)
        yield Step("unit", quantity.unit + (f", classifier {quantity.classifier}" if quantity.classifier else ""))
        sides = (
            ("before", clean[quantity.reading_start : quantity.start].strip()),
            ("after", clean[quantity.end : quantity.reading_end].strip()),
        )
        words = ", ".join(f"{words} {side} it" for side, words in sides if words)
        yield Step("bound", quantity.bound + (f"; read with {words}" if words else ""))

    def _in_sentence(self, quantity: Quantity, claim: Claim, rules: Mapping[str, str]) -> Iterator[Step]:
        """Measure, statement and period, with the cue words of the clause up to the figure and of the sentence."""
        clean, sentence = self.text.clean, self._sentence(claim)
        slot = next(slot for slot in sentence.slots if slot.quantity == quantity)
        yield _measure(claim, rules["measure"], clean[slot.clause_start : quantity.start])
        cues = _listed(f"{hit.word} ({hit.row['statement']})" for hit in cues_of(sentence.text))
        yield Step("statement", f"{claim.statement}, by {rules['statement']}{cues}")
        times = find_times(clean, sentence.start, sentence.end, self.reader.clock)
        yield _period(claim, rules["period"], [(clean[time.start : time.end], time) for time in times])

    def _in_table(self, figure: Figure, block: Block, claim: Claim, rules: Mapping[str, str]) -> Iterator[Step]:
        """Cell, label, heads and captions of a figure; measure, statement and period, which they tell."""
        yield Step("cell", f"{figure.cell.text}, in the row {figure.label or '(no label)'}")
        yield Step("head", " | ".join(head or "(empty)" for head in figure.heads))
        over = [*block.captions, *figure.notes, *([figure.group] if figure.group else [])]
        yield Step("caption", " | ".join(over) or "none")
        yield Step("table unit", unit_told(figure, block.captions) or "none told around the cell")
        yield _measure(claim, rules["measure"], figure.label + figure.heads[0])
        yield Step("statement", f"{claim.statement}, by {rules['statement']}")
        yield _period(claim, rules["period"], [])

    def _sentence(self, claim: Claim) -> Sentence:
        """The sentence of a claim with the quantities in it."""
        starts = [entry.quantity.start for entry in self.found]
        first, last = bisect_left(starts, claim.sentence_start), bisect_left(starts, claim.sentence_end)
        inside = [entry.quantity for entry in self.found[first:last]]
        return lay_out(self.text.clean, claim.sentence_start, claim.sentence_end, inside)


def _measure(claim: Claim, rule: str, window: str) -> Step:
    against = f", against {claim.reference}" if claim.reference else ""
    cues = _listed(f"{hit.word} ({hit.row['cue']})" for hit in measure_cues(window))
    return Step("measure", f"{claim.measure}, basis {claim.basis}{against}, by {rule}{cues}")


def _period(claim: Claim, rule: str, times: list[tuple[str, Time]]) -> Step:
    period = f"{claim.period.text} ({claim.period.kind})" if claim.period else "none"
    named = _listed(f"{words} ({'only compared with' if time.base else time.period.text})" for words, time in times)
    return Step("period", f"{period}, by {rule}{named}")


def _span(claim: Mapping[str, Any]) -> tuple[int, int]:
    return claim["raw_start"], claim["raw_end"]


def _excluded(rule: str) -> str:
    """Why a pattern or word is no quantity."""
    return {row["rule"]: row["why"] for row in seed_rows("name_patterns")}.get(rule) or meanings()["exclusion", rule]


def _no_region(subject: str | None) -> str:
    return "none: the figure is that of its subject" if subject else "none is known"


def _listed(words: Iterator[str]) -> str:
    told = "、".join(words)
    return f"; words there: {told}" if told else ""


def _line(text: str) -> str:
    return text.replace("\n", "⏎")
