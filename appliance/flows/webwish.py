"""Somebody has asked on the office's web site to be called, and is: the office is rung once 1 was pressed."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.lostcallers import ASKED_ON_THE_WEB
from appliance.calls.outcome import Outcome
from appliance.flows.keys import choose_key
from appliance.office.destination import ToOperator
from appliance.office.phrase import phrase


async def web_wish(call: Call) -> Outcome:
    """Whoever else has that number, or an answering machine, presses nothing, and nobody in the office is rung."""
    call.record.step(ASKED_ON_THE_WEB)
    if await choose_key(call, "1", phrase("web-wish", name=call.office.name)) != "1":
        return Outcome.GOODBYE
    return await call.follow(ToOperator())
