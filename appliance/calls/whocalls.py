"""Who calls: what the line tells, what the contacts and the log know of it, and whether the caller is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from appliance.calls.record import Record
from appliance.calls.services import Services
from appliance.office.contact import Blocked, Contact
from appliance.office.languages import LanguageCode
from appliance.office.model import Office
from appliance.store.calllog import History
from hw.callerid.coding import CallerId
from hw.said import said, told_by

CHALLENGES = "23456789"
"""Machines try 1 and 0."""


class WhoCalls:
    """The caller of one call. caller_id: None where nothing is known. outside: from the public network.

    label: of the company that was called, shown in front of the caller; or empty.
    """

    def __init__(self, services: Services, record: Record, caller_id: CallerId | None, outside: bool) -> None:
        self.caller_id = caller_id
        self.label = ""
        self._contacts, self._clock, self._faults = services.contacts, services.clock, services.faults
        self._announcer = services.announcer
        self._record = record
        self._outside = outside
        self._told = False
        """The caller has entered the number, which may be anybody's: it makes nobody a contact."""
        self._name_of: tuple[CallerId | None, str] | None = None

    @property
    def number(self) -> str:
        """The caller's number; empty where it is not known."""
        return self.caller_id.number if self.caller_id is not None else ""

    @property
    def contact(self) -> Contact | None:
        """The contact who calls, known by the number. Nobody of ours is one."""
        return self._contacts.who(self.number) if self._outside and self.number and not self._told else None

    @property
    def name(self) -> str:
        """The contact's, or what the line told; empty where nothing is known. Looked up once for each number."""
        if self._name_of is None or self._name_of[0] != self.caller_id:
            contact, known = self.contact, self.caller_id
            name = contact.name if contact is not None else known.name if known is not None else ""
            self._name_of = self.caller_id, name
        return self._name_of[1]

    @property
    def blocked(self) -> Blocked | None:
        """The entry of the block list that the caller falls under. Nobody of ours is blocked."""
        return self._contacts.blocked(self.caller_id) if self._outside else None

    @property
    def challenge(self) -> str:
        """A key that no machine knows, another one in each call."""
        return CHALLENGES[sum(map(ord, self._record.id)) % len(CHALLENGES)]

    def says_number(self, number: str) -> None:
        """The caller has told the number, which the line did not."""
        self._told = True
        self.caller_id = CallerId(number)
        self._record.came_from(self.caller_id)
        self._record.step("told the number")

    async def turned_away(self, blocked: Blocked) -> None:
        """The caller got what this entry of the block list says; it is counted."""
        try:
            await self._contacts.turned_away(blocked, self._clock.now())
        except OSError as error:
            self._faults.report(said("blocked calls are not being counted: %(why)s", why=told_by(error)))

    async def history(self) -> History | None:
        """The calls that came from this caller before; None where there is no number, or no log to look it up in."""
        return await self._record.history(self._contacts.numbers.written(self.number)) if self.number else None

    async def person_before(self) -> str:
        """The id of the person whom the caller talked to last; empty for nobody."""
        if not self.number or self._told:
            return ""
        return await self._record.person_before(self._contacts.numbers.written(self.number))

    async def shown(self, label: str = "") -> CallerId | None:
        """What a telephone shows: the caller, behind the label of the department or the company that was called."""
        known = await self._named()
        label = label or self.label
        if not label:
            return known
        known = known or CallerId()
        return replace(known, name=f"{label}: {known.name}" if known.name else label, name_absence=None)

    async def _named(self) -> CallerId | None:
        """The caller; for a number without a name with the contact's, or how often it has called."""
        if self._told:
            return self.caller_id
        shown = self._contacts.named(self.caller_id)
        came_in = self._outside and self._record.known.direction == "in"
        if shown is None or shown.name or not came_in or (history := await self.history()) is None:
            return shown
        name = f"Call no. {history.calls + 1}" if history.calls else "New caller"
        return replace(shown, name=name, name_absence=None)

    def language(self, office: Office, of_line: Sequence[LanguageCode | None]) -> LanguageCode:
        """What the caller is spoken to in: the contact's language, the line's or its company's, or the country's."""
        wanted = [self.contact.language if self.contact is not None else None, *of_line]
        if self._outside and self.number and (by_country := office.callers.language_of_country):
            forms = self._contacts.numbers.written(self.number)
            wanted += [by_country[code] for code in by_country if any(form.startswith(f"+{code}") for form in forms)]
        return next((code for code in wanted if code and code in office.languages), office.language)

    def sayable_name(self, number: str, language: LanguageCode) -> str:
        """The name of the contact with this number; empty where there is none, or its name cannot be said yet.

        It can be said the next time: it is spoken meanwhile.
        """
        contact = self._contacts.who(number)
        if contact is None:
            return ""
        self._announcer.get_ready(contact.name, language)
        return contact.name if self._announcer.can_say(contact.name, language) else ""

    # The block list

    async def last_caller(self, person: str) -> str:
        """The number of whoever reached this person last; empty for nobody."""
        return await self._record.last_caller(person)

    async def block(self, number: str) -> bool:
        """Put this number on the block list. False where that could not be kept; people are told why."""
        try:
            await self._contacts.block(Blocked(number, notes="blocked by code"))
        except (OSError, ValueError) as error:
            self._faults.report(said("a caller could not be blocked: %(why)s", why=told_by(error)))
            return False
        return True
