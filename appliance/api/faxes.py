"""Received faxes: whose boxes, what is in them, their pages, and what is done with them: the methods `faxes.…`.

Pictures and PDF files go out in pieces, as sounds do, so that no answer keeps the others waiting. Whoever asks says who
looks, and that is noted with the first piece.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypedDict

from appliance.api.hearing import SoundPiece, piece_of
from appliance.calls.faxroom import FaxGone, ReceivedFax, SeenBy
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.fax.pages.converting import PagesUnusable
from appliance.office.departments import Department
from appliance.office.fax import OFFICE_BOX
from appliance.office.faxbox import box_name, box_of, boxes, boxes_of
from appliance.office.model import Office, Person
from appliance.store.listing import number_of
from appliance.unit import Unit
from hw.nearest import nearest
from hw.said import said, told_by

MOST_AT_ONCE = 100
NEW, SEEN, DELETED = "new", "seen", "deleted"
KEPT = "kept"
"""New or seen."""


class FaxBoxFacts(TypedDict):
    """A box that somebody may open."""

    box: str
    """The id of its owner, or `@office`."""
    name: str
    """The owner's name, or the office's."""
    own: bool
    """Whether it is the person's very own."""
    new: int
    """How many faxes nobody has seen."""
    seen: int
    """How many were seen."""


class FaxFacts(TypedDict):
    """A received fax. Times are ISO 8601 on the office's clock; texts are empty where there is nothing to say."""

    id: str
    """By which it is asked for."""
    box: str
    """The box it is in."""
    state: str
    """`new`, `seen` or `deleted`."""
    received: str
    """When it began."""
    number: str
    """Who sent it, as the line told."""
    name: str
    """The name, as the line told."""
    contact: str
    """The name of the contact who has this number, or the one of the machine."""
    identity: str
    """The number that the sending machine tells."""
    subaddress: str
    """The sub-address that the sending machine told."""
    line: str
    """The line it came on."""
    called: str
    """The number that was called, where the line told it."""
    call: str
    """The id of its call in the call log."""
    pages: int
    """Whole ones."""
    complete: bool
    """The sender has said that this was all."""
    cause: str
    """How it ended: a value of `FaxCause`; empty: a failure of the power cut it off."""
    bad_rows: int
    """Lines of its pages that came with errors."""
    seconds: float
    """How long it took."""
    seen_by: str
    """The name of whoever saw it first."""
    seen: str | None
    """When that was."""
    forwarded_by: str
    """The name of whoever put it into this box."""
    deleted: str | None
    """When it was deleted. For 24 hours it can be restored."""


class FaxListing(TypedDict):
    """Some faxes of a box, the newest first. next: behind how many of them the next ones are asked for."""

    faxes: list[FaxFacts]
    next: int
    total: int


class FaxOpenedFacts(TypedDict):
    """That a fax was opened."""

    at: str
    """When."""
    by: str
    """The name of the person, a mail address or a printer; empty: nobody known."""
    how: str
    """A value of `SeenBy`."""
    fax: str
    """The id of the fax."""
    received: str
    """When the fax had come."""
    sender: str
    """The number of its sender."""


