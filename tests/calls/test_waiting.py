"""A caller who waits: something new every quarter of a minute, keys that end the wait, and what others have said."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from unittest import mock

import pytest

from appliance.calls.asking import Verdict
from appliance.calls.call import Call
from appliance.calls.leg import Leg
from appliance.calls.outcome import Cause, Outcome
from appliance.calls.party import Party, says_nothing
from appliance.calls.waiting import Conversation, Pressed, TellCaller, Waiting
from appliance.clock import LoopClock
from appliance.flows.route import go
from appliance.media.tone import ToneSource
from appliance.office.destination import Destination, ToPerson
from appliance.office.phrase import Sayable, phrase
from appliance.office.search import Number
from tests.calls.phone import Phone
from tests.calls.world import World

NEWS = ("kept", "deleted", "goodbye")


async def nobody_is_asked(_callee: Party, _number: Number, _tell_caller: TellCaller) -> Verdict:
    raise AssertionError


def explain(times: int) -> Sequence[Sayable]:
    return [phrase(NEWS[times % len(NEWS)])]


CONVERSATION = Conversation(
    explain=explain,
    keys="#0",
    ask=nobody_is_asked,
    before_silence=(),
    after_silence=(),
    last_words=lambda _verdict, _left: (),
)


class Wait:
    """One caller's wait for a search that a test ends."""

    def __init__(self) -> None:
        self.began: asyncio.Future[Waiting] = asyncio.get_running_loop().create_future()
        self.search: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.over: asyncio.Future[str | Pressed] = asyncio.get_running_loop().create_future()

    async def flow(self, call: Call, destination: Destination) -> Outcome:
        if not isinstance(destination, ToPerson):
            return await go(call, destination)
        tones = call.services.tones
        waiting = Waiting(call.caller, lambda: ToneSource(tones.ringback), CONVERSATION)
        self.began.set_result(waiting)
        self.over.set_result(await waiting.until(asyncio.ensure_future(self._until_over())))
        return Outcome.CONNECTED

    async def _until_over(self) -> str:
        return await asyncio.shield(self.search)


async def waits(here: World) -> tuple[Phone, Wait, Waiting]:
    """A caller who has pressed an extension and waits."""
    wait = Wait()
    here.appliance.switchboard.route = wait.flow
    caller = await here.greeted()
    await caller.presses("101")
    return caller, wait, await asyncio.wait_for(wait.began, 5)


async def test_there_is_something_new_every_quarter_of_a_minute_and_only_then(here: World) -> None:
    caller, wait, _ = await waits(here)
    caller.forgets()
    for told in range(5):
        await asyncio.sleep(14)
        assert caller.heard == [NEWS[one % len(NEWS)] for one in range(told)]
        await asyncio.sleep(1)
    wait.search.set_result("found")
    assert await wait.over == "found"


@pytest.mark.parametrize("key", ["#", "0"])
@pytest.mark.parametrize("at", [3.0, 15.5], ids=["while it rings", "while something is said"])
async def test_a_key_ends_the_wait_at_any_moment(here: World, key: str, at: float) -> None:
    caller, wait, _ = await waits(here)
    await asyncio.sleep(at)
    await caller.presses("5" + key)
    assert await wait.over == Pressed(key)


async def test_what_somebody_says_to_the_caller_is_heard_at_once_and_nothing_is_lost(here: World) -> None:
    caller, wait, waiting = await waits(here)
    caller.forgets()
    await asyncio.sleep(3)
    waiting.say(phrase("message-saved"))
    waiting.say(phrase("greeting-saved"))
    await asyncio.sleep(0.1)
    assert caller.heard == ["message-saved"]
    await asyncio.sleep(4)
    assert caller.heard == ["message-saved", "greeting-saved"]
    wait.search.set_result("found")
    await wait.over


async def test_what_somebody_says_who_is_asked_takes_the_place_of_explanations_for_as_long_as_that_lasts(
    here: World,
) -> None:
    caller, wait, waiting = await waits(here)
    caller.forgets()
    with waiting.saying() as say, waiting.saying():
        await asyncio.sleep(3)
        say(phrase("message-saved"))
        await asyncio.sleep(31)
        assert caller.heard == ["message-saved"] * 3
        waiting.say(phrase("goodbye"))
        say(phrase("greeting-saved"))
    await asyncio.sleep(16)
    assert caller.heard == [*["message-saved"] * 3, "goodbye", "kept"]
    wait.search.set_result("found")
    await wait.over


async def test_while_somebody_else_uses_the_line_nothing_is_said_and_no_key_counts(here: World) -> None:
    caller, wait, waiting = await waits(here)
    caller.forgets()
    with waiting.paused():
        await asyncio.sleep(1)
        await caller.presses("#")
        await asyncio.sleep(40)
        assert caller.heard == []
        (ongoing,) = here.appliance.switchboard.ongoing.values()
        ongoing.call.caller.leg.forget_digits()
    await asyncio.sleep(14)
    assert caller.heard == []
    await asyncio.sleep(1.1)
    assert caller.heard == ["kept"]
    await caller.presses("#")
    assert await wait.over == Pressed("#")


async def test_what_is_being_said_is_said_to_its_end_where_nobody_was_found(here: World) -> None:
    caller, wait, _ = await waits(here)
    await asyncio.sleep(14.9)
    await caller.hears("kept")
    wait.search.set_result("nobody")
    await asyncio.sleep(0.1)
    assert not wait.over.done()
    await asyncio.sleep(3)
    assert wait.over.result() == "nobody"


async def test_whoever_answers_at_the_moment_the_caller_leaves_is_released(here: World) -> None:
    """So that no line stays seized for a caller who is gone."""
    here.phone("fxs-4").lifts()
    await asyncio.sleep(0.5)
    line = here.appliance.lines.stations["break room"]
    assert line.leg is not None
    callee = Party(line.leg, line, says_nothing)
    released: list[Leg] = []
    line.on_released = lambda _line, leg: released.append(leg)
    answered: asyncio.Future[Party] = asyncio.get_running_loop().create_future()

    async def until_answered() -> Party:
        return await answered

    async def flow(call: Call, destination: Destination) -> Outcome:
        if not isinstance(destination, ToPerson):
            return await go(call, destination)
        waiting = Waiting(call.caller, lambda: ToneSource(call.services.tones.ringback), CONVERSATION)
        await waiting.until(asyncio.create_task(until_answered()))
        return Outcome.CONNECTED

    here.appliance.switchboard.route = flow
    caller = await here.greeted()
    await caller.presses("101")
    await asyncio.sleep(3)
    trunk = here.appliance.lines.trunks[0]
    assert trunk.leg is not None
    answered.set_result(callee)
    trunk.leg.left(Cause.LOOP_BREAK)
    await here.logs("main", "abandoned", Cause.LOOP_BREAK.value)
    assert released == [callee.leg]


async def test_how_long_somebody_waited_is_right_where_the_clock_was_set_back_meanwhile(here: World) -> None:
    caller = await here.greeted()
    await caller.presses("103")
    await here.phone("fxs-3").rings()
    right = LoopClock.now
    with mock.patch.object(LoopClock, "now", lambda clock: right(clock) - timedelta(hours=1)):
        await caller.hears("leave-message", within=60)
        caller.hangs_up()
        await here.all_is_free()
    (record,) = here.appliance.calls.recent(10)
    assert "waited 21 s for Ruth Olsen" in [step.what for step in record.steps]
