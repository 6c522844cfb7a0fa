"""Somebody hangs up at any moment of hearing, forwarding, deleting and sending messages.

`python -m tests.calls.hearinghangups` tries each moment at which a task of the call waits; the tests try some.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence

from appliance.calls.outcome import Outcome
from appliance.clock import run_virtual
from tests.calls.around import leave, lines_off_hook
from tests.calls.phone import Phone
from tests.calls.suspensions import Suspensions, watched
from tests.calls.world import World, world

BETWEEN_CALLS_SECONDS = 5.0
POUND_ALONE_SECONDS = 2.0
"""So long behind a number # is a key of its own."""
WORDS = "Please call this patient back today."
OUTCOMES = (Outcome.ABANDONED, Outcome.MESSAGES_HEARD, Outcome.REFUSED, Outcome.NOT_DIALLED)

Script = Callable[[Phone], Awaitable[None]]


async def to_tom(maria: Phone) -> None:
    await maria.presses("102", at="enter-recipient")
    await maria.hears("recipient-added")
    await asyncio.sleep(POUND_ALONE_SECONDS)
    await maria.presses("#")
    await maria.hears("message-sent")


async def hearing(maria: Phone) -> None:
    """Paused, forwarded, deleted, and brought back."""
    await maria.dials("8500")
    await maria.presses("7391#", at="enter-pin")
    await maria.presses("5", at="recording")
    await maria.presses("5", at="paused")
    await maria.presses("0", at="message-menu")
    await maria.presses("2", at="message-choices")
    await maria.hears("beep")
    await maria.says(WORDS)
    await maria.presses("#")
    await to_tom(maria)
    await maria.presses("3", at="message-menu")
    await maria.hears("mailbox-menu")
    await maria.presses("#")
    await maria.presses("2", at="deleted-message-menu")
    await maria.hears("brought-back", "mailbox-menu")


async def sending(maria: Phone) -> None:
    """Recorded, recorded again, heard, and sent."""
    await maria.dials("8500")
    await maria.presses("7391#", at="enter-pin")
    await maria.presses("*", at="recording")
    await maria.presses("8", at="mailbox-menu")
    for key in ("3", "2"):
        await maria.hears("beep")
        await maria.says(WORDS)
        await maria.presses("#")
        await maria.presses(key, at="send-review-menu")
    await maria.presses("1", at="send-review-menu")
    await to_tom(maria)


SCRIPTS: dict[str, Script] = {"hearing": hearing, "sending": sending}


async def _one_call(here: World, script: Script, at: int | None) -> int:
    """One call about one message, in which she hangs up at this moment, or at the end; how many moments there were."""
    await leave(here, "maria")
    maria, left = here.phone("fxs-1"), asyncio.get_running_loop().create_future()
    calls, before = len(here.outcomes()), asyncio.all_tasks()
    suspensions = Suspensions()

    def hang_up() -> None:
        maria.hangs_up()
        left.set_result(None)

    with watched(suspensions):
        suspensions.count_from_now(at, hang_up)
        speaking = asyncio.ensure_future(script(maria))
        await asyncio.wait([speaking, left], return_when=asyncio.FIRST_COMPLETED)
        count = suspensions.count
        speaking.cancel()
        ended = (await asyncio.gather(speaking, return_exceptions=True))[0]
        assert left.done() or ended is None, f"it came to no end: {ended}"
        maria.hangs_up()
        await here.all_is_free(within=60)
        await asyncio.sleep(BETWEEN_CALLS_SECONDS)
    assert (lines_off_hook(here), here.appliance.faults) == ([], [])
    assert {task.get_name() for task in asyncio.all_tasks() - before} == set()
    outcomes = [outcome for _, outcome, _ in here.outcomes()[calls:]]
    assert all(Outcome(outcome) in OUTCOMES for outcome in outcomes), outcomes
    await _all_is_whole(here)
    return count


async def _all_is_whole(here: World) -> None:
    """Her message is there once, Tom has one or none, the counts are those of the disk, and no draft is left."""
    mail, store = here.appliance.mail, here.appliance.messages
    for mailbox, least in (("maria", 1), ("tom", 0)):
        ids = await mail.ids(mailbox)
        there = [*ids.new, *ids.saved, *ids.deleted]
        assert least <= len(there) <= 1, f"{mailbox} has {there}"
        assert mail.counts(mailbox) == store.counts(mailbox)
        for id in there:
            assert (await mail.open_message(mailbox, id))[1] is not None
            store.remove(mailbox, id)
    await mail.open(owner.id for owner in here.appliance.office.mailboxes)
    assert store.recover() == []


async def try_moments(name: str, first: int, step: int) -> tuple[int, list[str]]:
    """How many moments there are, and what is wrong at each step-th, from the first on."""
    wrong: list[str] = []
    async with world() as here:
        moments = await _one_call(here, SCRIPTS[name], None)
        for at in range(first, moments + 1, step):
            try:
                await _one_call(here, SCRIPTS[name], at)
            except AssertionError as error:
                wrong.append(f"moment {at} of {moments}: {error}")
                break  # What is left of that call would disturb the next.
    return moments, wrong


def main(words: Sequence[str]) -> int:
    """words: which of the scripts; none: all."""
    wrong = 0
    for name in words or SCRIPTS:
        moments, found = run_virtual(lambda name=name: try_moments(name, 1, 1))  # type: ignore[misc]
        wrong += len(found)
        print(f"{name}: {moments} moments, {len(found)} wrong", *found, sep="\n  ", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
