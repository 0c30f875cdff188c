"""Claims of one document: its passages read from top to bottom, each quantity with what its clause, sentence and section say."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.blocks import Block, blocks
from pipeline.extract.confidence import confidence_of
from pipeline.extract.cues import Hit
from pipeline.extract.currencies import currency_of
from pipeline.extract.days import crossed
from pipeline.extract.frames import Sentence, Slot, lay_out, sentences_of
from pipeline.extract.governing import Governing, document_period, report_year
from pipeline.extract.indicators import indicator_of
from pipeline.extract.measures import Measure, measure_of
from pipeline.extract.model import Claim, Passage, Period, Quantity
from pipeline.extract.pairs import Pair, pairs_of, span_of, start_of
from pipeline.extract.periods import Clock, Time
from pipeline.extract.places import TAIWAN, Place, find_places, within
from pipeline.extract.projects import project_of
from pipeline.extract.quantities import find_quantities
from pipeline.extract.series import place_of
from pipeline.extract.statements import (
    Mood,
    Setting,
    cues_of,
    heading_statement,
    mood_of,
    stance_of,
    statement_of,
    tells_programme,
)
from pipeline.extract.subjects import Name, Subjects, find_names, loosened, subject_at, titles
from pipeline.extract.tables import Setup, table_claims
from pipeline.extract.topics import Topic, heading_topic, opening_of, spoken_in
from pipeline.extract.whereabouts import Where, Whereabouts, where_at


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of the document before it is read."""

    document_type: str
    published: str | None
    region_id: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A claim with its passage; or a borderline quantity, which gives none."""

    passage: Passage
    claim: Claim | None
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Around:
    """What a sentence holds that its figures share: times, places, where they hold, names, cues of statement."""

    setting: Setting
    times: list[Time]
    places: list[Place]
    where: list[Where]
    about: list[tuple[int, str | None, str]]
    cues: list[Hit]
    pairs: list[Pair]


class Reader:
    """Reads one document. ``text`` is its clean text."""

    def __init__(self, meta: Meta, text: str, passages: Sequence[Passage]) -> None:
        self.meta, self.text, self.passages = meta, text, passages
        self.clock = Clock(
            meta.published, report_year(meta.title, meta.document_type), within(meta.region_id, "province") == TAIWAN
        )
        self.currency = currency_of(meta.region_id)
        every = find_places(text, [], meta.region_id, all_names=True)
        self.names = find_names(text, every)
        taken = _merge([(n.start, n.end) for n in self.names] + titles(text))
        self.places = find_places(text, taken, meta.region_id)
        self._place_starts = [place.start for place in self.places]
        self._name_starts = [name.start for name in self.names]
        self.governing = Governing(self.clock)
        self.whereabouts = Whereabouts(meta.region_id)
        self.subjects = Subjects({})
        self.headings: dict[int, str] = {}
        self.default = document_period(meta.title, text[:400], meta.document_type, self.clock)
        year = self.clock.published[:4] if self.clock.published else ""
        ahead = self.default is not None and self.default.text >= year
        self.programme = ahead and tells_programme((meta.title or "") + text[:400])
        self.moods = {p.section_path: Mood() for p in passages}
        self.passage_moods = {p.passage_id: mood_of(text[p.start : p.end]) for p in passages}
        self.stance = stance_of(text)
        for passage in passages:
            self.moods[passage.section_path] += self.passage_moods[passage.passage_id]

    def read(self) -> Iterator[Found]:
        """Claims and borderline quantities in order."""
        for block in blocks(self.text, self.passages):
            if isinstance(block, Block):
                yield from self._table(block)
                continue
            passage = block
            if passage.kind in {"heading", "title"}:
                self._heading(passage)
            else:
                self.governing.begin(self.text[passage.start : passage.end])
                self.whereabouts.begin()
            yield from self._passage(passage)

    def _heading(self, passage: Passage) -> None:
        text, level = self.text[passage.start : passage.end], passage.level or 1
        self.headings = {key: value for key, value in self.headings.items() if key < level} | {level: text}
        self.governing.heading(text, level)
        self.whereabouts.heading(text, self._places(passage.start, passage.end), level)

    def _places(self, start: int, end: int) -> list[Place]:
        return self.places[bisect_left(self._place_starts, start) : bisect_left(self._place_starts, end)]

    def _names(self, start: int, end: int) -> list[Name]:
        return self.names[bisect_left(self._name_starts, start) : bisect_left(self._name_starts, end)]

    def _passage(self, passage: Passage) -> Iterator[Found]:
        quantities = find_quantities(self.text, passage.start, passage.end, self.currency)
        topic = Topic(heading=heading_topic(self.headings[max(self.headings)]) if self.headings else None)
        setting = self._setting(passage)
        at, opens = 0, True
        for start, end in sentences_of(self.text, passage.start, passage.end, quantities):
            own = at
            while at < len(quantities) and quantities[at].start < end:
                at += 1
            sentence = lay_out(self.text, start, end, quantities[own:at])
            yield from self._sentence(passage, sentence, topic, setting, opens)
            opens = False

    def _setting(self, passage: Passage) -> Setting:
        return Setting(
            heading_statement([*passage.section_path.split(" / "), *(self.headings[k] for k in sorted(self.headings))]),
            self.passage_moods[passage.passage_id],
            self.moods[passage.section_path],
            self.stance,
            self.meta.document_type,
            self.clock,
            self.programme,
        )

    def _table(self, block: Block) -> Iterator[Found]:
        """Claims of a table: its figures by head and label, its cells of words as texts of their own."""
        setup = Setup(
            block.captions,
            self.clock,
            self.governing.section or self.default,
            self.meta.region_id,
            self.whereabouts.base,
            self._setting(block.passages[0]),
            frozenset(name.text for name in self.names),
            self._settle,
        )
        read: set[int] = set()
        for figure, claim, quantity in table_claims(self.text, block.rows, setup):
            read.add(figure.cell.start)
            yield Found(block.passage_at(figure.cell.start), claim, quantity)
        for cell in (cell for row in block.rows for cell in row if cell.start not in read and not cell.bare):
            self.governing.begin(cell.text)
            self.whereabouts.begin()
            yield from self._passage(replace(block.passage_at(cell.start), start=cell.start, end=cell.end))

    def _sentence(
        self, passage: Passage, sentence: Sentence, topic: Topic, setting: Setting, opens: bool
    ) -> Iterator[Found]:
        start, end = sentence.start, sentence.end
        places = self._places(start, end)
        times = self.governing.sentence(self.text, start, end, opens)
        around = Around(
            setting,
            times,
            places,
            self.whereabouts.sentence(self.text, sentence.clauses, places, opens),
            self.subjects.of(self.text, sentence.clauses, self._names(start, end)),
            cues_of(sentence.text),
            pairs_of(sentence, times),
        )
        topic.begin()
        previous: Measure | None = None
        clause, tight = -1, start
        texts = [sentence.clause_text(index) for index in range(len(sentence.clauses))]
        openings = [opening_of(text) for text in texts]
        full = {slot.clause for slot in sentence.slots}
        spoken = [None if index in full else spoken_in(text) for index, text in enumerate(texts)]
        for slot in sentence.slots:
            if slot.clause != clause:
                told = [opening for opening in openings[max(clause, 0) : slot.clause] if opening]
                topic.opening = told[-1] if told else None
                topic.hear([told for told in spoken[clause + 1 : slot.clause] if told])
                clause, previous = slot.clause, previous if _runs_on(slot) else None
            if slot.quantity.borderline:
                yield Found(passage, None, slot.quantity)
                continue
            claim, previous = self._claim(slot, sentence, topic, around, previous, tight)
            tight = slot.quantity.end
            yield Found(passage, claim, slot.quantity)
        topic.earlier = next((opening for opening in openings if opening), topic.earlier)
        topic.end([told for told in spoken if told])

    def _claim(
        self, slot: Slot, sentence: Sentence, topic: Topic, around: Around, previous: Measure | None, tight: int
    ) -> tuple[Claim, Measure]:
        """The claim of a slot; ``tight`` is where the figure before it in the sentence ends."""
        quantity = slot.quantity
        window = self.text[slot.clause_start : quantity.start]
        measure = measure_of(slot, window, previous, _reference(around.places, slot))
        listed = place_of(slot, sentence, around.places)
        here = self.whereabouts.at(listed) if listed else where_at(around.where, quantity.start)
        strings = self.meta.document_type == "government_work_report"
        subject = subject_at(loosened(around.about, slot, window) if strings else around.about, here, quantity.start)
        project = project_of(slot, self.text[quantity.start : quantity.end])
        indicator = indicator_of(slot, sentence, measure, topic, subject)
        if project:
            subject, indicator = project
        period = self.governing.period(around.times, quantity.start, tight)
        statement, rule = statement_of(slot, sentence, around.cues, period, around.setting)
        pair = next((pair for pair in around.pairs if pair.first == quantity.start), None)
        if pair is not None:
            period, statement, rule = self._start(pair, period, statement, rule)
        elif measure.basis == "average_annual":
            period = span_of(around.pairs, quantity.start) or period
        period = self._settle(period, statement, measure, window)
        region = None if subject else here.region_id if here else self.whereabouts.base
        return (
            Claim(
                quantity,
                indicator or "",
                measure.measure,
                measure.basis,
                measure.reference,
                statement,
                period,
                region,
                subject,
                sentence.start,
                sentence.end,
                f"{quantity.rule}/{measure.rule}/{rule}/{period.rule if period else 'undated'}",
                confidence_of(quantity),
            ),
            measure,
        )

    def _start(self, pair: Pair, period: Period | None, statement: str, rule: str) -> tuple[Period | None, str, str]:
        """Time and statement of the figure that a movement starts from: what lies before publication is a fact."""
        begun = start_of(pair, period or self.default, self.clock)
        years = re.findall(r"\d{4}", begun.text) if begun else []
        past = bool(years) and self.clock.published is not None and int(years[-1]) < int(self.clock.published[:4])
        return (begun, "actual", "pair") if past else (begun, statement, rule)

    def _settle(self, period: Period | None, statement: str, measure: Measure, window: str) -> Period | None:
        """The period with what statement and kind of document add: a work report's undated facts hold for the year before it."""
        period = None if period is not None and crossed(period.text) else period
        if period is None:
            period = self.default
        if period is None and self.meta.document_type == "government_work_report" and self.clock.year:
            year = self.clock.year - 1 if statement in {"actual", "forecast"} else self.clock.year
            return Period(str(year), "span", "report")
        if period is None:
            return None
        years = statement == "target" and re.fullmatch(r"\d{4}/\d{4}", period.text) and period.rule in {"plan", "word"}
        if years and measure.measure in {"level", "share", "rank"} and not re.search(r"年均|累计|新增", window):
            return Period(f"/{period.text[5:]}", "deadline", period.rule)
        if period.text.startswith("/"):
            return Period(period.text, "deadline" if statement == "target" else "as_of", period.rule)
        return period


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans sorted, overlapping ones joined."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _runs_on(slot: Slot) -> bool:
    """A clause that is only a number goes on with the list of the clause before."""
    return not slot.lead.strip(" 　、，")


def _reference(places: list[Place], slot: Slot) -> str | None:
    """The place or population named last in the clause before the figure that figures are compared with."""
    named = [p.name for p in places if p.scope == "reference" and slot.clause_start <= p.start < slot.quantity.start]
    return named[-1] if named else None
