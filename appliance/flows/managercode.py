"""A code that somebody begins to dial while something is told: a manager who calls from outside."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.office.destination import Destination
from appliance.office.numbering import ended, manager_codes


async def code_begun(call: Call) -> Destination | None:
    """Where the code leads; None where none was begun, and then what was pressed counts for what comes next.

    A star by which somebody has only cut short what was told means nothing more.
    """
    codes = manager_codes(call.office) if call.from_outside else {}
    pressed = call.caller.leg.digits_waiting[:1]
    if not pressed or not any(code.startswith(pressed) for code in codes):
        return None

    def plan(digits: str) -> float | None:
        goes_on = any(code != digits and code.startswith(digits) for code in codes)
        return call.office.menu.shared_prefix_seconds if goes_on else None

    return codes.get(ended(await call.caller.read_digits(plan, first=0)))
