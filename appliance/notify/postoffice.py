"""The post office: keeps letters on disk until they have arrived, however long the network is away."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256
from pathlib import Path

from appliance.calls.faults import Faults
from appliance.calls.letters import Letter, LetterKind
from appliance.calls.tasks import Tasks
from appliance.clock import Clock, off_loop
from appliance.faultlog import kind_and_place
from appliance.notify.parcel import By, Carrier, Job, Parcel, SendFailed
from appliance.notify.parcels import ParcelStore
from appliance.notify.writing import written
from appliance.office.model import Office, Person
from appliance.office.notifying import AttachedSound, MailServer, PostAddress
from appliance.store.clockjournal import moment_of_text
from hw.said import said, told_by

log = logging.getLogger(__name__)

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
GIVEN_UP_AFTER = timedelta(days=7)
KEPT_FOR = timedelta(days=30)
"""What could not be sent for so long is thrown away: a server that is gone for good must not fill the disk."""
TOLD_AFTER = timedelta(hours=1)
"""A server may be away for so long before people are told."""
NOT_KEPT = said("letters cannot be kept: the disk is full or failing")
THROWN_AWAY = said(
    "letters that could not be sent for 30 days were thrown away; `copperdesk mail test` says what is wrong"
)


def wait_after(failures: int) -> timedelta:
    """How long to wait behind so many failures in a row: a minute, two, four, … four hours."""
    return min(FIRST_WAIT * (1 << min(failures - 1, 16)), LONGEST_WAIT)


class _Way:
    """How one way of sending fares. since: when it began to fail. until: when it is tried again."""

    def __init__(self) -> None:
        self.failures = 0
        self.since: datetime | None = None
        self.until: datetime | None = None
        self.fault = ""


class PostOffice:
    """See `Outbox`. `put` returns at once, and nothing of it is done in the caller's time.

    office: the one in use. changed: called when something has come into the queue, or left it.
    """

    def __init__(
        self, store: ParcelStore, carrier: Carrier, clock: Clock, faults: Faults, office: Callable[[], Office]
    ) -> None:
        self.changed: Callable[[], None] = lambda: None
        self._store = store
        self._carrier = carrier
        self._clock = clock
        self._faults = faults
        self._office = office
        self._queue: dict[str, Parcel] = {}
        self._ways: dict[By, _Way] = {"mail": _Way(), "post": _Way()}
        self._serial = 0
        self._work = Tasks(faults)
        self._something = asyncio.Event()

    async def start(self) -> None:
        try:
            self._queue = {parcel.id: parcel for parcel in await off_loop(self._store.load)}
        except OSError as error:
            self._faults.report(said("letters that wait cannot be read: %(why)s", why=told_by(error)))
        self._work.begin("the sending of letters", self._send_all())

    async def close(self) -> None:
        """What is in the queue stays there."""
        await self._work.close()

    @property
    def queue(self) -> list[Parcel]:
        """All that waits, the oldest first."""
        return sorted(self._queue.values(), key=lambda parcel: (parcel.queued, parcel.id))

    def next_try(self, parcel: Parcel) -> datetime | None:
        """When it is tried next, which its server may put off for all; None: not any more."""
        if parcel.given_up:
            return None
        until = self._ways[parcel.by].until
        return max(parcel.due, until) if until is not None else parcel.due

    @property
    def troubles(self) -> list[str]:
        """The faults that it has told itself: nothing is written about them."""
        return [fault for fault in self._faults.now if fault in {*self._own_faults(), NOT_KEPT, THROWN_AWAY}]

    def put(self, letter: Letter) -> None:
        """Keep a letter and send it, if whoever it is for wants to have it."""
        parcels = list(self._parcels(letter))
        if parcels:
            self._work.begin("the keeping of a letter", self._keep(parcels, letter))

    async def keep(self, letter: Letter) -> bool:
        """The same; it is on disk when this returns. False where that was not possible, which is told as a fault."""
        return await self._keep_all(list(self._parcels(letter)), letter)

    async def complete(self, key: str, facts: Mapping[str, str]) -> None:
        """What the mail about an event has waited for: these facts, or none. It is sent now. key: of the letter."""
        for parcel in self.queue:
            if parcel.by == "mail" and parcel.facts.get("key") == key and parcel.id in self._queue:
                due = min(parcel.due, self._clock.now())
                completed = replace(parcel, facts={**parcel.facts, **facts}, due=due)
                if completed != parcel:
                    await self._change(completed)
        self._something.set()

    async def retry(self) -> int:
        """Try all that waits at once, given up or not. How many that are."""
        now = self._clock.now()
        for way in self._ways.values():
            way.until = None
        for id in list(self._queue):
            parcel = self._queue.get(id)
            if parcel is None:  # It has been sent meanwhile.
                continue
            queued = now if parcel.given_up else parcel.queued
            await self._change(replace(parcel, due=now, queued=queued, given_up=False))
            self._faults.withdraw(_given_up(parcel))
        self._something.set()
        return len(self._queue)

    async def test(self, to: str) -> str:
        """Send a test to a mail address at once. Empty, or what is wrong, in plain words."""
        now = self._clock.now()
        parcel = Parcel("test", "mail", to, "test", "", {"when": now.isoformat()}, now, now)
        try:
            await self._carrier.carry(self._job(parcel, None))
        except SendFailed as failed:
            return failed.why
        return ""

    # Into the queue

    def _parcels(self, letter: Letter) -> Iterator[Parcel]:
        office, now = self._office(), self._clock.now()
        key = self._key(letter, now)
        person = office.person(letter.person)
        if person is not None and person.notify.mail and office.notifying.mail.host and _wants(person, letter):
            parcel = self._parcel("mail", person.notify.mail, person.id, letter, key, now)
            yield replace(parcel, due=now + letter.waits)
        elif letter.address and office.notifying.mail.host:
            yield self._parcel("mail", letter.address, "", letter, key, now)
        if office.notifying.post.url:
            yield self._parcel("post", office.notifying.post.url, "", letter, key, now)

    def _key(self, letter: Letter, now: datetime) -> str:
        """What letters about the same event have in common. A fault is the same all day, whoever tells it."""
        self._serial += 1
        fault = f"{letter.facts['fault']} {now.date()}" if letter.facts.get("fault") else ""
        return letter.facts.get("key") or fault or f"{now.isoformat()} {self._serial}"

    def _parcel(self, by: By, to: str, person: str, letter: Letter, key: str, now: datetime) -> Parcel:
        id = sha256("\n".join((by, to, letter.kind.value, key)).encode()).hexdigest()[:24]
        facts = {"when": now.isoformat()} | dict(letter.facts)
        return Parcel(id, by, to, letter.kind.value, person, facts, now, now)

    async def _keep(self, parcels: list[Parcel], letter: Letter) -> None:
        await self._keep_all(parcels, letter)

    async def _keep_all(self, parcels: list[Parcel], letter: Letter) -> bool:
        for parcel in parcels:
            sound = letter.attached if parcel.by == "mail" and not letter.facts.get("private") else None
            try:
                await off_loop(self._store.put, parcel, sound)
            except OSError as error:
                log.error("a letter was not kept: %s", kind_and_place(error))
                self._faults.report(NOT_KEPT)
                return False
            self._queue.setdefault(parcel.id, parcel)
        self._faults.withdraw(NOT_KEPT)
        self._something.set()
        self.changed()
        return True

    # Out of it

    async def _send_all(self) -> None:
        while True:
            self._something.clear()
            for parcel in self.queue:
                if self._is_due(parcel):
                    await self._send(parcel)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._something.wait(), self._seconds_to_wait())

    def _is_due(self, parcel: Parcel) -> bool:
        return not parcel.given_up and self._wait_for(parcel) <= timedelta(0)

    def _wait_for(self, parcel: Parcel) -> timedelta:
        """A clock that was set back must not keep anything waiting for years."""
        wait = (self.next_try(parcel) or parcel.due) - self._clock.now()
        return wait if wait <= LONGEST_WAIT else timedelta(0)

    def _seconds_to_wait(self) -> float | None:
        """None: nothing is in the queue, so an idle unit has no timer."""
        waits = [self._wait_for(parcel) for parcel in self._queue.values() if not parcel.given_up]
        return max(min(waits).total_seconds(), 0.0) + 0.001 if waits else None

    async def _send(self, parcel: Parcel) -> None:
        way = self._ways[parcel.by]
        try:
            await self._carrier.carry(self._job(parcel, await off_loop(self._store.sound, parcel)))
        except SendFailed as failed:
            if failed.server:
                self._rest(way, failed.why)
            await self._failed(parcel, failed)
            await self._throw_away_old(parcel.by)
            return
        except Exception as error:  # One letter that cannot be written must not keep all others.
            log.error("a letter could not be sent: %s", kind_and_place(error))
            await self._failed(parcel, SendFailed(f"a fault in the program: {type(error).__name__}", server=False))
            return
        self._faults.withdraw(way.fault)
        self._faults.withdraw(THROWN_AWAY)
        self._ways[parcel.by] = _Way()
        await self._leave_queue(parcel)

    async def _throw_away_old(self, by: By) -> None:
        """Behind a failure only: what is old because the unit was off is tried once more."""
        if not self._clock.may_delete:
            return
        now = self._clock.now()
        for parcel in self.queue:
            if parcel.by == by and now - parcel.queued >= KEPT_FOR:
                await self._leave_queue(parcel)
                self._faults.report(THROWN_AWAY)

    async def _leave_queue(self, parcel: Parcel) -> None:
        self._faults.withdraw(_given_up(parcel))
        del self._queue[parcel.id]
        try:
            await off_loop(self._store.remove, parcel)
        except OSError as error:  # It is in the queue once more after the next start.
            log.error("a letter stays on the disk: %s", kind_and_place(error))
        self.changed()

    def _rest(self, way: _Way, why: str) -> None:
        now = self._clock.now()
        way.failures += 1
        way.since = way.since or now
        way.until = now + wait_after(way.failures)
        if now - way.since >= TOLD_AFTER:
            self._faults.withdraw(way.fault)
            way.fault = said("letters cannot be sent: %(why)s", why=why)
            self._faults.report(way.fault)

    async def _failed(self, parcel: Parcel, failed: SendFailed) -> None:
        """What a server does to all is not held against a parcel: it goes as soon as the server takes anything."""
        now, parcel = self._clock.now(), self._queue[parcel.id]  # It may have been completed meanwhile.
        attempts = parcel.attempts + (0 if failed.server else 1)
        due = parcel.due if failed.server else now + wait_after(attempts)
        too_old = self._clock.may_delete and now - parcel.queued >= GIVEN_UP_AFTER
        given_up = not failed.server and too_old
        await self._change(replace(parcel, attempts=attempts, due=due, why=failed.why, given_up=given_up))
        if too_old:
            self._faults.report(_given_up(parcel))

    async def _change(self, parcel: Parcel) -> None:
        self._queue[parcel.id] = parcel
        try:
            await off_loop(self._store.change, parcel)
        except OSError as error:
            log.error("how a letter stands was not kept: %s", kind_and_place(error))
        self.changed()

    def _job(self, parcel: Parcel, attached: Path | None) -> Job:
        office, now = self._office(), self._clock.now()
        at = int(now.timestamp())
        if parcel.by == "post":
            event = {"event": parcel.kind, "id": parcel.id, "office": office.name, "at": parcel.queued.isoformat()}
            body = json.dumps(event | {"facts": dict(parcel.facts)}, ensure_ascii=False)
            return Job("post", parcel.to, parcel.id, _fields(office.notifying.post), text=body, at=at)
        letter = written(parcel.kind, self._without_wrong_times(parcel.facts), parcel.person, office)
        person = office.person(parcel.person)
        sound_as = person.notify.sound.value if person is not None else AttachedSound.NONE.value
        return Job(
            by="mail",
            to=parcel.to,
            id=parcel.id,
            server=_fields(office.notifying.mail),
            subject=letter.subject,
            text=letter.text,
            sound=str(attached) if attached is not None else "",
            sound_as="pdf" if attached is not None and attached.suffix == ".pdf" else sound_as,
            sound_words=dict(letter.sound_words),
            at=at if self._clock.is_sure(now) else 0,
        )

    def _without_wrong_times(self, facts: Mapping[str, str]) -> dict[str, str]:
        """A time that is not certain is left out of a letter."""
        return {name: fact for name, fact in facts.items() if not self._is_unsure(fact)}

    def _is_unsure(self, fact: str) -> bool:
        moment = moment_of_text(fact)
        return moment is not None and not self._clock.is_sure(moment)

    def _own_faults(self) -> set[str]:
        return {way.fault for way in self._ways.values()} | {_given_up(parcel) for parcel in self._queue.values()}


def _wants(person: Person, letter: Letter) -> bool:
    """Whether a person is to have mail of this. What may cost money or a life is never kept from anybody."""
    match letter.kind:
        case LetterKind.MESSAGE | LetterKind.WRITTEN:
            return person.notify.messages.has(urgent=bool(letter.facts.get("urgent")))
        case LetterKind.LOST_CALLER:
            return person.notify.lost_callers
        case LetterKind.FAULT:
            return person.notify.faults
        case _:
            return True


def _given_up(parcel: Parcel) -> str:
    """What people are told, without the address, which is nobody else's business."""
    if parcel.person:
        return said(
            "a letter to %(person)s (%(kind)s) could not be sent for a week; see `copperdesk mail queue`",
            person=parcel.person,
            kind=parcel.kind,
        )
    return said(
        "a letter to the address at notifying.post (%(kind)s) could not be sent for a week;"
        " see `copperdesk mail queue`",
        kind=parcel.kind,
    )


def _fields(settings: MailServer | PostAddress) -> dict[str, object]:
    fields = asdict(settings)
    return {name: value.value if isinstance(value, Enum) else value for name, value in fields.items()}
