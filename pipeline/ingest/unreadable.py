"""Why something could not be read: one exception, one row of ``quarantine``."""

from typing import Any


class UnreadableError(Exception):
    """A file or a row of the registry that cannot be taken.

    ``reason`` is a code of the list ``quarantine_reason``; ``detail`` says what was found, ``advice`` what to do about it.
    """

    def __init__(self, reason: str, detail: str, advice: str) -> None:
        super().__init__(f"{detail}; {advice}")
        self.reason = reason
        self.detail = detail
        self.advice = advice

    def row(self, file: str) -> dict[str, Any]:
        """The row of ``quarantine`` for a file, or for ``sources.csv:<line>``."""
        return {"file": file, "stage": "ingest", "reason": self.reason, "detail": self.detail, "advice": self.advice}


class SourcesError(ValueError):
    """The folder of sources as a whole cannot be used; the message is one line: what, why, what to do."""
