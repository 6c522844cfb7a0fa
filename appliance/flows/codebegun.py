"""What somebody begins to dial while something is told: a code, or an extension that was offered."""

from __future__ import annotations

from collections.abc import Mapping

from appliance.calls.call import Call
from appliance.office.destination import Destination
from appliance.office.numbering import codes_in_menus, ended


async def code_begun(call: Call) -> Destination | None:
    """Where the code leads that somebody outside begins to dial, such as one of the office's people; see `begun`.

    Where the office is closed no menu is told, in which codes can be dialled otherwise.
    """
    return await begun(call, codes_in_menus(call.office)) if call.from_outside else None


async def begun(call: Call, offered: Mapping[str, Destination]) -> Destination | None:
    """Where the number leads that was begun; None where none was, and then what was pressed counts for what comes next.

    A star by which somebody has only cut short what was told means nothing more.
    """
    pressed = call.caller.leg.digits_waiting[:1]
    if not pressed or not any(number.startswith(pressed) for number in offered):
        return None

    def plan(digits: str) -> float | None:
        goes_on = any(number != digits and number.startswith(digits) for number in offered)
        return call.office.menu.shared_prefix_seconds if goes_on else None

    return offered.get(ended(await call.caller.read_digits(plan, first=0)))
