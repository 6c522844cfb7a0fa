"""What a modem beside a line has noticed while the line was tested: a second opinion, where there is a modem."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from appliance.linedoctor.findings import LIKELY, SURE, LineFinding
from appliance.linedoctor.measured import LineMeasured
from hw.said import Said, said

LEAST_BATTERY_V = 15.0
"""A line that is not in use has more; a modem that is not plugged in measures next to nothing."""


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """volts: of the line on hook; None where the modem cannot measure. rings, callers: how many it was told of."""

    volts: float | None
    rings: int
    callers: int


Listened = Callable[[], Awaitable[SecondOpinion | None]]
"""Called when the test is over: what was noticed meanwhile; None where no modem is beside that line."""


def opinion_findings(found: LineMeasured, opinion: SecondOpinion) -> Iterator[LineFinding]:
    """What follows from both."""
    if opinion.volts is not None:
        told, trouble = _battery(found, round(abs(opinion.volts)), there=abs(opinion.volts) >= LEAST_BATTERY_V)
        yield LineFinding("modem-battery", said("Battery, by the modem"), told, SURE, trouble=trouble)
    if found.ring:
        told, trouble = _calls(found, opinion)
        yield LineFinding("modem-calls", said("Calls, by the modem"), told, LIKELY, trouble=trouble)


def _battery(found: LineMeasured, volts: int, *, there: bool) -> tuple[Said, bool]:
    if there and not found.alive:
        return said("%(volts)s V: look at the cord between the wall socket and this unit.", volts=volts), True
    if not there and found.alive:
        return said("%(volts)s V: the modem is not plugged in beside this line.", volts=volts), True
    return said("%(volts)s V on hook.", volts=volts), False


def _calls(found: LineMeasured, opinion: SecondOpinion) -> tuple[Said, bool]:
    if not opinion.rings:
        return said("It did not ring: is its cord plugged in beside this line?"), True
    if opinion.callers and found.caller_id is None and not found.gateway_told:
        return said("It is told who calls, which this line’s own socket is not: use it for that."), False
    if not opinion.callers and found.caller_id is not None:
        return said("It rang, and was not told who calls. Its country or its model may be the reason."), False
    return said("It rang, and was told who calls.") if opinion.callers else said("It rang."), False
