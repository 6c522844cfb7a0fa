"""The talks of a unit that go on now, so that one call can take a party from another."""

from __future__ import annotations

from appliance.calls.party import Party
from appliance.calls.talk import Talk, Turn


class Talks(dict[str, Talk]):
    """By the names of their parties' legs."""

    async def run(self, talk: Talk) -> Turn:
        """Let them talk, as one of these talks."""
        legs = [party.leg.name for party in talk.parties]
        self.update((leg, talk) for leg in legs)
        try:
            return await talk.run()
        finally:
            for leg in legs:
                if self.get(leg) is talk:
                    del self[leg]

    def take_called(self, leg: str) -> Party | None:
        """Take whoever was called on this leg, and talks to it and to nobody else, out of that talk.

        None where that cannot be: nobody talks there, or it is the leg of somebody who was called.
        """
        talk = self.get(leg)
        if talk is None or len(talk.parties) > 2 or talk.parties[0].leg.name != leg:
            return None
        called = talk.parties[1]
        return called if talk.take(called) else None
