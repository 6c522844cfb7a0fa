"""A message, left by a caller and heard by its owner, is what was said."""

from __future__ import annotations

from tests.hil.call import BenchCall
from tests.hil.figures import Figures
from tests.hil.measure import compare
from tests.hil.plots import waves
from tests.hil.rig import Rig


async def test_message_round_trip(rig: Rig, figures: Figures) -> None:
    """A caller leaves a message, its owner hears it at a telephone, and the two are compared sample by sample."""
    unit = rig.bench.unit
    rig.need(unit.message_key and unit.mailbox and rig.stations, "message_key, mailbox, and station to hear it at")
    caller = await rig.greeted(rig.trunks[0])
    caller.press(unit.message_key)
    await caller.hears("beep", seconds=30)
    await caller.passes(0.3)
    await caller.say(rig.message)
    await caller.passes(0.6)
    caller.hang_up()
    await rig.settle()

    owner = await heard_mailbox(rig)
    first = len(owner.heard)
    for step in unit.mailbox_after:
        await owner.hears(step.hear, seconds=60)
        owner.press(step.press)
    await rig.settle()
    found = compare(rig.message, owner.heard_in(first, len(owner.heard)))
    figures.add("message: level, against what was said", found.gain_db, "dB")
    figures.add("message: said over all that differs", found.snr_db, limit="message_snr_db")
    figures.add("message: samples within one step of G.711", found.equal_percent, limit="message_equal_percent")
    figures.add("message: missing", found.missing_s, limit="message_missing_seconds")
    figures.add("message: end moved against its beginning", found.moved_ms, "ms")
    figures.plots["What was said, once aligned, and what differs from it"] = waves(
        {"said": found.expected, "difference": found.difference}
    )


async def heard_mailbox(rig: Rig) -> BenchCall:
    """The owner at a telephone, with the message about to be played."""
    owner = await rig.dialled(rig.stations[0], rig.bench.unit.mailbox)
    for step in rig.bench.unit.mailbox_steps:
        await owner.hears(step.hear, seconds=20)
        owner.press(step.press)
    return owner
