"""Document → clean text, headings and passages, each character traceable to the raw text.

Belongs here: rules that change text through recorded edits (``text.Text``), one module a kind of fault, in the order that
``document`` gives them; the headings, passages, sentences and clauses of the result. Does not belong here: reading a
number (``extract``), knowing another document (``normalise``), or cutting text to what may be passed on (``publish``).
The words that rules look for are rows of ``seeds/tables``: furniture_lines, notice_openers, byline_marks, heading_marks,
script_overlay, unit_heads; and of ``seeds/corrections.yaml``.
"""

from pipeline.clean.document import clean_document, clean_fragment
from pipeline.clean.headings import Heading
from pipeline.clean.passages import Passage, heading_list, passages
from pipeline.clean.run import run, texts_of
from pipeline.clean.sentences import clauses, sentences
from pipeline.clean.text import Edit, Text

__all__ = [
    "Edit",
    "Heading",
    "Passage",
    "Text",
    "clauses",
    "clean_document",
    "clean_fragment",
    "heading_list",
    "passages",
    "run",
    "sentences",
    "texts_of",
]
