"""How efax is called: its arguments for one fax, and the limits that it runs under."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from appliance.fax.job import Receiving, Sending
from hw.modem.profile import ModemProfile

MOST_BYTES = 64 << 20
"""The largest file that efax may write: a page of 100,000 lines is less."""
MOST_MEMORY = 256 << 20
"""Bytes of address space: efax takes 5 MB, and a page from nowhere may have it want all there is."""

_BIT_RATES = (2400, 4800, 7200, 9600, 12000, 14400)
"""In the order of efax's codes."""
_CLASSES = {"1": "1", "1.0": "1", "2": "2", "2.0": "0"}
"""The letters of `-o` that have it use a class."""
_NO_DIAL_TONE = "-iX3"
"""It is not waited for (V.250 §6.3.7): there is none in a call."""
_CARRIER_WITHIN_S = 60
"""How long an answer to a call is waited for (S7), in seconds."""


@dataclass(frozen=True, slots=True)
class ModemWays:
    """What efax must know of a modem."""

    fax_class: str = "1"
    """Which commands it uses: 1, 2 or 2.0."""
    hardware_flow: bool = False
    """RTS and CTS hold up the data besides XON and XOFF."""


def ways_of(profile: ModemProfile) -> ModemWays:
    """What efax must know of this model."""
    return ModemWays(profile.fax_classes[0], profile.fax_flow == "hardware")


def sending_command(
    device: str, number: str, pages: Sequence[Path], ways: ModemWays, sending: Sending, header: str
) -> list[str]:
    """To dial a number and send these files, a page each; without a number, to whoever has answered on the modem's
    line. header: see `header_line`.

    ValueError for a number with anything but digits, * # and commas.
    """
    if not set(number) <= set("0123456789*#,"):
        raise ValueError("this is no number that a modem can dial")
    return [
        *_common(device, ways, sending.identity, sending.most_bit_rate),
        *(() if number else (_NO_DIAL_TONE,)),
        *("-h", header),
        *("-t", f"T{number}" if number else "", *map(str, pages)),
    ]


def receiving_command(device: str, pages: str, ways: ModemWays, receiving: Receiving) -> list[str]:
    """To answer the call that is on the line, and receive. pages: the beginning of the files' names; `.001` follows."""
    return [*_common(device, ways, receiving.identity, _BIT_RATES[-1]), *("-r", pages.replace("%", "%%"))]


def header_line(sender: str, at: datetime) -> str:
    """The line above each page: when, who, and which page of how many. Blank where the pages have one already, as efax
    leaves it out never. What its letters cannot show is left out; `%` would be a command to it.
    """
    if not sender:
        return " "
    plain = unicodedata.normalize("NFKD", sender).encode("ascii", "ignore").decode().replace("%", "")
    return f"{at:%Y-%m-%d %H:%M}   {plain}   P. %d/%d"


def _common(device: str, ways: ModemWays, identity: str, most_bit_rate: int) -> list[str]:
    speed = max(code for code, rate in enumerate(_BIT_RATES) if rate <= max(most_bit_rate, _BIT_RATES[0]))
    return [
        *("setpriv", "--pdeathsig", "KILL"),  # Without this program nobody would end it.
        *("prlimit", f"--fsize={MOST_BYTES}", f"--as={MOST_MEMORY}", "--core=0", "--"),
        *("efax", "-d", device, "-v", "ewinfc"),
        f"-o{_CLASSES[ways.fax_class]}{'h' if ways.hardware_flow else ''}",
        *("-l", identity, "-c", f"1,{speed},0,2,0,0,0,0", f"-iS7={_CARRIER_WITHIN_S}"),
    ]
