"""Being at the office or away: follow-me lists can have steps for either."""

from __future__ import annotations

from appliance.calls.bytelephone import ChangedByTelephone
from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.flows.flipping import by_code, flip
from appliance.office.availability import presence_switch
from appliance.office.forwarding import Presence
from appliance.office.model import Person
from appliance.office.phrase import phrase


async def presence(call: Call, here: bool) -> Outcome:
    """From now on at the office, or away."""
    return await by_code(call, come if here else leave)


async def come(call: Call, person: Person) -> Outcome:
    noted = ChangedByTelephone(person.name, "people.presence", (person.id, "here"))
    return await flip(call, presence_switch(person.id), "", said=phrase("you-are-here"), noted=noted)


async def leave(call: Call, person: Person) -> Outcome:
    noted = ChangedByTelephone(person.name, "people.presence", (person.id, "away"))
    return await flip(call, presence_switch(person.id), Presence.AWAY.value, said=phrase("you-are-away"), noted=noted)
