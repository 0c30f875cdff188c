"""Which organisation, park, event or project begins to hold where in a sentence, and goes on from one to the next.

A figure is about a name (``names``) that opens its clause, or an earlier clause of its sentence, and is no item of a list; about a firm
or sight that its clause tells of without such a name; about the one that 公司 or 园区 stands for, or in whose words the passage speaks.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from pipeline.contract.late import Late
from pipeline.extract.about import GOES_ON, TELLS, TURNS, leads
from pipeline.extract.firms import FIRM_WORDS, firm_told
from pipeline.extract.frames import BREAK
from pipeline.extract.listed_names import listed_names
from pipeline.extract.model import STAYING, Name
from pipeline.extract.names import suffixes_standing
from pipeline.extract.sights import SIGHT_WORDS, sight_of
from pipeline.extract.speakers import Voice, says_we, voice_of

_THIS_FAIR = Late(
    r"^[\s　]*(?:本届|此届|该届|这届)[\u4e00-\u9fff]{0,6}?(?:博览会|交易会|大会|峰会|展会|展览会|[\u4e00-\u9fff][博交洽贸广]会|电影节|文化节)(?=[\u4e00-\u9fff])"
)
_AFTER_LIST = Late(r"^(?:、|[\u4e00-\u9fff]{0,4}等(?!级|于)|和|与|及)")
_COUNTED = Late(
    r"(?:总数|数量|总量)?(?:已|共|达到?|有|增至|增加到|发展到|建成|为|超过?|近|约|突破)*[\d一二两三四五六七八九十百]+[多余]?[个座处]"
)
_SAYS = Late(r"[\u4e00-\u9fff“]")


@cache
def _anaphor() -> tuple[re.Pattern[str], dict[str, str]]:
    """What stands for a name, and the kind of each word."""
    kinds = {row["suffix"]: row["kind"] for row in suffixes_standing("yes", "both")}
    words = sorted(kinds, key=len, reverse=True)
    found = re.compile(
        rf"^[\s　“]*(?:目前|如今|去年|今年)?[，,]?(?:该|本|这家|本届|本次|此次|这次|这届)?({'|'.join(words)})(?=[\u4e00-\u9fff])"
    )
    return found, kinds


def signs(carries: bool) -> tuple[str, ...]:
    """What a sentence without names holds where it is about a firm, and where it ``carries`` on also a sight, or what 公司 and 园区
    stand for."""
    return (*FIRM_WORDS, *SIGHT_WORDS, *sorted(_anaphor()[1])) if carries else FIRM_WORDS


def without_anaphor(text: str) -> str:
    """The words after 公司 or 园区 that stands for a name: 公司有员工 gives 有员工."""
    match = _anaphor()[0].match(text) or _THIS_FAIR.match(text)
    return text[match.end() :] if match else text


def _any_in(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def _holds(text: str, name: Name) -> bool:
    """Words follow the name, no number of it: a platform or park that is counted is no subject."""
    if name.kind == "park" and _COUNTED.match(text, name.end):
        return False
    return name.kind not in {"platform", "product"} or _SAYS.match(text, name.end) is not None


class Subjects:
    """The names met while a document is read, for 公司 and 园区 that stand for the one named last.

    ``carries``: a sentence without a name or place goes on about the one the sentence before it in its paragraph was about, as news does;
    ``firms`` and ``every``: where the text holds the ``signs`` of firms, and of all; ``item``: the one a whole piece of news is about."""

    def __init__(self, carries: bool, firms: Sequence[int], every: Sequence[int]) -> None:
        self.carries = carries
        self.awaited = every if carries else firms
        """Where the text holds what no sentence is without that tells of whom figures are, but for names."""
        self._signs = every
        self.last: dict[str, str] = {}
        self.item: tuple[str, str] | None = None
        self.held: tuple[str, str] | None = None
        self.main: tuple[str, str] | None = None
        self.voice: Voice | None = None

    def begin(self, text: str, start: int, end: int, names: list[Name]) -> None:
        """A passage begins, perhaps in the words of an organisation's own people."""
        goes_on = self.carries and GOES_ON.match(text, start, end) is not None
        self.held = self.main if goes_on else None
        self.main = self.main if goes_on else None
        self.voice = voice_of(text, start, end, names, self.last.get("company"))

    @property
    def awaits(self) -> bool:
        """Whom the passage is about is told already, and every sentence of it goes on with that or ends it."""
        told = self.voice is not None or self.held is not None or self.item is not None
        return self.carries and told

    def listens(self, start: int, end: int) -> bool:
        """A sentence that holds neither figure nor name may still change whom those behind it are about."""
        return self.awaits or _any_in(self.awaited, start, end)

    def pass_over(self, text: str, start: int, end: int, names: list[Name]) -> bool:
        """Remember the names of a sentence without figures; False where its clauses have to be looked at for that: it tells of a
        firm, or a name may reach over two."""
        if self.listens(start, end):
            return False
        if names and any(name.end > end or BREAK.search(text, name.start, name.end) for name in names):
            return False
        for name in names:
            self.last[name.kind] = name.text
        return True

    def of(
        self, text: str, clauses: tuple[tuple[int, int], ...], names: list[Name], placed: bool
    ) -> list[tuple[int, str | None, str]]:
        """Where in the sentence which subject begins to hold: (offset, subject or None, kind); ``placed`` where its first clause names a place."""
        found: list[tuple[int, str | None, str]] = []
        voice = self.voice
        if voice is not None and not voice.only_we and clauses[0][0] < voice.start < clauses[-1][1]:
            found.append((voice.start, voice.subject, voice.kind))
        elif voice is not None and not voice.only_we and voice.start <= clauses[0][0]:
            found.append((clauses[0][0], voice.subject, voice.kind))
        held = self.held or self.item
        if held and self.carries and not placed and not TURNS.match(text, clauses[0][0]):
            found.append((clauses[0][0], *held))
        self.held, before = None, ""
        speaks = voice is not None and voice.only_we
        begins = names or speaks or _any_in(self._signs, clauses[0][0], clauses[-1][1])
        for start, end in clauses if begins else ():
            signed = _any_in(self._signs, start, end)
            if voice is not None and voice.only_we and voice.start <= start and says_we(text[start:end]):
                found.append((start, voice.subject, voice.kind))
            here = [name for name in names if start <= name.start and name.end <= end]
            first = here[0] if here else None
            led = text[start : first.start] if first else ""
            if first is not None and leads(led, text[first.end : end + 1]) and _holds(text, first):
                told = TELLS.match(text, first.end) or _AFTER_LIST.match(text[first.end : end + 1])
                if first.kind != "government_body" and not told:
                    found.append((first.end, first.text, first.kind))
            elif signed and (firm := firm_told(text[start:end])):
                found.append((start + firm[0], firm[1], "company"))
                self.last["company"] = firm[1]
            elif signed and (sight := sight_of(text[start:end], before)):
                found.append((start + sight[0], sight[1], "park"))
            elif signed and (match := _anaphor()[0].match(text[start:end])):
                kind = _anaphor()[1][match[1]]
                if kind in self.last:
                    found.append((start, self.last[kind], kind))
            items = listed_names(text, start, here)
            found += [entry for entry in items if entry not in found]
            for name in here:
                self.last[name.kind] = name.text
            before = text[start:end]
        found.sort(key=lambda entry: entry[0])
        staying = [(name, kind) for _, name, kind in found if name and kind in STAYING]
        self.main = self.main or (staying[0] if staying else None)
        if staying and found[-1][1] == staying[-1][0]:
            self.held = staying[-1]
        return found
