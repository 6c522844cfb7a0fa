"""Messages as their owners hear them: whose mailboxes, the sound, and what was heard: methods `messages.…`.

The sound goes out in pieces, so that no answer is long, and none keeps the others waiting. Where a message is moved
meanwhile, as somebody keeps it, the next piece is read where it is then.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any, TypedDict

from appliance.api.livecalls import refusals
from appliance.api.messages import MessageFacts, message_facts, message_named, noted, told
from appliance.calls.mail import MessageGone
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.departments import Department
from appliance.office.mailboxlimits import most_messages
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Office
from appliance.unit import Unit
from hw.said import said

PIECE_BYTES = 64 * 1024
"""Four seconds of sound."""


class SoundPiece(TypedDict):
    """A piece of a sound file, as base64; empty behind its end. size: the bytes of the whole file."""

    piece: str
    size: int


class MailboxFacts(TypedDict):
    """A mailbox that somebody may open."""

    mailbox: str
    """The id of its owner."""
    name: str
    """The owner's name."""
    own: bool
    """Whether it is the person's very own; all others are those of the person's departments and of the office."""
    new: int
    """How many new messages it has."""
    saved: int
    """How many that were heard."""


class Recipient(TypedDict):
    """Somebody to whom a message can be sent. id: of the person or department. full: the mailbox has no room now."""

    id: str
    name: str
    extension: str
    full: bool


def offer_hearing(control: Offers, unit: Unit) -> None:
    """Put the methods on the socket."""

    async def mailboxes(params: dict[str, Any]) -> list[MailboxFacts]:
        return [_mailbox(unit, owner, params["person"]) for owner in mailboxes_of(unit.office, params["person"])]

    async def recipients(_params: dict[str, Any]) -> list[Recipient]:
        office, mail = unit.office, unit.mail
        return [
            Recipient(
                id=one.id, name=one.name, extension=one.extension, full=mail.full(one.id, most_messages(office, one))
            )
            for one in office.mailboxes
        ]

    async def one_message(params: dict[str, Any]) -> MessageFacts:
        with told(params):
            return await message_facts(unit, await message_named(unit, params))

    async def sound(params: dict[str, Any]) -> SoundPiece:
        with told(params):
            message = await message_named(unit, params)
            try:
                return await off_loop(piece_of, message.path, params["at"])
            except FileNotFoundError:
                message = await message_named(unit, params)
                return await off_loop(piece_of, message.path, params["at"])

    async def heard(params: dict[str, Any]) -> MessageFacts:
        with told(params):
            message = await message_named(unit, params)
            if message.deleted:
                raise MessageGone
            return await message_facts(unit, await unit.mail.keep(message, noted(unit, params)))

    async def unheard(params: dict[str, Any]) -> MessageFacts:
        with told(params):
            return await message_facts(unit, await unit.mail.mark_new(await message_named(unit, params)))

    async def call_back(params: dict[str, Any]) -> None:
        with told(params), refusals():
            who = unit.switchboard.office.person(params["at"])
            number = (await message_named(unit, params)).caller_number
            unit.call_control.call_back(number, who.station or "" if who is not None else "")

    one = {"person": Param(str), "id": Param(str)}
    control.method("messages.mailboxes", mailboxes, {"person": Param(str)})
    control.method("messages.recipients", recipients)
    control.method("messages.one", one_message, one)
    control.method("messages.sound", sound, one | {"at": Param(int, 0)})
    control.method("messages.heard", heard, one | {"by": Param(str, "")})
    control.method("messages.unheard", unheard, one)
    control.method("messages.call_back", call_back, one | {"at": Param(str)})


def mailboxes_of(office: Office, person: str) -> list[MailboxOwner]:
    """Those that the person with this id may open: the own one, those of the departments, and for whoever is the
    office's operator the office's."""
    general = [one.general_mailbox for one in office.everybody_called if one.operator == person]
    ids = [person, *(one.id for one in office.departments_of(person)), *general]
    owners = [office.mailbox_of(id) for id in dict.fromkeys(ids)]
    return [owner for owner in owners if owner is not None]


def piece_of(path: Path, at: int) -> SoundPiece:
    """The bytes of a file from there on. Blocking. FileNotFoundError where it is not, or no longer, there."""
    if at < 0:
        raise ControlError("not-understood", said("a file begins at byte 0"))
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(at)
        return SoundPiece(piece=base64.b64encode(file.read(PIECE_BYTES)).decode("ascii"), size=size)


def _mailbox(unit: Unit, owner: MailboxOwner, person: str) -> MailboxFacts:
    counts = unit.mail.counts(owner.id)
    own = owner.id == person and not isinstance(owner, Department)
    return MailboxFacts(mailbox=owner.id, name=owner.name, own=own, new=counts.new, saved=counts.saved)
