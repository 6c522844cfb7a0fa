"""The built-in exchange, wired to an office: its trunks with their numbers, a telephone on every station's port."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance.office.model import Office
from hw.sim.exchange import Exchange
from hw.sim.modem.model import MODELS
from hw.sim.modem.standin import StandInModem
from hw.sim.modem.usb import UsbSocket
from hw.tones.toneplan import TonePlan

USB_SOCKET = "1-1.3"
"""Where a simulated modem is plugged in."""
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


def simulated_modem(model: str, office: Office | None, exchange: Exchange, root: Path) -> UsbSocket | None:
    """The stand-in of a modem of this model, not yet plugged in, beside the exchange's line that the office says, or
    its first; None where the exchange has no line. root: where the files of its USB device are made.
    """
    numbers = simulated_numbers(office)
    line = str(office.modem.line) if office is not None and office.modem.line is not None else ""
    number = numbers.get(line) or next(iter(numbers.values()), None)
    if number is None:
        return None
    standin = StandInModem(MODELS[model], exchange.lines[number].loop, exchange.plan, root / "dev")
    return UsbSocket(root, USB_SOCKET, standin)
