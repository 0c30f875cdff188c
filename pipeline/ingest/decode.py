"""Bytes → text: which encoding it is, and what could not be decoded.

The ladder: byte-order mark; UTF-16 without one, told by its high bytes; strict UTF-8; then GB18030, Big5 or damaged
UTF-8, whichever reads most like Chinese. "Like Chinese" is the share of characters of ``frequent_characters.csv``, the
ones that make up 9 of 10 characters in government prose: text read in the wrong encoding is full of rare ones.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from pipeline.contract.seed import seed_rows
from pipeline.ingest.unreadable import UnreadableError

REPLACEMENT = "\ufffd"
SAMPLE = 1 << 18  # bytes looked at to find the encoding: enough for a page whose head is all script
LEAST_LIKENESS = 0.2  # right readings of Chinese have 0.6 to 1.0, wrong ones below 0.1
MOST_JUNK = 0.05  # above this share of undecodable or unprintable characters a reading is worth nothing
DAMAGE_WEIGHT = 20  # one damaged character in a hundred costs as much as twenty rare ones

# The codec behind a code of the list ``encoding``. HKSCS is Big5 with the characters that Hong Kong adds.
CODECS = {"big5": "big5hkscs"}
MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
UTF_32_MARKS = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
# Beginnings of files that are no text whatever their name says.
SIGNATURES = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "ZIP (DOCX, XLSX, OFD …)",
    b"\xd0\xcf\x11\xe0": "DOC or XLS",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
CONTROL_BYTES = bytes(code for code in range(0x80) if CONTROL.match(chr(code)))
SURROGATE = re.compile("[\ud800-\udfff]")
SAVE_AS_TEXT = "save it as a text file in UTF-8"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without byte-order mark, newlines untouched; ``replaced`` counts the U+FFFD that stand for damaged bytes."""

    text: str
    encoding: str
    replaced: int


def decode(data: bytes) -> Decoded:
    """The text of a file. Raises UnreadableError (empty, binary, undecodable), nothing else, whatever the bytes."""
    if not data:
        raise UnreadableError("empty", "the file has no bytes", "remove it, or fetch it again")
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableError("binary", f"the file is {kind}, not text", SAVE_AS_TEXT)
    if data.startswith(UTF_32_MARKS):
        raise UnreadableError("undecodable", "the text is UTF-32", SAVE_AS_TEXT)
    encoding = _marked(data) or _guessed(data)
    text, replaced = _text(data, encoding)
    text = text.lstrip("\ufeff")
    if not text.strip().strip("\0"):
        raise UnreadableError("empty", "the file holds white space only", "remove it, or fetch it again")
    if replaced > MOST_JUNK * len(text):
        raise UnreadableError("undecodable", f"{replaced} of {len(text)} characters are damaged", "fetch it again")
    return Decoded(text, encoding, replaced)


def likeness(text: str) -> float:
    """How much a reading looks like Chinese text: at most 1, below 0 for a damaged one.

    >>> likeness("全省经济发展") > 0.9 > 0.2 > likeness("臃恓羲乶")
    True
    """
    foreign = [c for c in text if c > "\x7f" and c != REPLACEMENT]
    frequent = _frequent()
    share = sum(c in frequent for c in foreign) / len(foreign) if foreign else 1.0
    return share - DAMAGE_WEIGHT * text.count(REPLACEMENT) / max(1, len(text))


@cache
def _frequent() -> frozenset[str]:
    return frozenset("".join(row["hans"] + row["hant"] for row in seed_rows("frequent_characters")))


def _marked(data: bytes) -> str | None:
    """The encoding a byte-order mark tells, unless what follows it is noise."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            if _junk(_sample(data, encoding)) > MOST_JUNK:
                raise UnreadableError(
                    "undecodable", f"marked as {encoding}, but it does not read as that", SAVE_AS_TEXT
                )
            return encoding
    return None


def _guessed(data: bytes) -> str:
    head = data[:SAMPLE]
    utf_8 = _is_utf_8(data)
    controls = len(head) - len(head.translate(None, CONTROL_BYTES))
    wide = _wide(head) if not utf_8 or controls else None
    if wide:
        return wide
    if controls > MOST_JUNK * len(head):
        raise UnreadableError(
            "binary", f"{controls} of the first {len(head)} bytes are control characters", SAVE_AS_TEXT
        )
    if utf_8:
        return "utf-8"
    # In this order: of equal readings the first is taken.
    likely = [(likeness(_sample(data, encoding)), encoding) for encoding in ("utf-8", "gb18030", "big5")]
    best, encoding = max(likely, key=lambda reading: reading[0])
    if best < LEAST_LIKENESS:
        raise UnreadableError("undecodable", "reads as none of UTF-8, UTF-16, GB18030, Big5", SAVE_AS_TEXT)
    return encoding


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is the high byte of a Chinese character, a mark or a Latin letter."""
    for encoding, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        usual = sum(0x4E <= byte <= 0x9F or byte in (0x00, 0x20, 0x30, 0xFF) for byte in high)
        if usual > 0.95 * len(high) and len(high):
            text = _sample(head, encoding)
            if likeness(text) >= LEAST_LIKENESS and _junk(text) <= MOST_JUNK:
                return encoding
    return None


def _sample(data: bytes, encoding: str) -> str:
    """The head of the file in an encoding; a character that the cut goes through is left off."""
    decoder = codecs.getincrementaldecoder(CODECS.get(encoding, encoding))("replace")
    return decoder.decode(data[:SAMPLE], final=len(data) <= SAMPLE)


def _junk(text: str) -> float:
    """Share of characters no text has: damaged, control, unassigned, private use."""
    junk = sum(c == REPLACEMENT or unicodedata.category(c) in ("Cn", "Co", "Cs") for c in text) + len(
        CONTROL.findall(text)
    )
    return junk / max(1, len(text))


def _text(data: bytes, encoding: str) -> tuple[str, int]:
    """Text and number of replacements; U+FFFD that the file itself holds is not counted."""
    codec = CODECS.get(encoding, encoding)
    try:
        text, replaced = data.decode(codec), 0
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
        replaced = text.count(REPLACEMENT) - data.decode(codec, "ignore").count(REPLACEMENT)
    if codec.startswith("utf-8"):  # which knows no surrogates
        return text, replaced
    text, surrogates = SURROGATE.subn(REPLACEMENT, text)
    return text, replaced + surrogates
