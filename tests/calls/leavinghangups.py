"""Somebody hangs up at any moment of leaving a message, of booking a call back, and of recording a greeting.

`python -m tests.calls.leavinghangups` tries each moment at which a task of the call waits; the tests try some.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from appliance.calls.greetingchoice import temporary_switch
from appliance.calls.mail import OwnRecording
from appliance.calls.outcome import Outcome
from appliance.clock import run_virtual
from appliance.store.messages import MessageStore
from tests.calls.around import lines_off_hook
from tests.calls.hearing import until
from tests.calls.mailboxes import TO_MARIA, WORDS, mailbox_access_leads_to_greetings, voicemail_of_maria
from tests.calls.phone import Phone
from tests.calls.suspensions import Suspensions, watched
from tests.calls.world import GREETED, MAIN, World, world

BETWEEN_CALLS_SECONDS = 5.0
LATER_SECONDS = 0.7
"""In the middle of what begins at a moment something else happens."""

Script = Callable[[Phone], Awaitable[None]]


async def to_the_greeting(caller: Phone) -> None:
    await caller.dials(MAIN)
    await caller.hears(GREETED)
    await caller.presses(TO_MARIA)


async def a_message(caller: Phone) -> None:
    """Spoken, marked, added to, and saved."""
    await to_the_greeting(caller)
    await caller.hears("beep")
    await caller.says(WORDS)
    await caller.presses("#")
    await caller.presses("5", at="review-menu")
    await caller.presses("4", at="review-menu")
    await caller.hears("beep")
    await caller.says(WORDS)
    await caller.presses("#")
    await caller.presses("1", at="review-menu")
    await caller.hears("thank-you-goodbye")


async def a_message_again(caller: Phone) -> None:
    """Recorded again, heard, and cancelled."""
    await to_the_greeting(caller)
    await caller.hears("beep")
    await caller.says(WORDS)
    await caller.presses("#")
    await caller.presses("3", at="review-menu")
    await caller.hears("beep")
    await caller.says(WORDS)
    await caller.presses("#")
    await caller.presses("2", at="review-menu")
    await caller.presses("*", at="review-menu")
    await caller.hears("goodbye")


async def a_call_back(caller: Phone) -> None:
    """At another number than the line tells."""
    await to_the_greeting(caller)
    await caller.presses("9", at="for-call-back-press-nine")
    await caller.presses("2", at="call-back-at")
    await caller.presses("4075550199#", at="enter-your-number")
    await caller.hears("goodbye")


async def a_greeting(maria: Phone) -> None:
    """The temporary one, for three days; then it is ended."""
    await maria.dials("8500")
    await maria.presses("5", at="greetings-menu")
    await maria.presses("2", at="temporary-greeting-menu")
    await maria.hears("beep")
    await maria.says(WORDS)
    await maria.presses("#")
    await maria.presses("1", at="greeting-review-menu")
    await maria.presses("3#", at="temporary-greeting-days")
    await maria.presses("3", at="temporary-greeting-menu")
    await maria.presses("*", at="temporary-greeting-menu")
    await maria.hears("greetings-menu")


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is tried. outcomes: what may become of it, whenever somebody hangs up."""

    script: Script
    inside: bool
    outcomes: Sequence[Outcome]


CONVERSATIONS = {
    "a message": Conversation(a_message, False, (Outcome.ABANDONED, Outcome.MESSAGE_LEFT)),
    "a message again": Conversation(a_message_again, False, (Outcome.ABANDONED, Outcome.MESSAGE_LEFT)),
    "a call back": Conversation(a_call_back, False, (Outcome.ABANDONED, Outcome.CALLBACK_BOOKED)),
    "a greeting": Conversation(a_greeting, True, (Outcome.ABANDONED, Outcome.NOT_DIALLED)),
}


async def _one_call(here: World, conversation: Conversation, at: int | None, seconds: float) -> int:
    """One call, in which somebody hangs up at this moment, or at the end. How many moments there were until then."""
    loop = asyncio.get_running_loop()
    phone = here.phone("fxs-1") if conversation.inside else here.caller()
    calls, before = len(here.outcomes()), asyncio.all_tasks()
    suspensions, left = Suspensions(), loop.create_future()

    def leave() -> None:
        phone.hangs_up()
        left.set_result(None)

    with watched(suspensions):
        suspensions.count_from_now(at, lambda: loop.call_later(seconds, leave))
        speaking = asyncio.ensure_future(conversation.script(phone))
        await asyncio.wait([speaking, left], return_when=asyncio.FIRST_COMPLETED)
        count = suspensions.count
        speaking.cancel()
        ended = (await asyncio.gather(speaking, return_exceptions=True))[0]
        assert left.done() or ended is None, f"it came to no end: {ended}"
        phone.hangs_up()
        await here.all_is_free(within=60)
        await until(lambda: here.trunk_states() == ["idle"] * 4, within=30)
        await asyncio.sleep(BETWEEN_CALLS_SECONDS)
    assert lines_off_hook(here) == []
    assert here.appliance.faults == []
    assert {task.get_name() for task in asyncio.all_tasks() - before} == set()
    outcomes = [outcome for _, outcome, _ in here.outcomes()[calls:]]
    assert all(Outcome(outcome) in conversation.outcomes for outcome in outcomes), outcomes
    await _nothing_is_left(here, outcomes)
    return count


async def _nothing_is_left(here: World, outcomes: Sequence[str]) -> None:
    """There is a message where one was left, and whole, no draft, and a temporary greeting that can be heard."""
    store: MessageStore = here.appliance.messages
    messages = store.list("maria")
    assert len(messages) == outcomes.count(Outcome.MESSAGE_LEFT.value)
    assert here.appliance.mail.counts("maria").new == len(messages)
    assert all(message.note == "" and message.seconds >= 1 for message in messages)
    for message in messages:
        store.remove("maria", message.id)
    await here.appliance.mail.open(owner.id for owner in here.appliance.office.mailboxes)
    assert store.recover() == []
    if here.appliance.switches.at(temporary_switch("maria")):
        assert await here.appliance.mail.own("maria", OwnRecording.TEMPORARY) is not None


async def try_moments(name: str, first: int, step: int, seconds: float = 0.0) -> tuple[int, list[str]]:
    """How many moments there are in a conversation, and what is wrong at each step-th, from the first on."""
    conversation, wrong = CONVERSATIONS[name], []
    async with world(voicemail_of_maria(call_back=True)) as here:
        if conversation.inside:
            mailbox_access_leads_to_greetings(here)
        moments = await _one_call(here, conversation, None, 0.0)
        for at in range(first, moments + 1, step):
            try:
                await _one_call(here, conversation, at, seconds)
            except AssertionError as error:
                wrong.append(f"moment {at} of {moments}: {error}")
                break  # What is left of that call would disturb the next.
    return moments, wrong


def main(words: Sequence[str]) -> int:
    """words: which of the conversations; none: all."""
    tried = wrong = 0
    for name in words or CONVERSATIONS:
        for seconds in (0.0, LATER_SECONDS):
            moments, found = run_virtual(lambda name=name, seconds=seconds: try_moments(name, 1, 1, seconds))  # type: ignore[misc]
            tried, wrong = tried + moments, wrong + len(found)
            print(f"{name}, after {seconds} s: {moments} moments, {len(found)} wrong", *found, sep="\n  ", flush=True)
    print(f"{tried} moments, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
