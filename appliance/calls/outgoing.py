"""Dialling out: which trunk is taken, what is waited for on it, and what an emergency may do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from appliance.calls.leg import Leg
from appliance.calls.outcome import CallEnded, Cause
from appliance.calls.trunk import CLEARING_SECONDS, TrunkLine
from appliance.calls.trunk_protocol import State
from hw.callerid.coding import CallerId
from hw.said import said

DIAL_TONE_SECONDS = 4.5
"""How long dial tone is waited for."""
STUTTER_SECONDS = 4.0
"""How much longer is waited while a tone is heard that is not known as dial tone yet, as some stutter for 5 s. After
that it counts as dial tone."""
PROCEEDING_SECONDS = 10.0
"""How long a gateway may take to tell that it is calling. Before, it goes off hook, waits for dial tone, and dials."""
ANSWER_SECONDS = 0.4
"""How long a line that rings must be off hook for the exchange to take it as answered, and to stop ringing."""
ELSEWHERE_SECONDS = 6.0
"""How long another office may take to ring; the server gives up sooner on a unit that does not answer."""
ANOTHER_LINE_HELPS = (Cause.CONGESTION, Cause.LINK_LOST, Cause.LINE_LOST, Cause.TAKEN)
TAKING_ORDER = (State.TESTED, State.CLEARING, State.SEIZED, State.UP, State.RINGING)
"""In which order of their states an emergency call takes lines. A ringing one comes last, as its caller would still be
on it."""


async def dial_out(
    trunks: Sequence[TrunkLine],
    number: str,
    caller: Leg,
    *,
    emergency: bool,
    report: Callable[[str], None],
    keep_free: int = 0,
    among: Sequence[TrunkLine] = (),
) -> TrunkLine | None:
    """Dial a number on the first of these trunks that is free.

    keep_free: so many trunks are left for incoming calls, of these or of those that these are among; an emergency call
    takes every one.
    A line that is ill, as its calls have shown, comes last.
    Returns the trunk, whose leg has the line's sound on it, and whose `progress` tells what becomes of the call; None
    when no trunk is free, but those that are kept, or none gives dial tone. An
    emergency call takes a trunk from another call then, and tries each twice: a line that somebody rings just as it is
    seized is connected to that caller, and free once hung up. The second time it dials without waiting for ever for a
    dial tone that may only not be recognised. Raises CallEnded, and hangs up, when the caller leaves meanwhile.
    """
    without_dial_tone = 0
    trunks = sorted(trunks, key=lambda trunk: trunk.health.doubtful)
    for trunk in trunks:
        enough = emergency or sum(one.free for one in among or trunks) > keep_free
        if trunk.free and enough and (emergency or without_dial_tone < 2):
            if await _dial(trunk, number, caller, emergency=emergency, hand_over=not without_dial_tone):
                return trunk
            if not trunk.emergency:  # If it is, another emergency call has taken the line meanwhile.
                without_dial_tone += 1
                if trunk.dials:
                    report(said("%(line)s did not take a call", line=trunk.name))
    for last_round in (False, True) if emergency else ():
        for trunk in sorted(trunks, key=_taking_order):
            if await _take_away(trunk, caller) and await _dial(
                trunk, number, caller, emergency=True, hand_over=False, blind=last_round
            ):
                return trunk
    return None


async def call_elsewhere(
    lines: Sequence[TrunkLine], number: str, caller: Leg, caller_id: CallerId | None
) -> TrunkLine | Cause | None:
    """Call a number of another of our offices on a free line to the server that joins them, the last one first.

    Returns the line once it rings there; why it can not be reached; None when no line is free. Raises CallEnded, and
    hangs up, when the caller leaves meanwhile.
    """
    why: Cause | None = None
    for line in reversed(lines):
        if not line.free:
            continue
        leg = line.seize(number, caller_id)
        try:
            await caller.until(line.dial_tone, leg.gone, seconds=ELSEWHERE_SECONDS)
        except BaseException:
            leg.release()
            raise
        if line.dial_tone.done() and not leg.gone.done():
            line.connected()
            return line
        why = leg.gone.result() if leg.gone.done() else Cause.UNREACHABLE
        leg.release()
        if why not in ANOTHER_LINE_HELPS:
            break
    return why


def _taking_order(trunk: TrunkLine) -> tuple[int, bool]:
    """The place of a line in TAKING_ORDER; among lines in a call, those first in which nobody talks yet."""
    place = TAKING_ORDER.index(trunk.state) if trunk.state in TAKING_ORDER else len(TAKING_ORDER)
    return place, trunk.leg is not None and trunk.leg.in_conversation


async def _take_away(trunk: TrunkLine, caller: Leg) -> bool:
    """End what goes on on the trunk, and keep it for this call. False if it is dead or has another emergency call."""
    if trunk.emergency or trunk.state is State.LOST:
        return False
    trunk.emergency = True
    trunk.needed(said("the line is needed for an emergency call"))
    try:
        if trunk.state is State.RINGING:
            trunk.answer()
            await caller.until(seconds=ANSWER_SECONDS)
    finally:
        if trunk.leg is not None:
            trunk.leg.left(Cause.TAKEN)
        trunk.take_back() if trunk.state is State.TESTED else trunk.hang_up()
        if trunk.leg is not None:
            trunk.leg.release()
    trunk.emergency = True
    try:
        await caller.until(trunk.clearing.until_idle(), seconds=max(CLEARING_SECONDS, trunk.clearing.clear_in) + 1)
    except BaseException:
        trunk.emergency = False
        raise
    if trunk.state is not State.IDLE:
        trunk.emergency = False
        return False
    return True


async def _dial(
    trunk: TrunkLine, number: str, caller: Leg, *, emergency: bool, hand_over: bool, blind: bool = False
) -> bool:
    """Seize, wait for dial tone, dial. False when none comes, or the line is taken away meanwhile.

    hand_over: then treat the line as an incoming call (glare); otherwise give it back, as is done where the caller from
    before seems to be there still, whom the exchange has kept (`appliance.calls.keptcalls`). blind: dial all the same.
    A line that dials by itself is given the number at once, and gives no dial tone.
    """
    trunk.emergency = emergency
    leg = trunk.seize(number)
    try:
        seconds = PROCEEDING_SECONDS if trunk.dials else DIAL_TONE_SECONDS
        await caller.until(trunk.dial_tone, leg.gone, seconds=seconds)
        if trunk.unknown_at_seizure and not trunk.dial_tone.done():
            await caller.until(trunk.dial_tone, leg.gone, seconds=STUTTER_SECONDS)
        if not trunk.dials and not leg.gone.done():
            trunk.health.dial_tone(heard=trunk.dial_tone.done(), other=trunk.unknown_at_seizure)
        asked = trunk.dial_tone.done() or trunk.unknown_at_seizure
        if (asked or (blind and not trunk.dials)) and not leg.gone.done():
            if not trunk.dials:
                await leg.dial(number, trunk.plan.dtmf_low_dbm0, trunk.plan.dtmf_high_dbm0)
            trunk.connected()
            return True
    except CallEnded:
        leg.release()
        if caller.gone.done():
            raise
        return False
    except BaseException:
        leg.release()
        raise
    met_before = not trunk.dials and not leg.gone.done() and trunk.kept.no_dial_tone()
    if hand_over and not trunk.dials and not leg.gone.done() and not met_before:
        trunk.hand_over()
    else:
        leg.release()
    return False
