"""Passages → numerals → claims: what one document says in figures, in its own words, and why a numeral is no claim.

Belongs here: the grammar, one module a step in the order a reader would work (numerals, units, bounds, ranges and lists, names that
hold digits; then times, places, subjects, indicators, measures, statements; claims; the ledger), and the JSON of a claim. Does not
belong here: changing text (``clean``), knowing another document, canonical indicators or comparisons (``normalise``). The words the
grammar knows are rows of ``seeds/tables``.
"""

from pipeline.extract.run import extractor_hash, run

__all__ = ["extractor_hash", "run"]
