"""The diff of two releases: what was lost, changed and added, and what caused it.

Belongs here: reading a release from a folder or a git revision (``side``, ``git``), pairing its rows with those of another
(``claims``, ``observations``, ``pairs``), telling the cause of a difference (``origins``, ``causes``, ``words``,
``reasons``), and its forms (``markdown``, ``terminal``, ``table``). Does not belong here: what a release is made of, and the rule of versions (``frozen``).
"""

from pipeline.publish.diff.diff import difference
from pipeline.publish.diff.model import Change, Difference
from pipeline.publish.diff.side import Side, SideUnreadable, open_side

__all__ = ["Change", "Difference", "Side", "SideUnreadable", "difference", "open_side"]
