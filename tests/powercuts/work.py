"""All kinds of work of an office, done at random through the real stores, and what is found of it after a power cut."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from appliance.backup.making import make_backup
from appliance.backup.restoring import agree, manifest_of, take_over, unpack
from appliance.control.folder import DataFolder
from appliance.fax.sending.queued import FaxState, QueuedFax
from appliance.fax.sending.queuestore import FaxQueueStore
from appliance.fax.wholepages import whole_pages
from appliance.office.contact import Contact
from appliance.opening import open_call_log, open_contacts
from appliance.store.accounts import AccountStore, WebAccount
from appliance.store.calllog import CallRecord
from appliance.store.envelope import Envelope
from appliance.store.faxes import FaxSheet, FaxStore
from appliance.store.messages import Message, MessageStore
from appliance.store.office import OfficeStore
from appliance.store.switches import Switch, SwitchStore
from appliance.wav.clip import read_clip
from hw.tones.toneplan import tone_plan
from tests.powercuts.books import ON_THEIR_WAY, Books, books_found
from tests.powercuts.facts import Facts, Key
from tests.powercuts.lateclock import moments_found, next_start, set_late
from tests.store.conftest import write_wav

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
MAILBOXES = ("maria", "tom", "sales")
OFFICE = Path(__file__).parents[2] / "examples/offices/riverside-dental.json"
PHRASE = "seven blue lamps over water"
LABEL = "label"
MANY = 10_000
CUT_OFF = "cut off"
"""A message or fax whose sender was still there: it is delivered as far as it came."""
WAITING = FaxState.WAITING.value
"""Faxes that are still to be sent are in no backup: they would be sent twice."""
MESSAGE_SECONDS = 1.5


class Work:
    """One office at work on a data folder. facts: takes what somebody is told is so. paper: a fax of one page."""

    def __init__(self, data: Path, facts: Facts, chance: Random, paper: bytes, outside: Path) -> None:
        self._data, self._facts, self._chance, self._paper = DataFolder(data), facts, chance, paper
        self._outside = outside
        """A folder on another disk, for backups."""
        self._document = json.loads(OFFICE.read_bytes())
        self._number = 0
        self._saved: tuple[Path, dict[Key, str]] | None = None
        """The last backup, and how all stood then."""
        self._open()
        self._books = Books(data, facts, chance, self._next)

    def goes_on(self, deeds: int) -> None:
        """So many things are done."""
        often: list[tuple[Callable[[], None], int]] = [
            (self._message_left, 6),
            (self._message_heard, 4),
            (self._call, 6),
            (self._switch_flipped, 4),
            (self._office_saved, 3),
            (self._account, 3),
            (self._setting, 2),
            (self._contact, 3),
            (self._fax_received, 3),
            (self._fax_queued, 3),
            (self._fax_sent, 2),
            (self._faxes_listed, 1),
            (self._fax_cancelled, 1),
            *self._books.deeds,
        ]
        kinds = [kind for kind, times in often for _ in range(times)]
        for number in range(deeds):
            self._chance.choice(kinds)()
            if number == deeds // 3:
                self._backup()
            if number == 2 * deeds // 3:
                self._restore()
        self.close()
        set_late(self._data.path, self._facts)
        self._open()
        self._books.open()

    def close(self) -> None:
        self._calls.close()
        self._contacts.close()
        self._accounts.close()
        self._books.close()

    def _open(self) -> None:
        data = self._data
        self._office = OfficeStore(data.office)
        self._messages = MessageStore(data.messages)
        self._messages.recover()
        self._faxes = FaxStore(data.faxes)
        self._faxes.recover()
        self._switches = SwitchStore(data.switches)
        self._calls, _ = open_call_log(data.calls)
        contacts, _ = open_contacts(data.contacts, tone_plan("us"))
        self._contacts = contacts.store
        self._accounts = AccountStore.open(data.accounts)
        self._queue = FaxQueueStore(data.fax_queue, data.faxes_sent)
        self._queued = {fax.id: fax for fax in self._queue.load()}

    def _next(self) -> str:
        self._number += 1
        return str(self._number)

    def _message_left(self) -> None:
        mailbox, caller = self._chance.choice(MAILBOXES), self._next()
        envelope = Envelope(caller, "", NOON)
        with self._facts.become({("message", mailbox, caller): "new"}, [CUT_OFF]):
            path = self._messages.begin(mailbox, envelope)
            write_wav(path, MESSAGE_SECONDS, int(caller))
            self._messages.commit(path, replace(envelope, seconds=MESSAGE_SECONDS))

    def _message_heard(self) -> None:
        there = [key for key, value in self._facts.now.items() if key[0] == "message" and value != "deleted"]
        if not there:
            return
        key = self._chance.choice(there)
        message = next(one for one in _all_messages(self._messages, key[1]) if one.caller_number == key[2])
        if self._chance.random() < 0.5:
            with self._facts.become({key: "saved"}):
                self._messages.keep(message)
        else:
            with self._facts.become({key: "deleted"}):
                self._messages.delete(message, NOON)

    def _call(self) -> None:
        id = f"call-{self._next()}"
        record = CallRecord(id, NOON, "in", "main", caller_number="5550100")
        with self._facts.become({("call", id): "interrupted"}):
            self._calls.begin(record)
        with self._facts.become({("call", id): "message-left"}):
            self._calls.finish(replace(record, ended=NOON + timedelta(minutes=1), outcome="message-left"))

    def _switch_flipped(self) -> None:
        switches = self._switches.load()
        name, at = self._chance.choice(("night", "maria-dnd")), self._next()
        with self._facts.become({("switch", name): at}):
            self._switches.save({**switches, name: Switch(at)})

    def _office_saved(self) -> None:
        name = f"Office {self._next()}"
        with self._facts.become({("office",): name}):
            self._office.save({**self._document, "name": name})

    def _account(self) -> None:
        number = self._next()
        with self._facts.become({("account", f"user-{number}"): "administrator"}):
            self._accounts.put(WebAccount(f"user-{number}", "administrator", "", "", "hash"))

    def _setting(self) -> None:
        value = self._next()
        with self._facts.become({("setting",): value}):
            self._accounts.set_setting(LABEL, value)

    def _contact(self) -> None:
        number = f"555{int(self._next()):04}"
        with self._facts.become({("contact", number): "there"}):
            self._contacts.put([Contact(number, "Ann")])

    def _fax_received(self) -> None:
        number = self._next()
        sheet = FaxSheet(NOON, number=number)
        with self._facts.become({("fax", number): "new"}, [CUT_OFF]):
            path = self._faxes.begin("maria", sheet)
            path.write_bytes(self._paper)
            self._faxes.commit(path, replace(sheet, pages=1, cause="complete"), "maria")

    def _fax_queued(self) -> None:
        id = f"fax-{self._next()}"
        fax = QueuedFax(id, "5550188", "maria", "offer.pdf", 1, NOON, NOON)
        with self._facts.become({("sent fax", id): WAITING}):
            (self._queue.room(id) / "pages.tif").write_bytes(self._paper)
            self._queue.put(id, [fax])
            self._queued[id] = fax

    def _fax_sent(self) -> None:
        waiting = [fax for fax in self._queued.values() if not fax.state.over]
        if waiting:
            fax = replace(self._chance.choice(waiting), state=FaxState.DELIVERED, confirmed=1, over=NOON)
            with self._facts.become({("sent fax", fax.id): FaxState.DELIVERED.value}):
                self._queue.change(fax)
                self._queued[fax.id] = fax

    def _faxes_listed(self) -> None:
        """One fax to two numbers: each of them is a fax of the queue, or neither is."""
        ids = [f"fax-{self._next()}" for _ in range(2)]
        faxes = [QueuedFax(id, "5550188", "maria", "offer.pdf", 1, NOON, NOON, fax_list="all") for id in ids]
        with self._facts.become({("sent fax", id): WAITING for id in ids}):
            (self._queue.room(ids[0]) / "pages.tif").write_bytes(self._paper)
            self._queue.put(ids[0], faxes)
            self._queued |= {fax.id: fax for fax in faxes}

    def _fax_cancelled(self) -> None:
        waiting = [fax for fax in self._queued.values() if not fax.state.over]
        if waiting:
            fax = replace(self._chance.choice(waiting), state=FaxState.CANCELLED, over=NOON)
            with self._facts.become({("sent fax", fax.id): FaxState.CANCELLED.value}):
                self._queue.change(fax)
                self._queued[fax.id] = fax

    def _backup(self) -> None:
        file = self._outside / "office.backup"
        make_backup(self._data.path, file, PHRASE, NOON.isoformat(), "Office", _no_progress)
        self._saved = file, self._lasting

    def _restore(self) -> None:
        """All becomes as it was at the last backup, and what came since is gone."""
        if self._saved is None:
            return
        backup, saved = self._saved
        with backup.open("rb") as file:
            manifest, tar = manifest_of(file, PHRASE)
            unpack(self._data.path, manifest, tar, _no_progress)
        self.close()
        with self._facts.become({key: saved.get(key) for key in self._lasting.keys() | saved.keys()}):
            agree(self._data.path)
        take_over(self._data.path)
        self._open()
        self._books.open()

    @property
    def _lasting(self) -> dict[Key, str]:
        """All that a backup has, as it was acknowledged."""
        return {key: value for key, value in self._facts.now.items() if value != WAITING and key[0] not in ON_THEIR_WAY}


def found(data: Path) -> dict[Key, str]:
    """What a unit finds that starts with this data folder, by the code that it starts with."""
    folder = DataFolder(data)
    take_over(data)
    next_start(data)
    there: dict[Key, str] = {}
    document = OfficeStore(folder.office).load().document
    if document is not None:
        there["office",] = document["name"]
    there |= {("switch", name): switch.at for name, switch in SwitchStore(folder.switches).load().items()}
    there |= _in_databases(folder)
    messages = MessageStore(folder.messages)
    messages.recover()
    for mailbox in MAILBOXES:
        there |= {("message", mailbox, one.caller_number): _state(one) for one in _all_messages(messages, mailbox)}
    faxes = FaxStore(folder.faxes)
    faxes.recover()
    for id in faxes.ids("maria").new:
        fax = faxes.read("maria", id)
        whole = fax.sheet.complete and whole_pages(fax.path).count == 1
        there["fax", fax.sheet.number] = "new" if whole else CUT_OFF
    queue = FaxQueueStore(folder.fax_queue, folder.faxes_sent).load()
    there |= {("sent fax", fax.id): fax.state.value for fax in queue}
    return there | books_found(folder) | moments_found(folder)


def _in_databases(folder: DataFolder) -> dict[Key, str]:
    there: dict[Key, str] = {}
    calls, calls_fault = open_call_log(folder.calls)
    contacts, contacts_fault = open_contacts(folder.contacts, tone_plan("us"))
    accounts = AccountStore.open(folder.accounts)
    with closing(calls), closing(contacts.store), closing(accounts):
        there |= {("call", call.id): call.outcome for call in calls.recent(MANY)}
        there |= {("contact", row[0]): "there" for row in contacts.store.contacts()}
        there |= {("account", one.name): one.role for one in accounts.all()}
        if label := accounts.setting(LABEL):
            there["setting",] = label
    faults = (calls_fault, contacts_fault, *calls.faults, accounts.fault)
    return there | {("fault", fault): "told" for fault in faults if fault}


def _state(message: Message) -> str:
    """Where a message is; `CUT_OFF` where the store says so, and `not whole` where its sound is another."""
    if message.note:
        return CUT_OFF
    sound = read_clip(message.path).tolist()
    whole = len(sound) == MESSAGE_SECONDS * 8000 and set(sound) == {int(message.caller_number)}
    return message.path.parent.parent.name if whole else "not whole"


def _no_progress(done: int, total: int) -> None:
    """Nobody looks on."""


def _all_messages(store: MessageStore, mailbox: str) -> list[Message]:
    ids = store.ids(mailbox)
    return [store.read(mailbox, id) for id in (*ids.new, *ids.saved, *ids.deleted)]
