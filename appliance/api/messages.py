"""What is in the mailboxes: the methods `messages.…`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, TypedDict

from appliance.api.night import moment_of
from appliance.api.uploads import Uploads
from appliance.calls.mail import Envelope, Message, MessageGone
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.mailboxlimits import most_messages
from appliance.office.mailboxowner import MailboxOwner
from appliance.store.layout import MESSAGE
from appliance.store.listing import number_of
from appliance.unit import Unit
from appliance.wav.clip import BrokenClip, clip_in
from appliance.wav.writer import HEADER_BYTES
from hw.audio import SAMPLE_RATE
from hw.nearest import nearest
from hw.said import said, told_by

MOST_AT_ONCE = 100
BEGINNING = 100
"""So many letters of a text are told in a list."""
LONGEST_SECONDS = 300.0
LARGEST_BYTES = HEADER_BYTES + round(2 * SAMPLE_RATE * LONGEST_SECONDS)

NEW, SAVED, DELETED = "new", "saved", "deleted"
KEPT = "kept"
"""New or saved."""


class MessageFacts(TypedDict):
    """A message. Times are ISO 8601 on the office's clock."""

    id: str
    """By which it is restored or deleted."""
    state: str
    """`new`, `saved` or `deleted`."""
    number: str
    """Who left it, as the line has told it."""
    name: str
    """The name; empty: not known."""
    contact: str
    """The name of the contact who has this number; empty: none has."""
    received: str
    """When it began."""
    seconds: float
    """Its length."""
    urgent: bool
    """The caller marked it as urgent."""
    private: bool
    """The caller marked it as private."""
    until: str | None
    """When it ends by itself."""
    deleted: str | None
    """When it was deleted. For 24 hours it can be restored."""
    forwarded_by: str
    """The name of whoever forwarded it; empty: nobody did."""
    heard_by: str
    """The name of whoever heard it first in a mailbox of several people; empty: not known."""
    words: str
    """What whoever forwarded it has written with it; or the message itself, where it was written and not spoken."""
    written: bool
    """It was written: its sound only says so."""
    text: str | None
    """The beginning of what was said, as a machine has written it down; empty: it made out no word. None: it was not
    written down, or is private."""


class WrittenText(TypedDict):
    """A message as text, as a machine has written it down."""

    text: str | None
    """Empty: it made out no word. None: it was not written down."""
    sure: float
    """How sure the machine is: from 0, a guess, to 1."""


class MessageList(TypedDict):
    """Some messages of a mailbox: new ones, saved ones, then deleted ones, in the order in which they are heard; or the
    newest first."""

    messages: list[MessageFacts]
    next: int
    """Behind how many of them the next ones are asked for."""
    total: int
    """How many there are."""


class MessageUploaded(TypedDict):
    """The name of a file that comes in pieces, for the next piece and for `messages.everybody`."""

    upload: str


class MessageSent(TypedDict):
    """The ids of the people in whose mailboxes a message is now, and of those whose mailboxes are full."""

    sent: list[str]
    full: list[str]


def offer_messages(control: Offers, unit: Unit, data: Path) -> None:
    """Put the methods on the socket. data: the folder for files that come in."""
    uploads = Uploads(data, LARGEST_BYTES)

    async def listed(params: dict[str, Any]) -> MessageList:
        owner, after = mailbox_named(unit, params["person"]), max(params["after"], 0)
        ids = await unit.mail.ids(owner.id)
        states = {"": [*ids.new, *ids.saved, *ids.deleted], KEPT: [*ids.new, *ids.saved], DELETED: ids.deleted}
        if params["state"] not in states:
            raise ControlError(
                "not-understood",
                said("messages are listed that are %(kept)s or %(deleted)s, or all", kept=KEPT, deleted=DELETED),
            )
        everything = list(states[params["state"]])
        if params["newest_first"]:
            everything.sort(key=number_of, reverse=True)
        found: list[MessageFacts] = []
        upto = min(after + MOST_AT_ONCE, len(everything))
        for id in everything[after:upto]:
            try:
                found.append(await message_facts(unit, await unit.mail.message(owner.id, id)))
            except MessageGone:
                continue
        return MessageList(messages=found, next=upto, total=len(everything))

    async def restore(params: dict[str, Any]) -> MessageFacts:
        with told(params):
            return await message_facts(unit, await unit.mail.restore(await message_named(unit, params)))

    async def delete(params: dict[str, Any]) -> MessageFacts:
        with told(params):
            message = await message_named(unit, params)
            return await message_facts(unit, await unit.mail.delete(message, noted(unit, params)))

    async def text(params: dict[str, Any]) -> WrittenText:
        with told(params):
            written = await unit.mail.text(await message_named(unit, params))
        return (
            WrittenText(text=None, sure=0.0) if written is None else WrittenText(text=written.text, sure=written.sure)
        )

    async def upload(params: dict[str, Any]) -> MessageUploaded:
        with told(params):
            return MessageUploaded(upload=await uploads.piece(params["upload"], params["piece"]))

    async def everybody(params: dict[str, Any]) -> MessageSent:
        until = moment_of(params["until"], unit.office, unit.now()) if params["until"] else None
        with told(params), uploads.used(params["upload"]) as file:
            content, seconds = await off_loop(_checked, file)
            office = unit.office.person(unit.office.general_mailbox)
            number = office.extension if office is not None else ""
            envelope = Envelope(number, unit.office.name, unit.now(), seconds, until=until)
            people = [person for person in unit.office.people if person.mailbox]
            full = [one.id for one in people if unit.mail.full(one.id, most_messages(unit.office, one))]
            sent = [person.id for person in people if person.id not in full]
            await unit.mail.send(content, sent, envelope)
        return MessageSent(sent=sent, full=full)

    one = {"person": Param(str), "id": Param(str)}
    which = {"state": Param(str, ""), "newest_first": Param(bool, False)}
    control.method("messages.list", listed, {"person": Param(str), "after": Param(int, 0)} | which)
    control.method("messages.restore", restore, one)
    control.method("messages.delete", delete, one | {"by": Param(str, "")})
    control.method("messages.text", text, one)
    control.method("messages.upload", upload, {"upload": Param(str, ""), "piece": Param(str)})
    control.method("messages.everybody", everybody, {"upload": Param(str), "until": Param(str, "")})


