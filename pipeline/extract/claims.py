"""Claims of one document: its passages read from top to bottom, each quantity with what its clause, sentence and section say."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.about import loosened, subject_at
from pipeline.extract.blocks import Block, blocks
from pipeline.extract.confidence import confidence_of
from pipeline.extract.cues import Hit
from pipeline.extract.currencies import currency_of
from pipeline.extract.days import crossed
from pipeline.extract.document_time import document_period, publication_date, report_year, told_year
from pipeline.extract.frames import Sentence, Slot, lay_out, sentences_of
from pipeline.extract.governing import settled
from pipeline.extract.growth import moved_window
from pipeline.extract.hearing import Before, Heard
from pipeline.extract.holidays import dated_holidays
from pipeline.extract.indicators import indicator_of
from pipeline.extract.lexicon import Sought, seek
from pipeline.extract.measures import Measure, by_noun, measure_of, reference_of, runs_on
from pipeline.extract.model import Claim, Meta, Passage, Period, Quantity
from pipeline.extract.pairs import Pair, begun, behind, pairs_of
from pipeline.extract.parts import part_told
from pipeline.extract.periods import Clock, Time
from pipeline.extract.places import TAIWAN, Place, within
from pipeline.extract.projects import project_of
from pipeline.extract.readings import Readings
from pipeline.extract.series import place_of, quarter_of
from pipeline.extract.statements import (
    Moods,
    Setting,
    cues_of,
    heading_statement,
    part_stated,
    statement_of,
    tells_programme,
)
from pipeline.extract.surroundings import Surroundings
from pipeline.extract.table_times import finer, later
from pipeline.extract.tables import Setup, table_claims
from pipeline.extract.topics import Topic, heading_topic
from pipeline.extract.whereabouts import Where, where_at


class Found(NamedTuple):
    """A claim with its passage; or a borderline quantity, which gives none."""

    passage: Passage
    claim: Claim | None
    quantity: Quantity


class Around(NamedTuple):
    """What a sentence holds that its figures share: times, places, where they hold, names, cues of statement."""

    setting: Setting
    times: list[Time]
    places: list[Place]
    where: list[Where]
    about: list[tuple[int, str | None, str]]
    cues: list[Hit]
    pairs: list[Pair]


class Reader:
    """Reads one document. ``text`` is its clean text, ``sought`` what it holds of the word lists, where that is known."""

    def __init__(self, meta: Meta, text: str, passages: Sequence[Passage], sought: Sought | None = None) -> None:
        self.meta, self.text, self.passages = meta, text, passages
        sought = sought or seek([text])[0]
        title = meta.title or next((text[p.start : p.end] for p in passages if p.kind == "title"), None)
        year = report_year(title, meta.document_type) or told_year(text, meta.document_type)
        self.clock = Clock(
            publication_date(title, text[:400], meta.document_type, meta.published),
            year,
            within(meta.region_id, "province") == TAIWAN,
            meta.document_type == "policy",
        )
        self.clock.holidays = dated_holidays(text, self.clock.year)
        self.readings = Readings(
            text, ((p.start, p.end) for p in passages), currency_of(meta.region_id), sought.numerals
        )
        self.near = Surroundings(meta, text, title, self.clock, sought)
        self.governing, self.whereabouts, self.subjects = self.near.governing, self.near.whereabouts, self.near.subjects
        self.headings: dict[int, str] = {}
        self.stated: dict[str, str | None] = {}  # by the headings in force, of each path of sections
        self.part: str | None = None
        self.left: Before | None = None
        self.first: str | None = None
        self.default = document_period(title, text[:400], meta.document_type, self.clock)
        if self.default is None and year:
            self.default = Period(str(year), "span", "headline")
        now = self.clock.published[:4] if self.clock.published else ""
        ahead = self.default is not None and self.default.text >= now
        self.programme = ahead and tells_programme((meta.title or "") + text[:400])
        self.moods = Moods(text, meta.title or "", passages)
        self.tabled: Period | None = None

    def read(self) -> Iterator[Found]:
        """Claims and borderline quantities in order."""
        for block in blocks(self.text, self.passages):
            if isinstance(block, Passage) and self.meta.document_type == "government_work_report":
                self.part = part_told(self.text[block.start : block.end], self.clock.reviewed) or self.part
            if isinstance(block, Block):
                yield from self._table(block)
                continue
            passage = block
            if passage.kind in {"heading", "title"}:
                self._heading(passage)
            else:
                self.governing.begin(self.text, passage.start, passage.end)
                self.whereabouts.begin()
            yield from self._passage(passage, opens=True)

    def _heading(self, passage: Passage) -> None:
        text, level = self.text[passage.start : passage.end], passage.level or 1
        self.headings = {key: value for key, value in self.headings.items() if key < level} | {level: text}
        self.stated.clear()
        self.governing.heading(text, level, self.governing.tells(passage.start, passage.end))
        self.whereabouts.heading(text, self.near.places_in(passage.start, passage.end), level)

    def _passage(self, passage: Passage, opens: bool = False) -> Iterator[Found]:
        """The figures of a passage, or of a cell of words; ``opens`` where someone may begin to speak in it."""
        quantities = self.readings.quantities(passage.start, passage.end)
        if not quantities and self.near.is_silent(passage):
            return
        if opens:
            self.subjects.begin(self.text, passage.start, passage.end, self.near.names_in(passage.start, passage.end))
        topic = Topic()
        if self.governing.flowing and passage.kind == "paragraph":
            topic.left = self.left
        setting: Setting | None = None
        at, first = 0, True
        for start, end in sentences_of(self.text, passage.start, passage.end, quantities):
            own = at
            while at < len(quantities) and quantities[at].start < end:
                at += 1
            if own == at:
                self.near.pass_over(start, end, first)
                if quantities or self.governing.flowing:
                    topic.pass_over(Heard(self.text, start, end))
            else:
                if setting is None:
                    headed = heading_topic(self.headings[max(self.headings)]) if self.headings else None
                    topic.heading = headed or self.first
                    setting = self._setting(passage)
                sentence = lay_out(self.text, start, end, quantities[own:at])
                yield from self._sentence(passage, sentence, topic, setting, first)
            first, self.left = False, topic.left
        if self.governing.flowing and passage.kind not in {"heading", "title"}:
            self.first = self.first or topic.noun or topic.before

    def _setting(self, passage: Passage) -> Setting:
        path = passage.section_path
        if path not in self.stated:
            self.stated[path] = heading_statement(
                [*path.split(" / "), *(self.headings[level] for level in sorted(self.headings))]
            )
        return Setting(
            self.stated[path],
            passage,
            self.moods,
            self.meta.document_type,
            self.clock,
            self.programme,
            self.part,
        )

    def _table(self, block: Block) -> Iterator[Found]:
        """Claims of a table: its figures by head and label, its cells of words as texts of their own."""
        setup = Setup(
            block.captions,
            self.clock,
            self.governing.named_in(" ".join(block.captions))
            or self.governing.section
            or finer(self.default, self.tabled),
            self.meta.region_id,
            self.whereabouts.base,
            self._setting(block.passages[0]),
            frozenset(name.text for name in self.near.names),
            self._settle,
        )
        self.subjects.voice, read = None, set[int]()
        for figure, claim, quantity in table_claims(self.text, block.rows, setup):
            read.add(figure.cell.start)
            self.tabled = later(self.tabled, claim)
            yield Found(block.passage_at(figure.cell.start), claim, quantity)
        for cell in (cell for row in block.rows for cell in row if cell.start not in read and not cell.bare):
            self.governing.begin(cell.text, 0, len(cell.text))
            self.whereabouts.begin()
            yield from self._passage(block.passage_at(cell.start)._replace(start=cell.start, end=cell.end))

    def _sentence(
        self, passage: Passage, sentence: Sentence, topic: Topic, setting: Setting, opens: bool
    ) -> Iterator[Found]:
        start, end = sentence.start, sentence.end
        places = self.near.places_in(start, end)
        times = self.governing.sentence(self.text, start, end, opens)
        where = self.whereabouts.sentence(self.text, sentence.clauses, places, opens)
        placed = bool(where) and where[0].start <= sentence.clauses[0][1]
        around = Around(
            setting,
            times,
            places,
            where,
            self.subjects.of(self.text, sentence.clauses, self.near.names_in(start, end), placed),
            cues_of(sentence.text),
            pairs_of(sentence, times),
        )
        topic.begin()
        previous: Measure | None = None
        clause, tight = -1, start
        full = frozenset(slot.clause for slot in sentence.slots if not slot.quantity.borderline)
        heard = Heard(self.text, start, end, sentence.clauses, full)
        for slot in sentence.slots:
            if slot.quantity.borderline:
                yield Found(passage, None, slot.quantity)
                continue
            if slot.clause != clause:
                topic.nearby = heard, max(clause, 0), slot.clause
                topic.hear([told for at in range(clause + 1, slot.clause) if (told := heard.spoken(at))])
                clause, previous = slot.clause, previous if runs_on(slot) else None
            claim, previous = self._claim(slot, sentence, topic, around, previous, tight)
            tight = slot.quantity.end
            yield Found(passage, claim, slot.quantity)
        topic.end(heard)

    def _claim(
        self, slot: Slot, sentence: Sentence, topic: Topic, around: Around, previous: Measure | None, tight: int
    ) -> tuple[Claim, Measure]:
        """The claim of a slot; ``tight`` is where the figure before it in the sentence ends."""
        quantity = slot.quantity
        window = self.text[slot.clause_start : quantity.start]
        said = moved_window(slot, sentence, window)
        measure = measure_of(slot, said, previous, reference_of(around.places, slot), topic.percent)
        topic.percent = measure if quantity.unit == "percent" else topic.percent
        listed = place_of(slot, sentence, around.places)
        here = self.whereabouts.at(listed) if listed else where_at(around.where, quantity.start)
        strings = self.meta.document_type == "government_work_report"
        subject = subject_at(loosened(around.about, slot, window) if strings else around.about, here, quantity.start)
        project = project_of(slot, self.text[quantity.start : quantity.end])
        indicator = indicator_of(slot, sentence, measure, topic, subject)
        measure = by_noun(measure, indicator, quantity.unit, topic.growing)
        if project:
            subject, indicator = project
        period = self.governing.period(self.text, around.times, quantity.start, tight)
        if period is not None and (quarter := quarter_of(slot, sentence)):
            period = Period(f"{period.text[:4]}-Q{quarter}", "span", "part")
        statement, rule = part_stated(
            slot,
            statement_of(slot, sentence, around.cues, period or self.default, around.setting, measure.basis),
            topic.stated,
        )
        topic.stated = statement, rule
        pair = next((pair for pair in around.pairs if pair.first == quantity.start), None)
        if pair is not None and (statement != "forecast" or pair.start_year):
            period, statement, rule = begun(pair, period or self.default, statement, rule, self.clock)
        else:
            period = behind(around.pairs, quantity.start, period, measure.basis, self.clock)
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

    def _settle(self, period: Period | None, statement: str, measure: Measure, window: str) -> Period | None:
        """The period with what statement and kind of document add: a work report's undated facts hold for the year before it."""
        period = self.default if period is None or crossed(period.text) else period
        if period is None and self.meta.document_type == "government_work_report" and self.clock.reviewed:
            ahead = statement not in {"actual", "forecast"}
            return Period(str(self.clock.reviewed + ahead), "span", "report")
        if period is None:
            return None
        return settled(period, statement, measure.measure, window)
