"""What an office keeps beside its calls, messages and faxes: recordings, versions, logs, notes, letters, news."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from appliance.control.folder import DataFolder
from appliance.notify.parcel import Parcel
from appliance.notify.parcels import ParcelStore
from appliance.store.changelog import ChangeStore, NotedChange
from appliance.store.deliveries import DeliveryStore
from appliance.store.desk import CallerNote, DeskStore, ScriptAnswer
from appliance.store.faxopened import FaxOpened, FaxOpenedStore, SeenBy
from appliance.store.lostcalls import LostCall, LostStore
from appliance.store.sounds import SoundStore
from appliance.store.versions import KeptDraft, VersionStore
from appliance.wav.clip import read_clip
from tests.powercuts.facts import Facts, Key
from tests.store.conftest import write_wav

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
PLACES = ("menus/main/greeting", "hours/closed")
HOOKS = ("crm", "door")
CALLER = "5550100"
SOUND_SECONDS = 0.5
MANY = 10_000

ON_THEIR_WAY = {"letter", "news"}
"""Kinds of facts that are in no backup, and that a restore leaves as they are: they would be sent twice."""


class Books:
    """These stores at work. number: gives one that no other thing has."""

    def __init__(self, data: Path, facts: Facts, chance: Random, number: Callable[[], str]) -> None:
        self._data, self._facts, self._chance, self._number = DataFolder(data), facts, chance, number
        self.open()

    def open(self) -> None:
        data = self._data
        self._sounds = SoundStore(data.sounds)
        self._sounds.load()
        self._sounds.allot(PLACES)
        self._versions = VersionStore.open(data.versions)
        self._changes = ChangeStore.open(data.changes)
        self._desk = DeskStore.open(data.desk)
        self._news = DeliveryStore.open(data.deliveries)
        self._lost = LostStore.open(data.lost_callers)
        self._opened = FaxOpenedStore.open(data.fax_opened)
        self._letters = ParcelStore(data.mail)
        self._waiting = {parcel.id: parcel for parcel in self._letters.load()}

    def close(self) -> None:
        for store in (self._versions, self._changes, self._desk, self._news, self._lost, self._opened):
            store.close()

    @property
    def deeds(self) -> list[tuple[Callable[[], None], int]]:
        """All that is done, and how often among the rest."""
        return [
            (self._recorded, 2),
            (self._text_again, 1),
            (self._version, 2),
            (self._drafted, 2),
            (self._change, 2),
            (self._note, 2),
            (self._note_removed, 1),
            (self._answers, 1),
            (self._news_wait, 2),
            (self._news_told, 2),
            (self._lost_caller, 2),
            (self._lost_settled, 1),
            (self._fax_opened, 1),
            (self._letter_kept, 3),
            (self._letter_failed, 2),
            (self._letter_sent, 2),
        ]

    def _recorded(self) -> None:
        place, number = self._chance.choice(PLACES), self._number()
        path = self._sounds.begin()
        write_wav(path, SOUND_SECONDS, int(number))
        with self._facts.become({("recording", place): number}):
            self._sounds.use(place, path)

    def _text_again(self) -> None:
        place = self._chance.choice(PLACES)
        with self._facts.become({("recording", place): None}):
            self._sounds.speak_text(place)

    def _version(self) -> None:
        number = self._number()
        with self._facts.become({("version", number): "kept"}):
            self._versions.add({"name": number}, [], NOON, "ann")

    def _drafted(self) -> None:
        number = self._number()
        with self._facts.become({("draft",): number}):
            self._versions.put_draft(KeptDraft({"name": number}, {}, NOON, "ann"))

    def _change(self) -> None:
        number = self._number()
        with self._facts.become({("change", number): "noted"}):
            self._changes.add(NotedChange(NOON, "ann", "office", (number,)))

    def _note(self) -> None:
        number = self._number()
        with self._facts.become({("note", number): "there"}):
            self._desk.add_note(CallerNote(0, CALLER, NOON, "ann", number))

    def _note_removed(self) -> None:
        if notes := self._desk.notes([CALLER], MANY):
            note = self._chance.choice(notes)
            with self._facts.become({("note", note.text): None}):
                self._desk.remove_note(note.id)

    def _answers(self) -> None:
        call = self._number()
        asked = [ScriptAnswer(call, CALLER, NOON, "ann", "script", question, question) for question in ("a", "b")]
        with self._facts.become({("answers", call): "2"}):
            self._desk.add_answers(asked)

    def _news_wait(self) -> None:
        number = self._number()
        with self._facts.become({("news", hook, number): "waits" for hook in HOOKS}):
            self._news.add(HOOKS, NOON, "call", number)

    def _news_told(self) -> None:
        hook = self._chance.choice(HOOKS)
        if (first := self._news.next(hook)) is not None:
            with self._facts.become({("news", hook, first.body): None}):
                self._news.done(first.id)

    def _lost_caller(self) -> None:
        number = self._number()
        with self._facts.become({("lost", number): "waits"}):
            self._lost.put(LostCall(number, NOON, CALLER, "", "maria", ""))

    def _lost_settled(self) -> None:
        if waiting := self._lost.waiting():
            call = self._chance.choice(waiting).call
            with self._facts.become({("lost", call): "settled"}):
                self._lost.settle([call], NOON, "ticked")

    def _fax_opened(self) -> None:
        number = self._number()
        with self._facts.become({("opened", number): "ann"}):
            self._opened.add(FaxOpened(NOON, "ann", SeenBy.PAGE, "maria", number, NOON, ""))

    def _letter_kept(self) -> None:
        id = f"letter-{self._number()}"
        parcel = Parcel(id, "mail", "ann@example.org", "fault", "", {}, NOON, NOON)
        with self._facts.become({("letter", id): "0"}):
            self._letters.put(parcel, None)
            self._waiting[id] = parcel

    def _letter_failed(self) -> None:
        if self._waiting:
            parcel = self._chance.choice(list(self._waiting.values()))
            again = replace(parcel, attempts=parcel.attempts + 1, due=NOON + timedelta(minutes=1))
            with self._facts.become({("letter", parcel.id): str(again.attempts)}):
                self._letters.change(again)
                self._waiting[parcel.id] = again

    def _letter_sent(self) -> None:
        if self._waiting:
            parcel = self._waiting.pop(self._chance.choice(list(self._waiting)))
            with self._facts.become({("letter", parcel.id): None}):
                self._letters.remove(parcel)


def books_found(folder: DataFolder) -> dict[Key, str]:
    """What a unit finds in these stores that starts with this data folder; each fault that it tells as well."""
    sounds = SoundStore(folder.sounds)
    sounds.load()
    there: dict[Key, str] = {}
    for place, kept in sounds.places.items():
        if kept.use:
            there["recording", place] = _recording(sounds.path(kept.use))
    with ExitStack() as held:
        versions = held.enter_context(closing(VersionStore.open(folder.versions)))
        changes = held.enter_context(closing(ChangeStore.open(folder.changes)))
        desk = held.enter_context(closing(DeskStore.open(folder.desk)))
        news = held.enter_context(closing(DeliveryStore.open(folder.deliveries)))
        lost = held.enter_context(closing(LostStore.open(folder.lost_callers)))
        opened = held.enter_context(closing(FaxOpenedStore.open(folder.fax_opened)))
        documents = [versions.document(version.id) or {} for version in versions.all()]
        there |= {("version", document["name"]): "kept" for document in documents}
        if (draft := versions.draft()) is not None:
            there["draft",] = draft.document["name"]
        there |= {("change", change.about[0]): "noted" for change in changes.all()}
        there |= {("note", note.text): "there" for note in desk.notes([CALLER], MANY)}
        answers = desk.answers([CALLER], "", MANY)
        there |= {
            ("answers", call): str(sum(one.call == call for one in answers)) for call in {a.call for a in answers}
        }
        for hook in HOOKS:
            while (first := news.next(hook)) is not None:
                there["news", hook, first.body] = "waits"
                news.done(first.id)
        waiting = {call.call for call in lost.waiting()}
        every = lost.entered([str(number) for number in range(MANY)])
        there |= {("lost", call): "waits" if call in waiting else "settled" for call in every}
        there |= {("opened", one.fax): one.by for one in opened.of("maria")}
        faults = [store.fault for store in (versions, changes, desk, news, lost, opened)]
    there |= {("letter", parcel.id): str(parcel.attempts) for parcel in ParcelStore(folder.mail).load()}
    return there | {("fault", fault): "told" for fault in (sounds.fault, *faults) if fault}


def _recording(path: Path) -> str:
    """The number that was recorded, or `not whole`."""
    sound = read_clip(path).tolist()
    whole = len(sound) == SOUND_SECONDS * 8000 and len(set(sound)) == 1
    return str(sound[0]) if whole else "not whole"
