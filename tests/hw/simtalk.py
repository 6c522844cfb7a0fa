"""A trunk that talks to Jane, and flashes to call Bob: who hears whom then."""

from __future__ import annotations

import asyncio

from hw.audio import level_dbm0
from hw.dsp.dtmf import dtmf_samples
from tests.hw.simworld import BOB, Trunk, World, pitch, sine

FLASH_MS = 500
JANE_ALONE = {"trunk": {"jane"}, "jane": {"trunk"}, "bob": set()}
"""Who hears whom (`hear_each`) where the trunk talks to Jane."""


async def flashed(trunk: Trunk, ms: int = FLASH_MS) -> None:
    trunk.tones.clear()
    trunk.port.flash(ms)
    await asyncio.sleep(ms / 1000 + 3)


async def consulting(world: World) -> Trunk:
    """Jane called the trunk, which put her on hold and called Bob, who has answered."""
    trunk = await world.answered(world.jane)
    await flashed(trunk)
    await trunk.say(dtmf_samples(BOB))
    await asyncio.sleep(4)
    world.bob.lift()
    await asyncio.sleep(1)
    return trunk


async def hear_each(world: World, trunk: Trunk) -> dict[str, set[str]]:
    """Who hears whom, tried with a tone from each in turn."""
    heard: dict[str, set[str]] = {"trunk": set(), "jane": set(), "bob": set()}
    pitches = {"trunk": 700, "jane": 1300, "bob": 1900}
    ears = {"trunk": trunk.last, "jane": world.jane_hears.last, "bob": world.bob_hears.last}
    for speaker, hertz in pitches.items():
        telephone = {"jane": world.jane, "bob": world.bob}.get(speaker)
        if telephone is None:
            await trunk.say(sine(hertz, 0.5))
        elif telephone.off_hook:
            await telephone.speak(sine(hertz, 0.5))
        for name, last in ears.items():
            if name != speaker and level_dbm0(last(0.3)) > -30 and abs(pitch(last(0.3)) - hertz) < 20:
                heard[name].add(speaker)
    return heard


async def calling_bob(world: World) -> Trunk:
    """Jane called the trunk, which put her on hold and has dialled Bob's number."""
    trunk = await world.answered(world.jane)
    await flashed(trunk)
    await trunk.say(dtmf_samples(BOB))
    return trunk
