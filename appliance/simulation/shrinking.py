"""Makes the shortest scenario of a violation: what need not be done to see it is left out, as long as it is seen.

It is Zeller's ddmin over the list of what was done: halves are left out, then quarters, and so on down to single acts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from appliance.prompts.library import PromptLibrary
from appliance.simulation.office import HELP, Cast, cast
from appliance.simulation.promises import Violation
from appliance.simulation.replaying import replay
from appliance.simulation.running import Finding
from appliance.simulation.trace import GRID_S, Done, steps

WINDOWS = (12, 40, 400)
"""How many of the last acts are tried first, and then, where these do not show it."""
LONGEST_PAUSE_S = 60.0
"""Where nothing was done for longer, that was not the reason."""
BEGINS_S = 2.0

Shows = Callable[[Sequence[Done]], Violation | None]
"""Does these acts; the violation that is seen then, or None."""


def scenario_of(finding: Finding, prompts: PromptLibrary) -> str:
    """The shortest scenario found that shows it, or else, with a remark, all that was done before it."""
    setting = finding.setting
    before = [one for one in finding.done if one.at_s <= finding.violation.at_s]
    for window in WINDOWS:
        acts = drawn_together(before[-window:])
        players = cast(setting, _moment(finding, before[-window:]))

        def shows(chosen: Sequence[Done], players: Cast = players) -> Violation | None:
            return replay(players, chosen, finding.violation.kind, prompts, setting.beside)

        if acts and shows(acts) is not None:
            shortest = shrunk(acts, shows)
            together = drawn_together(shortest)
            for kept in (together, shortest):
                if (seen := shows(kept)) is not None:
                    return written(players, kept, seen)
        if window >= len(before):
            break
    whole = written(cast(setting, finding.at), drawn_together(before), finding.violation)
    return f"# A new unit does not show this: it needs what happened before.\n{whole}"


def shrunk(done: Sequence[Done], shows: Shows) -> list[Done]:
    """The shortest list found of these acts that still shows it: without any single one of them nothing is seen."""
    kept, parts = list(done), 2
    while len(kept) > 1:
        size = max(1, len(kept) // parts)
        for begin in range(0, len(kept), size):
            fewer = kept[:begin] + kept[begin + size :]
            if fewer and shows(fewer) is not None:
                kept, parts = fewer, max(2, parts - 1)
                break
        else:
            if size == 1:
                break
            parts = min(len(kept), parts * 2)
    return kept


def drawn_together(done: Sequence[Done]) -> list[Done]:
    """The same acts, the first soon after the beginning, and none a long time after the one before."""
    together: list[Done] = []
    for before, one in zip([None, *done], done, strict=False):
        pause_s = BEGINS_S if before is None else min(one.at_s - before.at_s, LONGEST_PAUSE_S)
        at_s = pause_s + (together[-1].at_s if together else 0.0)
        together.append(Done(round(at_s / GRID_S) * GRID_S, one.action))
    return together


def written(players: Cast, done: Sequence[Done], seen: Violation) -> str:
    """The scenario: its settings, the acts, and what is not met then. Who does nothing in it is left out."""
    acting = {name for one in done if (name := getattr(one.action, "party", ""))}
    called = {*players.cells, HELP}
    lines = [f"scenario: {seen.kind}: {seen.what}"]
    for line in players.text.splitlines():
        who = line.split()[1] if line.startswith("outside ") else ""
        if not who or who in acting or who in called or who in seen.proof:
            lines.append(line)
    rest = round((seen.at_s - (done[-1].at_s if done else 0.0)) * 1000)
    lines += ["", *steps(done), *([f"wait {rest}ms"] if rest > 0 else []), seen.proof]
    return "\n".join(lines) + "\n"


def _moment(finding: Finding, done: Sequence[Done]) -> datetime:
    first = done[0].at_s if done else 0.0
    return finding.at + timedelta(seconds=first)
