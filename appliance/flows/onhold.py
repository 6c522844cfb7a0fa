"""What somebody from outside is asked who is on hold or parked for long."""

from __future__ import annotations

from collections.abc import Sequence

from appliance.calls.call import Call
from appliance.calls.patience import HoldQuestion
from appliance.flows.looking import TO_MESSAGE
from appliance.office.phrase import Sayable, phrase


def hold_question(call: Call) -> HoldQuestion:
    """Whether to wait on, or to leave a message for whoever has put the caller on hold."""

    def said(station: str) -> Sequence[Sayable]:
        owner = call.office.at_station(station)
        return [phrase("still-on-hold", name=owner.name) if owner else phrase("still-on-hold-for-somebody")]

    return HoldQuestion(call.office.telephones.hold_asks_after_seconds, said, TO_MESSAGE)
