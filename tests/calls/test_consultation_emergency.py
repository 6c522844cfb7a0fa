"""An emergency call may have a line on which somebody is being called for its caller, or on which three talk."""

from __future__ import annotations

import asyncio

import pytest

from appliance.calls.call import Call
from appliance.calls.consultation import Consultation
from tests.calls.around import lines_off_hook, only_trunks
from tests.calls.hearing import until
from tests.calls.ownline import BOB, caller_for_bob, calls_bob
from tests.calls.world import world


@pytest.mark.parametrize("seconds", [0.3, 1.5, 3.5, 7.0, 9.0, 11.0, 16.0])
async def test_an_emergency_call_takes_the_line_at_any_moment_of_a_consultation(seconds: float) -> None:
    async def joins(_call: Call, consultation: Consultation) -> None:
        await consultation.answered(30)
        if await consultation.join():
            await consultation.talk()

    async with world(only_trunks(1)) as here:
        help_there = here.subscriber("911", behaviour="answers", answers_after_s=1.0)
        here.subscriber(BOB, "BOB ROE", behaviour="answers", answers_after_s=3.0, greeting=await here.speech("Hello?"))
        calls_bob(here, joins)
        caller = await caller_for_bob(here)
        await asyncio.sleep(seconds)
        surgery = await here.phone("fxs-2").dials("911")
        await help_there.lifted()
        assert here.trunk_states() == ["up"]
        assert here.appliance.lines.trunks[0].emergency
        surgery.hangs_up()
        caller.hangs_up()
        await here.all_is_free()
        await until(lambda: lines_off_hook(here) == [])
        assert ("surgery", "dialled-out", "on-hook") in here.outcomes()
        assert "taken-for-emergency" in [cause for _line, _outcome, cause in here.outcomes()]
