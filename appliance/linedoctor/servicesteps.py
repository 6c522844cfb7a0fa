"""Which services for forwarding a caller the exchange gives: three-way calls and transfer. Tried by three lines."""

from __future__ import annotations

from appliance.linedoctor.measured import LineMeasured
from appliance.linedoctor.measuring.levels import pilot_dbm0
from appliance.linedoctor.pairsteps import ANSWERED_S, RINGS_WITHIN_S, answered
from appliance.linedoctor.steps import DIAL_TONE_HEARD_S, on_hook_again
from appliance.linedoctor.testedport import TestedPort

JOINED_S = 1.2
"""So long behind a flash the exchange has joined the parties."""
TRANSFERRED_S = 3.0
"""So long behind a hang-up it has transferred them, or rung again."""
HEARD_S = 0.3


async def forwarding(line: TestedPort, caller: TestedPort, third: TestedPort, found: LineMeasured) -> None:
    """A caller is on the line, and is connected to a third party by a flash, a call and a flash, and then left alone
    with that party by hanging up. All three are on hook before and behind it."""
    assert found.window is not None
    try:
        await answered(caller, line)
        caller.send_pilot(True)
        if await _called_behind_a_flash(line, third, found.window.best_ms):
            third.seize()
            await third.wait(ANSWERED_S)
            line.port.flash(found.window.best_ms)
            await line.wait(found.window.best_ms / 1000 + JOINED_S)
            found.three_way = _caller_heard(third)
            line.expected = True  # Where nobody is transferred the exchange rings it again.
            line.release()
            await line.wait(TRANSFERRED_S)
            found.transfer = _caller_heard(third)
        else:
            found.three_way = found.transfer = False
    finally:
        for one in (line, caller, third):
            one.expected = True
        await on_hook_again(caller, third, line)
        for one in (line, caller, third):
            one.expected = False


async def _called_behind_a_flash(line: TestedPort, third: TestedPort, flash_ms: int) -> bool:
    """Hold the caller, and call the third line. Whether that rings."""
    line.port.flash(flash_ms)
    await line.wait(flash_ms / 1000 + JOINED_S + DIAL_TONE_HEARD_S)
    third.expected = True
    since = line.now
    await line.dial(third.number)
    return await third.rung(since, 1, RINGS_WITHIN_S)


def _caller_heard(third: TestedPort) -> bool:
    return pilot_dbm0(third.timeline.sound(third.now - HEARD_S)) is not None
