"""What tests of greetings and of leaving a message have in common: a key that leads to Maria's mailbox, recordings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from appliance.calls.call import Call
from appliance.calls.mail import OwnRecording
from appliance.calls.outcome import Outcome
from appliance.flows.greetings import change_greetings
from appliance.flows.route import go
from appliance.office.destination import Destination, ToMailbox, ToMessages
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.menus import Key
from appliance.office.model import Office
from appliance.office.voicemail import OwnVoicemail, Voicemail
from tests.calls.phone import Phone
from tests.calls.world import ENGLISH, World

WORDS = "This is Jane. Please call me back about my appointment on Thursday."
TO_MARIA = "5"


def voicemail_of_maria(**own: Any) -> Callable[[Office], Office]:
    """The office in which Ruth answers 0, of which callers are told, and key 5 of the menu leads to Maria's mailbox.

    own: the settings of the mailbox.
    """

    def change(office: Office) -> Office:
        key = Key(ToMailbox("maria"), "For Maria's mailbox, press 5.")
        people = [
            replace(person, voicemail=OwnVoicemail(**own)) if person.id == "maria" else person
            for person in office.people
        ]
        menu = replace(office.menu, keys={**office.menu.keys, TO_MARIA: key})
        return replace(
            office, people=tuple(people), menu=menu, operator="ruth", voicemail=Voicemail(name_operator=True)
        )

    return change


async def in_marias_greeting(here: World) -> Phone:
    """An outside caller who begins to hear it."""
    caller = await here.greeted()
    await caller.presses(TO_MARIA)
    return caller


async def at_marias_beep(here: World) -> Phone:
    """An outside caller about to leave her a message."""
    caller = await in_marias_greeting(here)
    await caller.hears("beep")
    caller.forgets()
    return caller


async def recorded(here: World, what: OwnRecording, owner: str = "maria") -> None:
    """The owner of a mailbox has recorded this."""
    mail = here.appliance.mail
    path = await mail.begin_own(owner)
    path.write_bytes(here.prompts.path(ENGLISH, "Message kept.").read_bytes())
    await mail.commit_own(path, what)


def mailbox_access_leads_to_greetings(here: World, owner: MailboxOwner | None = None) -> None:
    """Whoever dials the number for messages changes greetings at once, without a PIN. owner: in this mailbox."""

    async def route(call: Call, destination: Destination) -> Outcome:
        if not isinstance(destination, ToMessages):
            return await go(call, destination)
        whose = owner or call.owner
        assert whose is not None
        await call.answer()
        await change_greetings(call, whose)
        return Outcome.CHANGED

    here.appliance.switchboard.route = route
