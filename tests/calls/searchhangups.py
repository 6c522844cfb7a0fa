"""Somebody hangs up at any moment of a search for a cell phone: at each moment at which a task of the call waits.

`python -m tests.calls.searchhangups` tries all of them; the tests try some of each kind.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product

from appliance.calls.outcome import Outcome
from appliance.clock import run_virtual
from appliance.office.forwarding import Way
from hw.linecard import LineError
from tests.calls.around import lines_off_hook
from tests.calls.cellphones import CELL, forwarded, hear_each_other
from tests.calls.hearing import until
from tests.calls.phone import Phone
from tests.calls.silence import SilenceHeard
from tests.calls.suspensions import Suspensions, watched
from tests.calls.world import GREETED, MAIN, World, world

LONGEST_SILENCE_SECONDS = 3.0
PATIENCE_SECONDS = 15.0
"""For so long whoever is left in a talk of three waits before they hang up, too."""
ENDINGS = (Outcome.ABANDONED.value, Outcome.FORWARDED.value, Outcome.MESSAGE_LEFT.value)
LEAVE = {"caller": (True, False), "callee": (False, True), "both": (True, True)}
"""Who hangs up: the caller, and whoever was called."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """Who hangs up, at which moment, and what would have become of the call."""

    way: Way
    who: str
    accepts: bool
    """The callee presses 1, and then talks for a while; otherwise no key."""
    seconds: float
    """How long behind the moment at which a task begins to wait."""

    @property
    def name(self) -> str:
        accepts = "accepts" if self.accepts else "presses nothing"
        return f"{self.way.value}, callee {accepts}, {self.who} hangs up after {self.seconds} s"


AT_ONCE = [HangUp(*kind, 0.0) for kind in product(Way, LEAVE, (True, False))]
LATER = [HangUp(*kind, 0.7) for kind in product(Way, LEAVE, (True, False))]
"""A moment may be the beginning of a hook flash, a prompt or a wait: in the middle of those something else happens."""


async def _answers(cell: Phone, accepts: bool) -> None:
    """The callee answers, says so, and accepts or not."""
    with suppress(LineError):
        await cell.rings(within=40)
        await asyncio.sleep(3)
        cell.lifts()
        await cell.says("Hello?")
        await asyncio.sleep(1.5)
        if accepts:
            await cell.presses("1")


async def _one_call(here: World, caller: Phone, cell: Phone, kind: HangUp, at: int | None) -> int:
    """One call, in which somebody hangs up at this moment, or at the end. How many moments there were until then.

    Once the caller has gone, the lines are free although the callee stays off hook. Once the callee has gone, the
    caller comes to a beep.
    """
    loop = asyncio.get_running_loop()
    before = asyncio.all_tasks()
    suspensions = Suspensions()
    caller_leaves, callee_leaves = LEAVE[kind.who]
    left = loop.create_future()

    def leave() -> None:
        if caller_leaves:
            silence.stop()
            caller.hangs_up()
        if callee_leaves:
            cell.hangs_up()
        left.set_result(None)

    with watched(suspensions):
        await caller.dials(MAIN)
        await caller.hears(GREETED)
        silence = SilenceHeard(here, caller, cell)
        suspensions.count_from_now(at, lambda: loop.call_later(kind.seconds, leave))
        await caller.presses("103")
        answering = asyncio.create_task(_answers(cell, kind.accepts))
        end = asyncio.create_task(_until_over(here, caller, cell))
        await asyncio.wait([end, left], return_when=asyncio.FIRST_COMPLETED)
        count = suspensions.count
        if left.done():
            if caller_leaves:
                end.cancel()
            if callee_leaves:
                answering.cancel()
        await asyncio.gather(end, return_exceptions=not left.done() or caller_leaves)
        silence.stop()
        caller.hangs_up()
        if kind.way is Way.THREE_WAY and kind.accepts:  # Of two who are joined, the exchange tells of the last only.
            loop.call_later(PATIENCE_SECONDS, cell.hangs_up)
        await here.all_is_free(within=120)
        await until(lambda: here.trunk_states() == ["idle"] * 4, within=30)
        assert lines_off_hook(here) == []
        answering.cancel()
        cell.hangs_up()
        await asyncio.gather(answering, return_exceptions=True)
        await asyncio.sleep(8)
    assert silence.longest <= LONGEST_SILENCE_SECONDS, f"{silence.longest:.1f} s of silence {silence.during}"
    assert here.appliance.faults == []
    assert {task.get_name() for task in asyncio.all_tasks() - before} == set()
    (record,) = here.appliance.calls.recent(1)
    assert record.caller_number == caller.telephone.name, "the exchange has rung the line for whoever was called"
    assert record.outcome in ENDINGS, record.outcome
    assert not here.appliance.switchboard.ongoing
    return count


async def _until_over(here: World, caller: Phone, cell: Phone) -> None:
    """Until the caller has talked to the callee for a while, or may leave a message."""
    began = len(here.told.everything)

    def beeps() -> bool:
        return (caller.line, "beep") in here.told.everything[began:]

    await until(lambda: beeps() or hear_each_other(here, caller, cell), within=120)
    if not beeps():
        await asyncio.sleep(3)


async def try_moments(kind: HangUp, first: int, step: int) -> tuple[int, list[str]]:
    """How many moments there are in a call of this kind, and what is wrong at each step-th, from the first on."""
    wrong = []
    async with world(forwarded(kind.way, ask_name=False)) as here:
        caller, cell = here.caller(), here.subscriber(CELL)
        moments = await _one_call(here, caller, cell, kind, None)
        for at in range(first, moments + 1, step):
            try:
                await _one_call(here, caller, cell, kind, at)
            except AssertionError as error:
                wrong.append(f"moment {at} of {moments}: {error}")
                break  # What is left of that call would disturb the next.
    return moments, wrong


def main(words: Sequence[str]) -> int:
    """words: which of the ways; none: all."""
    tried, wrong = 0, 0
    for kind in [*AT_ONCE, *LATER]:
        if not words or kind.way.value in words:
            moments, found = run_virtual(lambda kind=kind: try_moments(kind, 1, 1))  # type: ignore[misc]
            tried, wrong = tried + moments, wrong + len(found)
            print(f"{kind.name}: {moments} moments, {len(found)} wrong", *found, sep="\n  ", flush=True)
    print(f"{tried} moments, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
