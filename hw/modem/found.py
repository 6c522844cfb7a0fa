"""What can be seen of a modem, for `copperdesk hw list`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hw.found import HEALTHY, Found
from hw.modem.bus import FoundModem
from hw.modem.profile import profile_of_usb
from hw.modem.wanted import ModemWanted

KIND = "modem"
PAGE = "Look at docs/modem.md."


@dataclass(frozen=True, slots=True)
class RunningModem:
    """What a running unit knows of its modem."""

    named: str
    """Its serial number or USB socket, where the office says it."""
    found: FoundModem | None
    """Where it is; None where it is not plugged in."""
    ready: bool
    """Whether it answers."""
    lent: bool
    """Whether a fax is being sent or received by it."""
    identity: str
    """What it says it is."""
    no_caller_id: bool
    """It is to tell callers and takes no command for that."""
    faults: Sequence[str]
    """What people are told of it."""


def of_running(modem: RunningModem) -> Found:
    """The modem of a running unit."""
    name = modem.named or KIND
    if modem.found is None:
        return Found(KIND, name, "no-modem", "No such modem is plugged in.", f"Plug it in. {PAGE}")
    told = f"{_described(modem.found)}{f': {modem.identity}' if modem.identity else ''}"
    if modem.lent:
        return Found(KIND, name, HEALTHY, f"{told}. A fax is being sent or received.")
    if not modem.ready:
        return Found(
            KIND, name, "mute", f"{told}. It does not answer.", "Unplug it, wait ten seconds, plug it in again."
        )
    if modem.no_caller_id:
        told += ". It takes no command to tell who calls"
        return Found(KIND, name, "no-caller-id", f"{told}.", f"Use another modem, or this one for faxes alone. {PAGE}")
    if modem.faults:
        return Found(KIND, name, "doubtful", f"{told}. {' '.join(map(_sentence, modem.faults))}", PAGE)
    return Found(KIND, name, HEALTHY, f"{told}. It answers.")


def of_idle(there: Sequence[FoundModem], wanted: ModemWanted | None) -> list[Found]:
    """The modems that are plugged in, where no unit runs. wanted: the one that an office means; None: none."""
    found = [
        _of_idle(modem, wanted) for modem in there if profile_of_usb(modem.vendor, modem.product) or _is(modem, wanted)
    ]
    if wanted is not None and not any(_is(modem, wanted) for modem in there):
        found.append(
            Found(KIND, wanted.named or KIND, "no-modem", "No such modem is plugged in.", f"Plug it in. {PAGE}")
        )
    return found


def _is(modem: FoundModem, wanted: ModemWanted | None) -> bool:
    return wanted is not None and wanted.profile_for(modem) is not None


def _of_idle(modem: FoundModem, wanted: ModemWanted | None) -> Found:
    told = f"{_described(modem)}."
    if _is(modem, wanted):
        return Found(KIND, modem.socket, "not-running", f"{told} Only a running unit speaks to it.", "Start the unit.")
    mend = "Say at the local page, under Modem, what it is for and beside which line it is."
    return Found(KIND, modem.socket, "not-used", f"{told} The office does not use it.", mend)


def _sentence(fault: str) -> str:
    return f"{fault[:1].upper()}{fault[1:]}{'' if fault.endswith('?') else '.'}"


def _described(modem: FoundModem) -> str:
    profile = profile_of_usb(modem.vendor, modem.product)
    title = profile.title if profile is not None else modem.title or "A modem"
    serial = f", serial number {modem.serial}" if modem.serial else ""
    return f"{title} ({modem.vendor}:{modem.product}) in the USB socket {modem.socket}{serial}, {modem.device}"
