"""Two parties talk, until one of them leaves or is transferred."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.calls.party import Party
from appliance.office.destination import Nowhere, ToBlockLast, ToMessages, ToNightMode
from appliance.office.numbering import station_destination


async def talk(call: Call, party: Party) -> Outcome | None:
    """Let the caller and a party talk until one leaves: None. After a transfer: what became of whoever remained."""
    while (transfer := await call.bridge(party)) is not None:
        if transfer.to:
            party = call.take(transfer) or party
            continue
        destination = station_destination(call.office, transfer.number)
        if isinstance(destination, ToMessages | ToNightMode | ToBlockLast | Nowhere):
            transfer.refuse()
            continue
        call.remains(transfer)
        return await call.follow(destination)
    return None
