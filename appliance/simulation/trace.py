"""What was done in a stretch of time, to the hundredth of a second, and as a scenario that does it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from appliance.scenario import actions as act

GRID_S = 0.01
"""Everything is done at a multiple of this, so that a scenario can say when."""


@dataclass(frozen=True, slots=True)
class Done:
    """at_s: seconds since the unit was started."""

    at_s: float
    action: act.Act


def steps(done: Sequence[Done]) -> list[str]:
    """The lines of a scenario that does the same at the same times, from its beginning."""
    lines, now = [], 0
    for one in done:
        at = round(one.at_s / GRID_S)
        if at > now:
            lines.append(f"wait {(at - now) * 10}ms")
            now = at
        lines.append(written(one.action))
    return lines


def written(action: act.Act) -> str:
    """The line of a scenario for what the simulation does. The next line does not wait for what takes time."""
    match action:
        case act.Lifts(party):
            return f"{party} lifts"
        case act.HangsUp(party):
            return f"{party} hangs up"
        case act.Flashes(party):
            return f"{party} flashes"
        case act.Presses(party, digits, on_ms):
            pace = {50.0: " quickly", 300.0: " slowly"}.get(float(on_ms), "")
            return f"meanwhile {party} presses {digits}{pace}"
        case act.Says(party, text):
            return f'meanwhile {party} says "{text}"'
        case act.SendsFax(party, pages):
            return f"meanwhile {party} sends a fax of {pages} pages"
        case act.SendsFaxTone(party, seconds):
            return f"meanwhile {party} sends fax calling tone for {seconds:g}s"
        case act.Fault(trunk, kind):
            return f"{trunk} {FAULTS[kind]}"
        case act.PowerFails(seconds):
            return f"meanwhile the power fails for {seconds:g}s"
        case act.Circuits(prefix, busy):
            return f"circuits to {prefix} are {'busy' if busy else 'free'}"
        case _:
            raise ValueError(f"the simulation does not do this: {action}")


FAULTS: dict[act.FaultKind, str] = {
    "cut": "is cut",
    "restore": "is restored",
    "break": "breaks briefly",
    "noise": "has a noise burst",
    "in-use": "is taken by another telephone",
    "free": "is free again",
}
