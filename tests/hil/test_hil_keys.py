"""Keys pressed by a caller, and digits dialled through the unit: none may be missed, none may count twice."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from difflib import SequenceMatcher

from tests.hil.benchfile import Wire
from tests.hil.call import NotInTime
from tests.hil.figures import Figures
from tests.hil.plots import bars
from tests.hil.rig import Rig

NOT_HEARD, NOT_VALID = "I didn't hear anything", "not a valid choice"
NUMBERS_DIALLED = 20
"""Calls out on the bench: with eleven digits each, every digit some twenty times."""


async def test_menu_keys(rig: Rig, figures: Figures) -> None:
    """Each key of the menu, again and again on all lines, does what it stands for: once, and every time."""
    menu = rig.bench.unit.menu
    rig.need(menu, "menu")
    times = 1 if rig.short else rig.bench.key_presses
    waiting = [key for _ in range(times) for key in menu]
    found: Counter[tuple[str, str]] = Counter()
    delays: dict[str, list[float]] = {}

    async def press_all(trunk: Wire) -> None:
        while waiting:
            key = waiting.pop(0)
            call = await rig.greeted(trunk)
            call.press(key)
            pressed = call.now_s
            try:
                heard, item = await call.heard_of(menu[key], NOT_HEARD, NOT_VALID, *menu.values(), seconds=25)
                what = {menu[key]: "right", NOT_HEARD: "missed"}.get(heard, "doubled")
                delays.setdefault(key, []).append(item.start_s - pressed)
            except NotInTime as error:
                what, heard = "missed", type(error).__name__
            found[key, what] += 1
            if what != "right":
                rig.progress(f"call {call.name}, key {key}: {what}, {heard}; {call.story()}")
            call.hang_up()
            await call.ended(5)
            rig.progress(f"{found.total()} of {times * len(menu)} keys pressed")
            if what == "right" and len(rig.recorded) > 20:
                rig.recorded.remove(call)

    await asyncio.gather(*(press_all(trunk) for trunk in rig.trunks))
    figures.add("keys pressed", found.total(), "keys")
    figures.add("keys missed", sum(found[key, "missed"] for key in menu), limit="keys_missed")
    figures.add("keys doubled, or taken for another", sum(found[key, "doubled"] for key in menu), limit="keys_doubled")
    for key, seconds in sorted(delays.items()):
        figures.add(f"key {key} to its words, longest", max(seconds), limit="key_to_word_seconds")
    figures.plots["Keys that did what they stand for"] = bars({key: found[key, "right"] for key in menu}, "times")


async def test_digits_dialled_through(rig: Rig, figures: Figures) -> None:
    """A telephone dials out: the unit hears its digits and dials them on a trunk. All come, in their order."""
    unit = rig.bench.unit
    rig.need(unit.numbers and rig.stations, "numbers, and stations to dial them")
    missed = doubled = digits = 0
    numbers = itertools.islice(itertools.cycle(unit.numbers), 1 if rig.short else NUMBERS_DIALLED)
    for station, number in zip(itertools.cycle(rig.stations), numbers, strict=False):
        got = await dialled_through(rig, station, number)
        less, more = faults(number, got)
        digits, missed, doubled = digits + len(number), missed + less, doubled + more
        await rig.settle()
    figures.add("digits dialled", digits, "digits")
    figures.add("digits missed", missed, limit="keys_missed")
    figures.add("digits doubled, or too many", doubled, limit="keys_doubled")


async def dialled_through(rig: Rig, station: Wire, number: str) -> str:
    """What arrives on the trunk that the unit takes. The kit gives the dial tone there."""
    lifted = asyncio.ensure_future(rig.dialled(station, rig.bench.unit.outside + number))
    try:
        # A unit dials out on its last free line.
        waits = [asyncio.ensure_future(rig.rung(trunk, 25)) for trunk in rig.trunks]
        done, others = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for other in others:
            other.cancel()
        out = done.pop().result()
        out.accept()
        await out.answered()
        out.play(rig.plan.dial)
        await out.until(lambda: out.digits, 10, "dialled at all")
        out.play(None)
        try:
            await out.until(lambda: len(out.digits) >= len(number), 10, "dialled to the end")
            await out.passes(1)
        except NotInTime:
            pass
        return out.digits
    finally:
        await asyncio.gather(lifted, return_exceptions=True)


def faults(sent: str, got: str) -> tuple[int, int]:
    """Digits missed, and digits too many."""
    matching = sum(block.size for block in SequenceMatcher(None, sent, got, autojunk=False).get_matching_blocks())
    return len(sent) - matching, len(got) - matching
