"""The office tells something: its opening hours, the way there. Callers may hear it again, or go back."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.office.destination import Destination, MenuBefore, ToGeneralMailbox, ToOperator
from appliance.office.information import Information
from appliance.office.phrase import Sayable, phrase
from appliance.office.places import told_words

MOST_TIMES = 20
"""No caller hears the same for ever: a cell phone in a pocket may press keys."""


async def tell(call: Call, information: Information) -> Destination:
    """Tell it as often as the caller wants. Returns where the call goes then; pressing nothing leads back, too."""
    told: list[Sayable] = [told_words(call.office, information), phrase("information-menu")]
    said = told
    for _ in range(MOST_TIMES):
        match await call.caller.read_key(*said):
            case "1":
                said = told
            case "*" | "":
                break
            case "0":
                return ToOperator()
            case _:
                said = [phrase("not-valid"), phrase("information-menu")]
    return MenuBefore()


async def tell_and_end(call: Call, information: Information) -> Outcome:
    """Tell it to a caller who came from no menu, who can then reach the operator, or leave a message."""
    await call.answer()
    if await tell(call, information) == ToOperator():
        return await call.follow(ToOperator())
    return await call.follow(ToGeneralMailbox())
