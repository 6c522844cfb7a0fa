"""A caller without a number is asked to enter it."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.office.phrase import phrase

SHORTEST_NUMBER = 5
LONGEST_NUMBER = 15


async def ask_number(call: Call) -> None:
    """What is entered is shown and logged, and not believed otherwise. Who enters none goes on all the same."""
    await call.answer()
    number = await call.caller.read_number(phrase("enter-your-number"), longest=LONGEST_NUMBER)
    if len(number) == LONGEST_NUMBER:
        await call.caller.let_finish_dialling()
    if number.isdigit() and len(number) >= SHORTEST_NUMBER:
        call.who.says_number(number)
