"""Sound from line to telephone and back through the unit: level, loss, delay, frames lost, and echo."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from hw.audio import FRAME_SAMPLES, Samples
from tests.hil.call import BenchCall
from tests.hil.figures import Figures
from tests.hil.measure import Arrival, arrival, compare, echo_return_loss_db, lag, tone_dbm0
from tests.hil.plots import curves
from tests.hil.rig import Rig
from tests.hil.signals import TONE_DBM0, TONE_HZ, noise, tone

ECHO_S = 0.3
"""An echo comes back within this time: no way there and back is longer."""

DELAY_FRAMES = 10
"""About the delay of the way, so that the middle of what is recorded is the middle of the tone."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What was recorded of one direction."""

    name: str
    """From where to where."""
    tone: Samples
    """What came of the test tone."""
    sent: Samples
    """The noise that was sent."""
    came: Samples
    """All that was heard meanwhile at the far end."""
    back: Samples
    """What the speaker heard meanwhile."""
    before: Samples
    """What the speaker heard before, in silence."""


@pytest.mark.short
async def test_sound_between_line_and_telephone(rig: Rig, figures: Figures) -> None:
    """A caller and a telephone are connected; a test tone and noise are sent each way, and compared with what comes."""
    rig.need(rig.stations, "station")
    caller, callee = await rig.talking(rig.trunks[-1], rig.stations[0])
    seconds = 1.2 if rig.short else 10.0
    there = await recorded("line to telephone", caller, callee, seconds)
    back = await recorded("telephone to line", callee, caller, seconds)
    await rig.settle()  # The calculations that follow would delay the sound of a call.
    losses = [measured(passage, figures) for passage in (there, back)]
    figures.add("loss, difference of both ways", abs(losses[0] - losses[1]), limit="loss_spread_db")


async def recorded(name: str, mouth: BenchCall, ear: BenchCall, seconds: float) -> Passage:
    """Send a tone and noise in one call, and record them in the other. Frames of both pass at the same time."""
    ahead = len(ear.heard) - len(mouth.said)
    first, last = await mouth.say(tone(0.8))
    await mouth.passes(ECHO_S)
    middle = (first + last) // 2 + ahead + DELAY_FRAMES
    steady = ear.heard_in(middle - 10, middle + 10)
    quiet = await mouth.passes(0.2)
    sent = noise(seconds)
    first, last = await mouth.say(sent)
    await mouth.passes(ECHO_S)
    settled = first + (last - first) // 2
    came = ear.heard_in(first + ahead, len(ear.heard))
    return Passage(name, steady, sent, came, mouth.heard_in(settled, last), mouth.heard_in(*quiet))


def measured(passage: Passage, figures: Figures) -> float:
    """All figures of a passage; its loss in dB."""
    name, sent = passage.name, passage.sent
    level = tone_dbm0(passage.tone, TONE_HZ)
    arrived = arrival(sent, passage.came)
    alike = compare(sent, passage.came)
    echo = echo_return_loss_db(sent[-len(passage.back) :], passage.back, passage.before)
    figures.add(f"{name}: level of a tone of {TONE_DBM0:g} dBm0", level, limit="level_lowest_dbm0")
    figures.add(f"{name}: loss", TONE_DBM0 - level, limit="loss_db")
    figures.add(f"{name}: delay", lag(sent[: 40 * FRAME_SAMPLES], passage.came).ms, limit="delay_ms")
    figures.add(f"{name}: frames lost", arrived.lost_percent, limit="frames_lost_percent")
    figures.add(f"{name}: slips", arrived.slips, limit="slips")
    figures.add(f"{name}: noise sent over all that differs", alike.snr_db, "dB")
    figures.add(f"{name}: echo return loss, as the speaker hears it", echo, limit="echo_return_loss_db")
    figures.plots[f"{name}: likeness of each 20 ms"] = likeness_plot(arrived)
    return TONE_DBM0 - level


def likeness_plot(came: Arrival) -> str:
    alike = [(number * 0.02, value) for number, value in enumerate(came.likeness)]
    return curves({"likeness": alike}, "s", "", limit=0.5)
