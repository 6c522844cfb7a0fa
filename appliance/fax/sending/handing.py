"""Handing in a fax: whether it may be sent is looked at, pages are made, and it comes into the queue.

Every way in which faxes come leads here, so that all meet the same rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from appliance.calls.guard import Forbidden, class_of
from appliance.calls.services import Services
from appliance.clock import off_loop
from appliance.fax.making.orders import Cover, FileToSend, make_pages
from appliance.fax.making.refusal import CannotBeFaxed
from appliance.fax.sending.queue import FaxQueue
from appliance.fax.sending.queued import HandedInBy, QueuedFax
from appliance.fax.sending.queuestore import PAGES
from appliance.fax.sending.wording import cover, paper
from appliance.office.callback import as_a_line_dials
from appliance.office.destination import ToOutside
from appliance.office.dialling import calls_for_help
from appliance.office.model import Office, Person
from appliance.office.numbering import station_destination
from appliance.office.numbers import emergency_numbers
from appliance.office.routes import dearest_class_of
from appliance.switchboard import Switchboard
from hw.said import Said, said
from hw.tones.toneplan import tone_plan

LONGEST_TITLE = 100
LARGEST_FILE = 64 << 20
"""Bytes of what is handed in, in all."""
MARKS = " -./()"
"""What a number may be written with."""


class NotTaken(Exception):
    """A fax is not taken. code: a stable word for programs; why: whole sentences for people."""

    def __init__(self, code: str, why: Said) -> None:
        super().__init__(why)
        self.code = code
        self.why = why


@dataclass(frozen=True, slots=True)
class FaxWish:
    """What somebody wants sent."""

    to: str
    """A number, as a person writes it, or the word of a list."""
    files: Sequence[FileToSend]
    """What, in this order."""
    person: str = ""
    """The id of whoever sends it; empty: the office."""
    name: str = ""
    """Whom it is for, on the cover."""
    note: str = ""
    """What the cover says besides."""
    cover: bool | None = None
    """Whether it has a cover page; None: as the office has it, and with a note always, which would be lost."""
    coarse: bool = False
    """With half the lines, in half the time."""
    at: datetime | None = None
    """Not before this (UTC)."""
    way: HandedInBy = HandedInBy.COMMAND
    """How it comes."""
    source: str = ""
    """Names what it comes from, where the same must not be taken twice; see `QueuedFax.source`."""


class PageMaker(Protocol):
    """See `appliance.fax.making.orders.make_pages`."""

    def __call__(
        self, files: Sequence[FileToSend], into: Path, *, paper: str, coarse: bool, language: str, cover: Cover | None
    ) -> int: ...


class FaxIntake:
    """Takes faxes for a unit's queue."""

    def __init__(
        self, queue: FaxQueue, services: Services, switchboard: Switchboard, make: PageMaker = make_pages
    ) -> None:
        self.queue = queue
        """Where they go."""
        self._services = services
        self._switchboard = switchboard
        self._make = make
        self._serial = 0

    @property
    def office(self) -> Office:
        """The one in use."""
        return self._switchboard.office

    async def take(self, wish: FaxWish) -> list[QueuedFax]:
        """Take it: the faxes in the queue, one a number. Raises NotTaken; OSError where the disk fails.

        What is wrong with the number is told before any page is made. What was taken already is not taken again; of a
        list, a power cut may have had some taken.
        """
        known = [fax for fax in self.queue.faxes if wish.source and fax.source == wish.source]
        if known and not known[0].fax_list:
            return known
        numbers, fax_list = self.numbers(wish.to, wish.person)
        taken = {fax.number for fax in known}
        if not (numbers := [number for number in numbers if number not in taken]):
            return known
        office, settings, now = self.office, self.queue.settings, self._services.clock.now()
        with_cover = (settings.cover or bool(wish.note.strip())) if wish.cover is None else wish.cover
        if not wish.files and not with_cover:
            raise NotTaken("nothing-to-send", said("There is nothing to send."))
        files = [replace(file, name=readable(file.name)) for file in wish.files]
        id, store = self._new_id(now), self.queue.store
        room = await off_loop(store.room, id)
        page = None
        if with_cover:
            number = numbers[0] if len(numbers) == 1 else ""
            page = cover(office, now, to=wish.name, number=number, person=wish.person, note=wish.note)
        try:
            pages = await off_loop(
                lambda: self._make(
                    files,
                    room / PAGES,
                    paper=paper(office),
                    coarse=wish.coarse,
                    language=office.language,
                    cover=page,
                )
            )
            first = QueuedFax(
                id=id,
                number=numbers[0],
                person=wish.person,
                title=_title(files),
                pages=pages,
                queued=now,
                due=max(wish.at, now) if wish.at is not None else now,
                way=wish.way,
                not_before=wish.at,
                to=wish.name,
                fax_list=fax_list,
                source=wish.source,
            )
            faxes = [replace(first, id=f"{id}-{place}", number=number) for place, number in enumerate(numbers, start=1)]
            await self.queue.put(id, faxes if fax_list else [first])
        except CannotBeFaxed as refused:
            raise NotTaken("no-pages", refused.why) from refused
        finally:
            with suppress(OSError):
                await off_loop(store.clear, id)
        return faxes if fax_list else [first]

    def _new_id(self, now: datetime) -> str:
        """Unique where a unit without a clock of its own starts at the same time again and again, too."""
        while True:
            self._serial += 1
            id = f"{now:%Y%m%d-%H%M%S}-{now.microsecond:06}-{self._serial}"
            if not any(fax.id.startswith(id) for fax in self.queue.faxes):
                return id

    def numbers(self, to: str, person: str) -> tuple[list[str], str]:
        """The numbers, as they are dialled on a line, and the list that they are of, if any. Raises NotTaken."""
        settings = self.queue.settings
        sender = self._sender(person)
        fax_list = settings.lists.get(to.strip().lower())
        if fax_list is None:
            return [self._number(to, sender)], ""
        return list(dict.fromkeys(self._allowed(number, sender) for number in fax_list.numbers)), to.strip().lower()

    def _sender(self, id: str) -> Person | None:
        sender = self.office.person(id) if id else None
        if id and sender is None:
            raise NotTaken("no-such-person", said("There is no person with the id %(id)s.", id=id))
        if not self.queue.settings.may_send(id):
            raise NotTaken("not-allowed", said("%(id)s may not send faxes.", id=id))
        return sender

    def _number(self, written: str, sender: Person | None) -> str:
        """A number as a person writes it: as it is dialled on a line, or with its country and a + in front."""
        digits = "".join(one for one in written if one not in MARKS)
        if not digits:
            raise NotTaken("no-number", said("Give a number as it is dialed on a telephone of the office."))
        if not digits.removeprefix("+").isdecimal() or not digits.isascii() or len(digits) > 24:
            known = tuple(self.queue.settings.lists)
            if not known:
                raise NotTaken("no-number", said("%(number)s is no telephone number.", number=written))
            raise NotTaken(
                "no-number",
                said(
                    "%(number)s is neither a telephone number nor one of the lists: %(lists)s.",
                    number=written,
                    lists=known,
                ),
            )
        office = self.office
        number = as_a_line_dials(tone_plan(office.country).number_forms, digits)
        prefix = office.outside_prefix
        if digits.removeprefix(prefix) in emergency_numbers(office.country):
            raise NotTaken("emergency-number", said("No fax is sent to an emergency number."))
        match station_destination(office, prefix + number):
            case ToOutside(number=outside, emergency=False):
                return self._allowed(outside, sender)
            case ToOutside():
                raise NotTaken("emergency-number", said("No fax is sent to an emergency number."))
        raise NotTaken("no-outside-number", said("%(number)s is no number outside.", number=written))

    def _allowed(self, number: str, sender: Person | None) -> str:
        """The number, where its sender may call it. An exchange hears an emergency number in a longer one, too."""
        if calls_for_help(self.office, number):
            raise NotTaken("emergency-number", said("No fax is sent to an emergency number."))
        found = dearest_class_of(self.office, number)
        if found not in class_of(self._services, self.office, sender, None, from_outside=False).calls:
            raise NotTaken(
                "not-allowed",
                said("%(number)s may not be called: %(why)s.", number=number, why=str(Forbidden(found))),
            )
        return number


def readable(name: str) -> str:
    """The name of a file as it can be shown everywhere: any octets may be in it, such as those of an old code page."""
    text = name.encode("utf-8", errors="replace").decode("utf-8")
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _title(files: Sequence[FileToSend]) -> str:
    return ", ".join(Path(file.name).name for file in files)[:LONGEST_TITLE]
