"""Who calls: the contacts and the block list of a unit, in memory for the moment a line rings, and on the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice
from sys import intern
from typing import BinaryIO

from appliance.clock import off_loop
from appliance.contacts.importing import Import, Imported
from appliance.contacts.index import NumberIndex
from appliance.office.callernumber import CallerNumbers, is_pattern
from appliance.office.contact import MOST_BLOCKED, MOST_CONTACTS, PRIVATE, UNAVAILABLE, Blocked, Contact
from appliance.store.contacts import ContactStore, FoundContacts, Row, row_of
from hw.callerid.coding import Absence, CallerId
from hw.callerid.text import name_text
from hw.tones.toneplan import NumberForms

_PIECE = 100
"""Contacts that are worked on at once, in less than a millisecond."""


class NotThere(LookupError):
    """There is no such contact, or no such entry of the block list. The message says so to people."""


class AlreadyTaken(ValueError):
    """There is such a contact already, or no room for another. The message says so to people."""


class Contacts:
    """Questions are answered at once, from memory. A change is on the disk when it returns; OSError where it is not."""

    def __init__(self, store: ContactStore, forms: NumberForms) -> None:
        self.store = store
        self.numbers = CallerNumbers(forms)
        self._contacts: NumberIndex[Row] = NumberIndex(self.numbers)
        """The fields of each contact: thousands of tuples of texts are nothing to Python's search for garbage."""
        self._blocked: NumberIndex[Blocked] = NumberIndex(self.numbers)
        self._without_number: dict[str, Blocked] = {}
        self._changing = asyncio.Lock()

    def load(self) -> None:
        """Read all there is. Blocks; for the time before anybody asks."""
        for row in self.store.contacts():
            self._know(row)
        for blocked in self.store.blocked():
            self._enter(blocked)

    # At ring time

    def who(self, number: str) -> Contact | None:
        """The contact who calls with this number, as the line gives it. The number itself wins over any pattern."""
        row = self._contacts.exact(number) or self._contacts.by_pattern(number)
        return Contact(*row) if row is not None else None

    def named(self, caller_id: CallerId | None) -> CallerId | None:
        """What a telephone shows: the contact's name, where the line gives only a number."""
        if caller_id is None or caller_id.name or not (contact := self.who(caller_id.number)):
            return caller_id
        return replace(caller_id, name=name_text(contact.name), name_absence=None)

    def blocked(self, caller_id: CallerId | None) -> Blocked | None:
        """The entry of the block list that this caller falls under.

        A contact whose very number is known is not blocked by a pattern, only by the number itself.
        """
        if caller_id is None:
            return None
        number = caller_id.number
        if not number:
            absence = caller_id.number_absence
            return self._without_number.get(_ABSENCES[absence]) if absence is not None else None
        if (blocked := self._blocked.exact(number)) is not None:
            return blocked
        return None if self._contacts.exact(number) is not None else self._blocked.by_pattern(number)

    async def turned_away(self, blocked: Blocked, at: datetime) -> None:
        """A call was blocked by this entry: count it. OSError where the disk fails; it is counted in memory then."""
        if (now := self._entry(blocked.caller)) is not None:
            self._enter(replace(now, times=now.times + 1, last=at))
            await off_loop(self.store.count, now.caller, at)

    # Contacts

    def __len__(self) -> int:
        return len(self._contacts)

    def known(self, number: str) -> Contact | None:
        """The contact with this very number or pattern, in whatever form."""
        row = self._contacts.at(number)
        return Contact(*row) if row is not None else None

    def at(self, number: str) -> Contact:
        """The same. Raises NotThere."""
        contact = self.known(number)
        if contact is None:
            near = f"; {who.name} has {who.number}" if (who := self.who(number)) else ""
            raise NotThere(f"there is no contact with the number {number}{near}")
        return contact

    async def find(self, text: str, after: int, limit: int) -> FoundContacts:
        """Contacts in which this stands, by name."""
        return await off_loop(self.store.find, text, after, limit)

    async def add(self, contact: Contact) -> None:
        """Raises AlreadyTaken."""
        async with self._changing:
            self._refuse_taken(contact.number)
            if len(self) >= MOST_CONTACTS:
                raise AlreadyTaken(f"there is room for {MOST_CONTACTS} contacts, and they are there already")
            await off_loop(self.store.put, [contact])
            self._put(contact)

    async def change(self, old: Contact, new: Contact) -> None:
        """Raises NotThere, and AlreadyTaken where the new number is somebody else's."""
        async with self._changing:
            number = self.at(old.number).number
            if self.numbers.key(new.number) != self.numbers.key(number) or is_pattern(new.number) != is_pattern(number):
                self._refuse_taken(new.number)
            await off_loop(self.store.put, [new], [number])
            self._contacts.remove(number)
            self._put(new)

    async def remove(self, number: str) -> Contact:
        """The contact that was there. Raises NotThere."""
        async with self._changing:
            contact = self.at(number)
            await off_loop(self.store.put, [], [contact.number])
            self._contacts.remove(contact.number)
        return contact

    async def take(self, file: BinaryIO) -> Imported:
        """Import a file: all that is good in it, or nothing where the disk fails."""
        async with self._changing:
            importing = Import(file, self.numbers, self.known, len(self))
            while await off_loop(importing.piece):
                pass
            try:
                for some in _pieces(importing.new):
                    await off_loop(self.store.bring, some)
                await off_loop(self.store.take_in)
            finally:
                await off_loop(self.store.leave)
            for some in _pieces(importing.new):
                for contact in some:
                    self._put(contact)
                await asyncio.sleep(0)
            with suppress(OSError):  # Without room for a copy they are imported all the same.
                await off_loop(self.store.keep_copy)
        return importing.result

    # The block list

    def block_list(self) -> Sequence[Blocked]:
        """Who is blocked, with how often: those without a number first, then by number."""
        return [*self._without_number.values(), *sorted(self._blocked.values(), key=lambda one: one.caller)]

    async def block(self, blocked: Blocked) -> Blocked:
        """Block a caller; one who is blocked already gets what is said now, and stays counted. Raises AlreadyTaken."""
        async with self._changing:
            before = self._entry(blocked.caller)
            if before is not None:
                blocked = replace(blocked, caller=before.caller)
            elif len(self._blocked) >= MOST_BLOCKED:
                raise AlreadyTaken(
                    f"there is room for {MOST_BLOCKED} entries in the block list, and they are there already"
                )
            await off_loop(self.store.block, blocked)
            if (now := self._entry(blocked.caller)) is not None:  # A call may have been counted meanwhile.
                blocked = replace(blocked, times=now.times, last=now.last)
            self._enter(blocked)
        return blocked

    async def unblock(self, caller: str) -> Blocked:
        """The entry that was there. Raises NotThere."""
        async with self._changing:
            blocked = self._entry(caller)
            if blocked is None:
                raise NotThere(f"{caller} is not in the block list")
            await off_loop(self.store.unblock, blocked.caller)
            if blocked.caller in _ABSENCES.values():
                del self._without_number[blocked.caller]
            else:
                self._blocked.remove(blocked.caller)
        return blocked

    def _entry(self, caller: str) -> Blocked | None:
        return self._without_number.get(caller) if caller in _ABSENCES.values() else self._blocked.at(caller)

    def _enter(self, blocked: Blocked) -> None:
        if blocked.caller in _ABSENCES.values():
            self._without_number[blocked.caller] = blocked
        else:
            self._blocked.put(blocked.caller, blocked)

    def _put(self, contact: Contact) -> None:
        self._know(row_of(contact))

    def _know(self, row: Row) -> None:
        """A company is the same text for all who belong to it, which saves a tenth of the memory."""
        number, name, company, notes, language, rank = row
        self._contacts.put(number, (number, name, intern(company), notes, language, rank))

    def _refuse_taken(self, number: str) -> None:
        if (taken := self.known(number)) is not None:
            form = "" if taken.number == number else f", as {taken.number}"
            raise AlreadyTaken(f"{number} is the number of {taken.name} already{form}")


_ABSENCES = {Absence.PRIVATE: PRIVATE, Absence.UNAVAILABLE: UNAVAILABLE}


def _pieces(contacts: Iterator[Contact]) -> Iterator[list[Contact]]:
    while some := list(islice(contacts, _PIECE)):
        yield some
