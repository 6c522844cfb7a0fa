"""The built-in exchange, wired to an office: its trunks with their numbers, a telephone on every station's port."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from appliance.office.model import Office
from hw.sim.exchange import Exchange
from hw.tones.toneplan import TonePlan

PORTS = 4
"""The ports of each kind for an office that is not set up yet."""
FIRST_NUMBER = 5550100
"""The number of the first trunk where no office is set up yet; the others have the next numbers."""


def simulated_exchange(office: Office | None, plan: TonePlan, wall: Callable[[], datetime], **options: Any) -> Exchange:
    """An exchange not yet started, with `.card` for the unit and `.telephones` for people.

    A call to the first number of a company takes the first free trunk of that company. wall: the exchange's clock,
    local time, sent with caller ID. options: further keywords of Exchange.
    """
    exchange = Exchange(plan, wall, **options)
    elsewhere = office.carded_ports if office else set()
    trunks = list(simulated_numbers(office).items())
    stations = [station.port for station in office.stations if station.port not in elsewhere] if office else []
    if not elsewhere:
        stations = stations or [f"fxs-{n + 1}" for n in range(PORTS)]
    for port, number in trunks:
        exchange.add_trunk(port, number)
    here = {number for _, number in trunks}
    groups = (
        [[trunk.number for trunk in group if trunk.number in here] for group in office.hunt_groups] if office else []
    )
    for group in groups or [[number for _, number in trunks]]:
        if group:
            exchange.hunt_group(group[0], group)
    for port in stations:
        exchange.add_station(port)
    return exchange


def simulated_numbers(office: Office | None) -> dict[str, str]:
    """What the exchange calls its lines to the unit by, by their ports."""
    elsewhere = office.carded_ports if office else set()
    trunks = {trunk.port: trunk.number for trunk in office.trunks if trunk.port not in elsewhere} if office else {}
    if trunks or elsewhere:
        return trunks
    return {f"fxo-{n + 1}": str(FIRST_NUMBER + n) for n in range(PORTS)}
