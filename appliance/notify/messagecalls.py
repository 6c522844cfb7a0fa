"""When people are called about new messages: a while after they came, then again and again, until they are heard.

What decides is what the mailboxes hold, so nobody is called about a message that was heard elsewhere meanwhile. A
restart begins the wait anew.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.calls.mail import MailRoom
from appliance.clock import Clock
from appliance.faultlog import kind_and_place
from appliance.office.model import Office, Person
from appliance.office.notifying import MessageCall

log = logging.getLogger(__name__)

PlaceCall = Callable[[Person, str], Awaitable[object]]
"""Calls a person at a number, and returns once the call is over."""


@dataclass(frozen=True, slots=True)
class Round:
    """The calls about what is new for somebody. new: how many messages those are. next: when the next call is due."""

    new: int
    next: datetime
    calls: int = 0


class MessageCalls:
    """Calls one person at a time, and sets no timer while nobody is to be called."""

    def __init__(self, place: PlaceCall, mail: MailRoom, clock: Clock, office: Callable[[], Office]) -> None:
        self._place = place
        self._mail = mail
        self._clock = clock
        self._office = office
        self._rounds: dict[str, Round] = {}
        self._changed = asyncio.Event()
        self._work: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._work = asyncio.get_running_loop().create_task(self._call_all(), name="rings people about messages")

    async def close(self) -> None:
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)

    def look(self) -> None:
        """Something in the mailboxes may have changed."""
        office, now = self._office(), self._clock.now()
        rounds = {}
        for person in office.people:
            new = self._new(person)
            known = self._rounds.get(person.id)
            if known is None or new > known.new:
                known = Round(new, now + timedelta(minutes=person.notify.call.after_minutes))
            if new:
                rounds[person.id] = Round(new, known.next, known.calls)
        if rounds != self._rounds:
            self._rounds = rounds
            self._changed.set()

    async def _call_all(self) -> None:
        while True:
            self._changed.clear()
            for person in self._office().people:
                if self._seconds_until(person) == 0:
                    await self._call(person)
            waits = [seconds for one in self._office().people if (seconds := self._seconds_until(one)) is not None]
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), min(waits, default=None))

    async def _call(self, person: Person) -> None:
        call, known = person.notify.call, self._rounds[person.id]
        every = timedelta(minutes=call.every_minutes)
        self._rounds[person.id] = Round(known.new, self._clock.now() + every, known.calls + 1)
        try:
            await self._place(person, call.number or person.cell or "")
        except Exception as error:  # The next call may succeed, and others are to be called, too.
            log.error("a call about messages failed: %s", kind_and_place(error))
        if person.id in self._rounds:  # What is left is told in the next call, behind a pause.
            self._rounds[person.id] = Round(self._new(person), self._clock.now() + every, known.calls + 1)
        self.look()

    def _new(self, person: Person) -> int:
        counts = self._mail.counts(person.id)
        return person.notify.call.of.of(new=counts.new, urgent=counts.urgent)

    def _seconds_until(self, person: Person) -> float | None:
        """How long until this person is to be called; None: not at all."""
        call, known = person.notify.call, self._rounds.get(person.id)
        if known is None or not known.new or known.calls >= call.most_calls:
            return None
        now = self._clock.now()
        due = permitted(call, self._office().local(max(now, known.next)))
        return max((due - now).total_seconds(), 0.0)


def permitted(call: MessageCall, at: datetime) -> datetime:
    """The first moment from this one on, on the office's clock, at which somebody may be called."""
    if call.at(at.time()):
        return at
    begins = at.replace(hour=call.begins.hour, minute=call.begins.minute, second=0, microsecond=0)
    return begins if begins > at else begins + timedelta(days=1)