def offer_faxes(control: Offers, unit: Unit) -> None:
    """Put the methods on the socket."""
    room, views = unit.fax_desk.room, unit.fax_desk.views

    async def owned(params: dict[str, Any]) -> list[FaxBoxFacts]:
        office, person = unit.office, params["person"]
        found = boxes_of(office, person) if person else boxes(office)
        return [_box_facts(unit, box, person) for box in found]

    async def listed(params: dict[str, Any]) -> FaxListing:
        box, after = box_named(unit.office, params["box"]), max(params["after"], 0)
        ids = await room.ids(box)
        kept = [*ids.new, *ids.seen]
        states = {"": [*kept, *ids.deleted], KEPT: kept, NEW: ids.new, DELETED: ids.deleted}
        if params["state"] not in states:
            raise ControlError("not-understood", said("faxes are listed that are kept, new or deleted, or all"))
        everything = sorted(states[params["state"]], key=number_of, reverse=True)
        upto = min(after + MOST_AT_ONCE, len(everything))
        found: list[FaxFacts] = []
        for id in everything[after:upto]:
            try:
                found.append(fax_facts(unit, await room.fax(box, id)))
            except FaxGone:
                continue
        return FaxListing(faxes=found, next=upto, total=len(everything))

    async def one(params: dict[str, Any]) -> FaxFacts:
        with told(params):
            return fax_facts(unit, await named(params))

    async def page(params: dict[str, Any]) -> SoundPiece:
        with told(params):
            fax = await named(params)
            picture = await views.page(fax, params["page"], unit.office)
            if picture is None:
                raise ControlError("no-such-page", said("the fax has %(pages)s pages", pages=fax.sheet.pages))
            await looked_at(fax, params)
            return await off_loop(piece_of, picture, params["at"])

    async def pdf(params: dict[str, Any]) -> SoundPiece:
        with told(params):
            fax = await named(params)
            whole = await views.pdf(fax, unit.office)
            await looked_at(fax, params)
            return await off_loop(piece_of, whole, params["at"])

    async def looked_at(fax: ReceivedFax, params: dict[str, Any]) -> None:
        if params["at"] == 0 and not fax.deleted:
            await room.opened(fax, params["by"], _how(params["how"]))

    async def delete(params: dict[str, Any]) -> FaxFacts:
        with told(params):
            fax = await named(params)
            deleted = await room.delete(fax, params["by"])
            await views.forget(fax)
            return fax_facts(unit, deleted)

    async def restore(params: dict[str, Any]) -> FaxFacts:
        with told(params):
            return fax_facts(unit, await room.restore(await named(params)))

    async def mark_new(params: dict[str, Any]) -> FaxFacts:
        with told(params):
            return fax_facts(unit, await room.mark_new(await named(params)))

    async def forward(params: dict[str, Any]) -> FaxFacts:
        with told(params):
            fax, to = await named(params), box_named(unit.office, params["to"])
            if fax.deleted:
                raise FaxGone
            if to == fax.mailbox:
                raise ControlError("already-there", said("the fax is in this box already"))
            if room.full(to, unit.office.fax.faxes_per_box):
                raise ControlError("box-full", said("the box of %(name)s is full", name=box_name(unit.office, to)))
            forwarded = await room.forward(fax, to, params["by"])
            await room.note_opened(fax, params["by"], SeenBy.FORWARDED)
            return fax_facts(unit, forwarded)

    async def who_opened(params: dict[str, Any]) -> list[FaxOpenedFacts]:
        box, office = box_named(unit.office, params["box"]), unit.office
        return [
            FaxOpenedFacts(
                at=office.local(one.at).isoformat(),
                by=_name_of(office, one.by) or one.by,
                how=one.how.value,
                fax=one.fax,
                received=office.local(one.received).isoformat(),
                sender=one.sender,
            )
            for one in await room.who_opened(box, params["id"])
        ]

    async def named(params: dict[str, Any]) -> ReceivedFax:
        box, id = box_named(unit.office, params["box"]), params["id"]
        if not id.isdecimal():
            raise FaxGone
        return await room.fax(box, id)

    which = {"box": Param(str), "id": Param(str)}
    by = {"by": Param(str, "")}
    looks = by | {"how": Param(str, SeenBy.PAGE.value), "at": Param(int, 0)}
    control.method("faxes.boxes", owned, {"person": Param(str, "")})
    control.method("faxes.list", listed, {"box": Param(str), "after": Param(int, 0), "state": Param(str, KEPT)})
    control.method("faxes.one", one, which)
    control.method("faxes.page", page, which | looks | {"page": Param(int)})
    control.method("faxes.pdf", pdf, which | looks)
    control.method("faxes.delete", delete, which | by)
    control.method("faxes.restore", restore, which)
    control.method("faxes.mark_new", mark_new, which)
    control.method("faxes.forward", forward, which | by | {"to": Param(str)})
    control.method("faxes.opened", who_opened, {"box": Param(str), "id": Param(str, "")})


def fax_facts(unit: Unit, fax: ReceivedFax) -> FaxFacts:
    """For whoever asks by the socket."""
    sheet, office = fax.sheet, unit.office

    def on_clock(moment: datetime | None) -> str | None:
        return office.local(moment).isoformat() if moment is not None else None

    numbers = [one for one in (sheet.number, sheet.identity.replace(" ", "")) if one]
    contacts = [contact for number in numbers if (contact := unit.contacts.who(number)) is not None]
    return FaxFacts(
        id=fax.id,
        box=fax.mailbox,
        state=DELETED if fax.deleted else NEW if fax.new else SEEN,
        received=on_clock(sheet.received) or "",
        number=sheet.number,
        name=sheet.name,
        contact=contacts[0].name if contacts else "",
        identity=sheet.identity,
        subaddress=sheet.subaddress,
        line=sheet.line,
        called=sheet.called,
        call=sheet.call,
        pages=sheet.pages,
        complete=sheet.complete,
        cause=sheet.cause,
        bad_rows=sheet.bad_rows,
        seconds=sheet.seconds,
        seen_by=_name_of(office, sheet.seen_by),
        seen=on_clock(sheet.seen_at),
        forwarded_by=_name_of(office, sheet.forwarded_by),
        deleted=on_clock(fax.deleted_at),
    )


@contextmanager
def told(params: dict[str, Any]) -> Iterator[None]:
    """What is refused within it is told to whoever asked."""
    try:
        yield
    except FaxGone as error:
        raise ControlError("no-such-fax", said("there is no fax %(id)s, or no longer", id=params["id"])) from error
    except PagesUnusable as error:
        raise ControlError("pages-unusable", said("the pages of this fax cannot be read")) from error
    except OSError as error:
        raise ControlError("disk-failed", told_by(error)) from error


def box_named(office: Office, word: str) -> str:
    """The box of the person or department with this id or extension, or the office's."""
    if word == OFFICE_BOX:
        return word
    owners: list[Person | Department] = [*office.people, *office.departments]
    found = next((one.id for one in owners if word in (one.id, one.extension)), None)
    if found is None:
        near = nearest(word, [OFFICE_BOX, *(one.id for one in owners)])
        meant = f"; did you mean {near!r}?" if near else ""
        raise ControlError("no-such-box", f"there is no fax box with the id or extension {word!r}{meant}")
    return box_of(office, found)


def _how(word: str) -> SeenBy:
    try:
        return SeenBy(word)
    except ValueError:
        raise ControlError("not-understood", said("nobody sees a fax by '%(word)s'", word=word)) from None


def _name_of(office: Office, id: str) -> str:
    known = office.person(id) or office.department(id)
    return known.name if known is not None else ""


def _box_facts(unit: Unit, box: str, person: str) -> FaxBoxFacts:
    counts = unit.fax_desk.room.counts(box)
    own = box == person and unit.office.person(person) is not None
    return FaxBoxFacts(box=box, name=box_name(unit.office, box), own=own, new=counts.new, seen=counts.seen)
