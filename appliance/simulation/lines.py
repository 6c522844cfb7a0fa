"""Promises about lines: none is off hook without a call, and none stays so when everybody has gone; calls end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from appliance.scenario import actions as act
from appliance.simulation.promises import Suspicion
from appliance.simulation.town import Town

WITHOUT_CALL_S = 8.0
"""Last words to somebody outside are said on a line whose call is over."""
EVERYBODY_GONE_S = 30.0
LONGEST_RING = timedelta(seconds=90)
"""Longer than the unit itself rings a telephone, such as that of somebody who is to be told of an emergency."""
RINGING_S = 8.0
"""A bell is told to be quiet at once, but a double ring is finished first, and the telephone waits 6 s for the next."""


class LinesAreFree:
    """No line is off hook without a call, no telephone rings without one, and no call goes on without anybody."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def acted(self, action: act.Act) -> None:
        """It does not matter who does what."""

    def look(self) -> Iterable[Suspicion]:
        environment = self._town.environment
        ongoing = environment.appliance.switchboard.ongoing
        names = {trunk.port: trunk.name for trunk in environment.office.trunks}
        off_hook = [names[port.name] for port in environment.exchange.card.fxo if port.off_hook]
        if not ongoing:
            for name in off_hook:
                yield Suspicion(
                    "a line is off hook without a call", name, name, WITHOUT_CALL_S, f"{name} is idle within 1s"
                )
            for station in environment.office.stations:
                if self._town.hands[station.name].ringing and not self._rung_by_unit(station.name):
                    yield Suspicion(
                        "a telephone rings without a call",
                        station.name,
                        station.name,
                        RINGING_S,
                        f"{station.name} stops ringing within 1s",
                    )
        if not any(hand.off_hook or hand.ringing for hand in self._town.hands.values()):
            for name in off_hook:
                yield Suspicion(
                    "a line is off hook though everybody has gone",
                    name,
                    name,
                    EVERYBODY_GONE_S,
                    f"{name} is idle within 1s",
                )
            if ongoing:
                calls = ", ".join(one.line for one in ongoing.values())
                yield Suspicion(
                    "a call goes on though everybody has gone",
                    "calls",
                    calls,
                    EVERYBODY_GONE_S,
                    "everything is idle within 1s",
                )

    def _rung_by_unit(self, station: str) -> bool:
        """Whether the log tells of a call that has begun at this telephone: the unit itself wants whoever lifts it."""
        environment = self._town.environment
        lately = environment.appliance.calls.since(environment.clock.now() - LONGEST_RING)
        return any(record.line == station and record.ended is None for record in lately)

    def at_rest(self) -> Iterable[Suspicion]:
        for port in self._town.environment.exchange.card.fxo:
            if port.off_hook:
                name = next(one.name for one in self._town.environment.office.trunks if one.port == port.name)
                yield Suspicion("a line is off hook at rest", name, name, 0.0, f"{name} is idle within 1s")
