"""How soon a message is durable once its caller has hung up, on this machine's own disk and in real time."""

from __future__ import annotations

import asyncio

from tests.bench.figure import Figure
from tests.calls.mailboxes import TO_MARIA, voicemail_of_maria
from tests.calls.world import World, world

CALLS = 5
WORDS = "This is Jane. Please call me back."
LONGEST_MS = 200


def figures() -> list[Figure]:
    worst = max(asyncio.run(delays()))
    name = f"leaving: from the caller's hang-up to a durable message, worst of {CALLS}"
    return [Figure(name, worst, "ms", f"<= {LONGEST_MS}", worst <= LONGEST_MS)]


async def delays() -> list[float]:
    """Of so many messages, in ms: from when the line tells the hang-up until the message survives a power cut."""
    async with world(voicemail_of_maria()) as here:
        return [await delay(here) for _ in range(CALLS)]


async def delay(here: World) -> float:
    loop = asyncio.get_running_loop()
    caller = await here.greeted()
    await caller.presses(TO_MARIA)
    await caller.hears("greeting-default")
    await asyncio.sleep(1.0)
    await caller.presses("#")
    await caller.hears("beep")
    await caller.says(WORDS)
    gone: asyncio.Future[float] = loop.create_future()
    leg = next(trunk.leg for trunk in here.appliance.lines.trunks if trunk.leg is not None)
    leg.gone.add_done_callback(lambda _cause: gone.set_result(loop.time()))
    kept: asyncio.Future[float] = loop.create_future()
    here.appliance.mail.on_change = lambda: kept.done() or kept.set_result(loop.time())
    caller.hangs_up()
    took = await kept - await gone
    await here.all_is_free()
    await asyncio.sleep(1.0)
    return took * 1000
