"""Messages that somebody sends from the page: the methods `messages.forward` and `messages.write`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from appliance.api.messages import MessageSent, mailbox_named, message_named, told
from appliance.calls.mail import Envelope, Message, MessageGone
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Handler, Offers
from appliance.control.params import Param
from appliance.office.callernumber import NotANumber, bare
from appliance.office.mailboxlimits import most_messages
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.phrase import phrase
from appliance.unit import Unit
from appliance.wav.clip import written_clip
from hw.audio import SAMPLE_RATE
from hw.said import said, told_by

LONGEST_WORDS = 2000
"""Characters of what is written with a message."""
LONGEST_NAME = 80
MOST_RECIPIENTS = 50
SILENCE = np.zeros(SAMPLE_RATE, dtype=np.int16)
"""The sound of a message that was written, where the voice has failed."""


def offer_forwarding(control: Offers, unit: Unit) -> Handler:
    """Put the methods on the socket. Returns `messages.write`, for others who write."""

    async def forward(params: dict[str, Any]) -> MessageSent:
        words, to = _words(params["words"]), _recipients(unit, params["to"])
        with told(params):
            message = await message_named(unit, params)
            if message.deleted:
                raise MessageGone
            if message.private:
                raise ControlError("message-private", said("the caller has marked this message as private"))
            envelope = Envelope(
                message.caller_number,
                message.caller_name,
                message.received,
                message.seconds,
                urgent=message.urgent,
                forwarded_by=params["by"] or message.mailbox,
                words=f"{words}\n\n{message.words}".strip(),
                written=message.written,
            )
            return await _sent(unit, await off_loop(_content, message), envelope, to)

    async def write(params: dict[str, Any]) -> MessageSent:
        words, to = _words(params["words"]), _recipients(unit, params["to"])
        if not words:
            raise ControlError("words-missing", said("a message needs some words"))
        number = _number(params["number"])
        sound = await _says_that_it_is_written(unit, to[0])
        envelope = Envelope(
            number,
            _one_line(params["name"])[:LONGEST_NAME],
            unit.now(),
            len(sound) / SAMPLE_RATE,
            urgent=params["urgent"],
            words=words,
            written=True,
        )
        with told(params):
            return await _sent(unit, written_clip(sound), envelope, to)

    to_whom = {"to": Param(list), "words": Param(str, "")}
    control.method(
        "messages.forward", forward, {"person": Param(str), "id": Param(str), "by": Param(str, "")} | to_whom
    )
    of_whom = {"number": Param(str, ""), "name": Param(str, ""), "urgent": Param(bool, False)}
    control.method("messages.write", write, of_whom | to_whom)
    return write


async def _sent(unit: Unit, content: bytes, envelope: Envelope, to: Sequence[MailboxOwner]) -> MessageSent:
    """Put it into the mailboxes that have room, and say which these are: it is safe there by then."""
    full = [owner.id for owner in to if unit.mail.full(owner.id, most_messages(unit.office, owner))]
    sent = [owner.id for owner in to if owner.id not in full]
    await unit.mail.send(content, sent, envelope)
    return MessageSent(sent=sent, full=full)


async def _says_that_it_is_written(unit: Unit, owner: MailboxOwner) -> Any:
    """What is heard of it by telephone, in the owner's language. Nothing has to be spoken anew for that."""
    code, now = owner.language or unit.office.language, unit.office.local(unit.now())
    clips = await unit.services.announcer.clips([phrase("message-written")], now, code)
    return np.concatenate(clips) if clips else SILENCE


def _content(message: Message) -> bytes:
    """The file of a message. Blocking. Raises MessageGone where somebody moves it at this very moment."""
    try:
        return message.path.read_bytes()
    except FileNotFoundError:
        raise MessageGone from None


def _recipients(unit: Unit, words: Sequence[object]) -> list[MailboxOwner]:
    """The people and departments with these ids or extensions."""
    if not words or len(words) > MOST_RECIPIENTS or not all(isinstance(word, str) for word in words):
        raise ControlError("not-understood", said("to whom is a list of 1 to %(most)s ids", most=MOST_RECIPIENTS))
    owners = [mailbox_named(unit, str(word)) for word in words]
    return list({owner.id: owner for owner in owners}.values())


def _words(text: str) -> str:
    """Lines of text without control characters."""
    lines = ["".join(char for char in line if char.isprintable()).rstrip() for line in text.splitlines()]
    words = "\n".join(lines).strip()
    if len(words) > LONGEST_WORDS:
        raise ControlError("words-too-long", said("there is room for %(most)s characters", most=LONGEST_WORDS))
    return words


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _number(written: str) -> str:
    """A telephone number without all that it is written with; empty: not known."""
    if not written.strip():
        return ""
    try:
        return bare(written)
    except NotANumber as error:
        raise ControlError("not-a-number", told_by(error)) from error
