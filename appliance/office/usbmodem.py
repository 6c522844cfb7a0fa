"""The USB modem of an office, beside one of its lines: for the numbers of callers, for faxes, or for both.

`hw.modem` drives it, and docs/modem.md tells how it is wired.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from appliance.office.draft import Draft
from appliance.office.field import Port, TextPattern
from appliance.office.problem import Problem
from appliance.office.sip import Sip
from hw.nearest import nearest
from hw.said import said


class ModemUse(Enum):
    """What the modem is there for."""

    NOTHING = "nothing"
    CALLER_ID = "caller-id"
    FAX = "fax"
    BOTH = "both"


class UsbModemModel(Enum):
    """Models of modems; `hw/modem/profiles` has a file for each but the first."""

    AUTOMATIC = "automatic"
    CONEXANT = "conexant-cx93010"
    USROBOTICS = "usrobotics-usr5637"
    GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class UsbModem:
    """A modem on USB, in parallel with a line of the office."""

    use: Annotated[
        ModemUse,
        "What a USB modem beside a line is used for: nothing, telling who calls on a line whose card cannot, faxes, or "
        "both.",
    ] = ModemUse.NOTHING
    line: Annotated[Port | None, "The port of the line that the modem is plugged in beside, such as fxo-1."] = None
    model: Annotated[UsbModemModel, "Its model. With automatic, the modem tells that by its USB identifiers."] = (
        UsbModemModel.AUTOMATIC
    )
    socket: Annotated[
        str,
        TextPattern(r"^[A-Za-z0-9._:-]{0,64}$", "a serial number, or a USB socket such as 1-1.3, or empty"),
        "Its serial number, or the USB socket it is in, where there are several modems. `copperdesk hw list` tells "
        "both.",
    ] = ""

    receives: Annotated[
        bool,
        "Whether a modem that is used for faxes also takes those that come in on its line. Otherwise the unit takes "
        "them itself, by the sound of the line.",
    ] = False

    @property
    def tells_callers(self) -> bool:
        return self.use in (ModemUse.CALLER_ID, ModemUse.BOTH)

    @property
    def faxes(self) -> bool:
        return self.use in (ModemUse.FAX, ModemUse.BOTH)


def rules(office: Draft) -> Iterator[Problem]:
    """A modem that is used is beside a line of the office."""
    modem = office.group("modem")
    line = modem.text("line")
    ports = [port for _, port in office.texts("trunks", "port")]
    if modem.fields.get("use", ModemUse.NOTHING.value) != ModemUse.NOTHING.value and not line:
        yield Problem(modem.at("line"), said("must say beside which line the modem is"))
    elif line and line not in ports:
        reason = said("no line to the exchange is at the port %(port)s", port=line)
        yield Problem(modem.at("line"), reason, nearest(line, ports))


def warnings(modem: UsbModem, network: Sip) -> Iterator[Problem]:
    """A gateway tells who calls by itself, and rings in a time of its own, with which nothing can be compared; and it
    ends a call that it is told to let go of."""
    if modem.use is not ModemUse.NOTHING and modem.line in {line.port for _, line in network.lines()}:
        reason = said("a modem is of no use on a line over the network, which needs none for callers and faxes")
        yield Problem("modem.use", reason, mend=said("Use the modem beside another line."))
