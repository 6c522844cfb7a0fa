"""The mailbox: its owner gives the PIN, hears messages, keeps or deletes them, and changes what callers get."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded, Outcome
from appliance.flows.donotdisturb import change_do_not_disturb
from appliance.flows.forwarding import change_forwarding
from appliance.flows.greetings import change_greetings, temporary_until
from appliance.flows.hearing import hear
from appliance.flows.keys import choose_key
from appliance.flows.letin import let_in
from appliance.flows.lostcallers import tell_lost_callers
from appliance.flows.sending import send_message
from appliance.flows.visit import Visit, visit_of
from appliance.office.destination import Destination
from appliance.office.faxbox import box_of
from appliance.office.mailboxlimits import heard_messages_days, most_messages, nearly_full
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Person
from appliance.office.phrase import Phrase, phrase

KEYS = "1236789"
KEYS_OF_A_DEPARTMENT = "12389"
ALL_CHOICES = "0"
DELETED = "#"


async def mailbox(call: Call, owner: MailboxOwner | None) -> Outcome:
    """Let the owner in by PIN, then offer the messages. Without an owner the extension is asked for first."""
    await call.answer()
    owner = await let_in(call, owner)
    if owner is None:
        await call.caller.play(phrase("goodbye"))
        return Outcome.REFUSED
    call.record.reached(owner.id)
    visit = visit_of(call, owner)
    try:
        goes_on = await choose(call, visit)
        if goes_on is None:
            await call.caller.play(phrase("goodbye"))
            return Outcome.MESSAGES_HEARD
    except CallEnded:
        counts = call.mail.counts(owner.id)
        return Outcome.MESSAGES_HEARD if visit.heard or not counts.new + counts.saved else Outcome.ABANDONED
    return goes_on if isinstance(goes_on, Outcome) else await call.follow(goes_on)


async def choose(call: Call, visit: Visit) -> Destination | Outcome | None:
    """The new messages first, then the menu, until the owner presses nothing more, or calls somebody back.

    Returns where the call goes on, or what became of it where it has gone on already.
    """
    goes_on: Destination | Outcome | None
    visit.lost_callers = len(await call.services.lost_callers.waiting_for(visit.owner, call.office))
    besides = [*lost_callers_told(visit), *faxes_told(call, visit.owner), *limits_told(call, visit.owner)]
    if (goes_on := await hear_new(call, visit, besides)) is not None:
        return goes_on
    keys = KEYS if isinstance(visit.owner, Person) else KEYS_OF_A_DEPARTMENT
    menu = short_menu(visit)
    while key := await choose_key(call, keys + ALL_CHOICES + (DELETED if visit.deleted else ""), *menu):
        if key != DELETED:  # Many end every key by it.
            call.caller.leg.number_read()
        match key:
            case "1":
                goes_on = await hear_new(call, visit)
            case "2":
                goes_on = await hear_saved(call, visit)
            case "3":
                await change_greetings(call, visit.owner)
            case "8":
                await send_message(call, visit.owner)
            case "9":
                goes_on = await tell_lost_callers(call, visit.owner)
                visit.lost_callers = 0
            case "#":
                goes_on = await hear_deleted(call, visit)
            case _ if isinstance(visit.owner, Person):
                await change_own(call, visit.owner, key)
        if goes_on is not None:
            return goes_on
        menu = choices(visit) if key == ALL_CHOICES else short_menu(visit)
    return None


def short_menu(visit: Visit) -> list[Phrase]:
    """What nearly everybody wants, and that there is more."""
    return [phrase("mailbox-menu"), *([phrase("choice-lost-callers")] if visit.lost_callers else [])]


def choices(visit: Visit) -> list[Phrase]:
    """All that the short menu does not say."""
    said = [phrase("choice-greetings")]
    if isinstance(visit.owner, Person):
        said = [phrase("choice-greetings-and-name"), phrase("choice-do-not-disturb"), phrase("choice-forwarding")]
    said += [phrase("choice-send"), phrase("choice-lost-callers")]
    return [*said, *([phrase("choice-deleted")] if visit.deleted else [])]


async def change_own(call: Call, person: Person, key: str) -> None:
    """What a person has and a department has not: calls that need not ring at the desk."""
    match key:
        case "6":
            await change_do_not_disturb(call, person)
        case "7":
            await change_forwarding(call, person)


async def hear_new(call: Call, visit: Visit, besides: list[Phrase] | None = None) -> Destination | None:
    """Say how many messages there are, and what else must be known, and play the new ones."""
    ids = await call.mail.ids(visit.owner.id)
    await call.caller.play(*how_many(call, visit.owner), *(besides or ()), until_digit=True)
    return await hear(call, visit, ids.new)


async def hear_saved(call: Call, visit: Visit) -> Destination | None:
    """The same with the saved ones."""
    ids = await call.mail.ids(visit.owner.id)
    await call.caller.play(*how_many(call, visit.owner), until_digit=True)
    return await hear(call, visit, ids.saved)


async def hear_deleted(call: Call, visit: Visit) -> Destination | None:
    """Play what was deleted in this call, so that it can be brought back."""
    ids = await call.mail.ids(visit.owner.id)
    there = [id for id in ids.deleted if id in visit.deleted]
    if not there:
        await call.caller.play(phrase("nothing-deleted"))
    return await hear(call, visit, there)


def how_many(call: Call, owner: MailboxOwner) -> list[Phrase]:
    """The mailbox in a sentence or two."""
    counts = call.mail.counts(owner.id)
    if counts.new and counts.saved:
        said = [phrase("you-have-new-and-saved", new=counts.new, saved=counts.saved)]
    elif counts.new:
        said = [phrase("you-have-new", count=counts.new)]
    elif counts.saved:
        said = [phrase("you-have-saved", count=counts.saved)]
    else:
        said = [phrase("you-have-no-messages")]
    return [*said, *([phrase("urgent-among-them", count=counts.urgent)] if counts.urgent else [])]


def lost_callers_told(visit: Visit) -> list[Phrase]:
    """How many callers have left nothing, and wait to be called back."""
    return [phrase("lost-callers-besides", count=visit.lost_callers)] if visit.lost_callers else []


def faxes_told(call: Call, owner: MailboxOwner) -> list[Phrase]:
    """How many faxes nobody has seen yet; they are looked at elsewhere."""
    new = call.services.faxes.counts(box_of(call.office, owner.id)).new
    return [phrase("new-faxes-besides", count=new)] if new else []


def limits_told(call: Call, owner: MailboxOwner) -> list[Phrase]:
    """What whoever comes in should know: that there is little room, that what was heard does not stay, and that a
    temporary greeting is in use, which may be forgotten."""
    days = heard_messages_days(call.office, owner)
    ends = [phrase("heard-are-deleted", count=days)] if days and call.mail.counts(owner.id).saved else []
    temporary = temporary_until(call, owner)
    return [*room_left(call, owner), *ends, *([temporary] if temporary is not None else [])]


def room_left(call: Call, owner: MailboxOwner) -> list[Phrase]:
    """A word to whoever has a mailbox that is full, or soon will be."""
    counts = call.mail.counts(owner.id)
    most, there = most_messages(call.office, owner), counts.new + counts.saved
    left = most - there
    if left <= 0:
        return [phrase("own-mailbox-full")]
    return [phrase("mailbox-nearly-full", count=left)] if nearly_full(call.office, owner, there) else []