async def message_facts(unit: Unit, message: Message) -> MessageFacts:
    """For whoever asks by the socket."""

    def on_clock(moment: datetime | None) -> str | None:
        return unit.office.local(moment).isoformat() if moment is not None else None

    def name_of(id: str) -> str:
        known = unit.office.person(id) or unit.office.department(id)
        return known.name if known is not None else ""

    text = None if message.private else await unit.mail.text(message)
    contact = unit.contacts.who(message.caller_number) if message.caller_number else None
    return MessageFacts(
        id=message.id,
        state=DELETED if message.deleted else NEW if message.new else SAVED,
        number=message.caller_number,
        name=message.caller_name,
        contact=contact.name if contact is not None else "",
        received=on_clock(message.received) or "",
        seconds=message.seconds,
        urgent=message.urgent,
        private=message.private,
        until=on_clock(message.until),
        deleted=on_clock(message.deleted_at),
        forwarded_by=name_of(message.forwarded_by),
        heard_by=name_of(message.heard_by),
        words=message.words,
        written=message.written,
        text=None if text is None else beginning(text.text),
    )


def beginning(text: str) -> str:
    """What a list has room for, up to the end of a word."""
    if len(text) <= BEGINNING:
        return text
    return text[:BEGINNING].rsplit(" ", 1)[0] + " …"


def noted(unit: Unit, params: dict[str, Any]) -> str:
    """The id of whoever is noted to have heard or deleted a message: nobody in a mailbox of one person alone."""
    by: str = params["by"]
    return by if unit.office.department(mailbox_named(unit, params["person"]).id) is not None else ""


@contextmanager
def told(params: dict[str, Any]) -> Iterator[None]:
    """What is refused within it is told to whoever asked."""
    try:
        yield
    except MessageGone as error:
        raise ControlError(
            "no-such-message",
            f"there is no message {params['id']!r}, or no longer: `copperdesk message list` shows those there are",
        ) from error
    except BrokenClip as error:
        raise ControlError(
            "not-a-clip", said("%(why)s; `copperdesk message` makes such a file of any other", why=told_by(error))
        ) from error
    except OSError as error:
        raise ControlError("disk-failed", told_by(error)) from error


async def message_named(unit: Unit, params: dict[str, Any]) -> Message:
    id: str = params["id"]
    if not MESSAGE.fullmatch(id):
        raise MessageGone
    return await unit.mail.message(mailbox_named(unit, params["person"]).id, id)


def mailbox_named(unit: Unit, word: str) -> MailboxOwner:
    """The person or department with this id or extension who has a mailbox."""
    found = next((one for one in unit.office.mailboxes if word in (one.id, one.extension)), None)
    if found is None:
        near = nearest(word, [one.id for one in unit.office.mailboxes])
        meant = f"; did you mean {near!r}?" if near else ""
        raise ControlError("no-such-mailbox", f"there is no mailbox with the id or extension {word!r}{meant}")
    return found


def _checked(file: BinaryIO) -> tuple[bytes, float]:
    """The content of a file that is a clip, and its seconds. Raises BrokenClip."""
    file.seek(0)
    samples = clip_in(file, "the sound")
    file.seek(0)
    return file.read(), len(samples) / SAMPLE_RATE
