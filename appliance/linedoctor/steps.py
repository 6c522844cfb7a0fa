"""The steps of an examination with one line: what is measured before anybody is called."""

from __future__ import annotations

from collections.abc import Callable

from appliance.clock import off_loop
from appliance.linedoctor.measured import LineMeasured
from appliance.linedoctor.measuring.echo import PROBE_S, measure_echo, probe
from appliance.linedoctor.measuring.tone import MeasuredTone, measure_tone
from appliance.linedoctor.testedport import SETTLE_S, TestedPort
from hw.audio import level_dbm0
from hw.linecard import line_meter
from hw.noise import measure_noise
from hw.said import Said, said

DIAL_TONE_S = 8.0
"""How long dial tone is waited for."""
STEADY_HEARD_S = 3.0
"""So much of a dial tone shows whether it is steady, and its frequencies."""
CADENCE_HEARD_S = 9.0
"""So much shows three cycles of every cadence but ringback's."""
DIAL_TONE_HEARD_S = 1.0
"""Behind so much of dial tone the exchange takes digits."""
QUIET_AFTER_DIGIT_S = 0.4
"""Within so long behind a digit the exchange has stopped dial tone."""
NOISE_HEARD_S = 1.5
STOPPED_DB = 10.0
"""Dial tone has stopped when the line is quieter by so much."""
TIMES_OUT_S = 25.0
"""How long an exchange waits for the next digit before it gives a tone; most wait 5 to 20 s."""

TellStep = Callable[[Said], None]
"""Told in a few words what is being done now."""


async def electricity(line: TestedPort, found: LineMeasured) -> None:
    """Is there voltage, and how much."""
    found.alive = line.port.battery
    if (meter := line_meter(line.port)) is not None:
        found.volts = meter.volts()


async def tone_heard(line: TestedPort, since: float, seconds: float) -> MeasuredTone | None:
    """The tone on the line from then on, after so many more seconds. It is worked out off the loop."""
    await line.wait(max(since + seconds - line.now, 0.0))
    return await off_loop(measure_tone, line.timeline.sound(since, since + seconds))


async def dial_tone(line: TestedPort, found: LineMeasured) -> bool:
    """Lift, and measure dial tone. Whether there is one. The line stays off hook."""
    lifted = line.seize()
    began = await line.sound_begins(lifted, DIAL_TONE_S)
    if (meter := line_meter(line.port)) is not None:
        found.milliamps = meter.milliamps()
    if began is None:
        return False
    tone = await tone_heard(line, began, STEADY_HEARD_S)
    if tone is None or not tone.steady:
        tone = await tone_heard(line, began, CADENCE_HEARD_S)
    if tone is None:
        return False
    found.tones["dial"], found.dial_tone_after_s = tone, began - lifted
    found.recordings["dial tone"] = line.timeline.sound(began, began + STEADY_HEARD_S)
    return True


async def first_digit(line: TestedPort, found: LineMeasured, digit: str) -> None:
    """Press a digit, and see whether dial tone stops. Behind it the line is quiet."""
    await line.dial(digit)
    pressed = line.now
    await line.wait(QUIET_AFTER_DIGIT_S + 0.3)
    after = line.timeline.sound(pressed + QUIET_AFTER_DIGIT_S)
    found.digits_taken = level_dbm0(after) < found.tones["dial"].dbm0 - STOPPED_DB


async def quiet_line(line: TestedPort, found: LineMeasured) -> None:
    """Measure noise and hum, and then the echo of what we send, while the exchange waits for the next digit."""
    since = line.now
    await line.wait(NOISE_HEARD_S)
    quiet = line.timeline.sound(since)
    found.noise = await off_loop(measure_noise, quiet)
    found.recordings["quiet line"] = quiet
    sent, begun = probe(), line.now
    line.send(sent)
    await line.wait(PROBE_S + 0.1)
    found.echo = await off_loop(measure_echo, sent, line.timeline.sound(begun))


async def gives_up(line: TestedPort, found: LineMeasured) -> None:
    """Wait for the tone that the exchange gives when nothing more is dialled."""
    began = await line.sound_begins(line.now, TIMES_OUT_S)
    if began is None:
        return
    tone = await tone_heard(line, began, CADENCE_HEARD_S)
    if tone is not None:
        found.tones["reorder"] = tone
        found.recordings["reorder tone"] = line.timeline.sound(began, began + 4.0)


async def on_hook_again(*lines: TestedPort) -> None:
    """Hang up, and wait until the exchange has noticed."""
    for line in lines:
        line.release()
    await lines[0].wait(SETTLE_S)


async def alone(line: TestedPort, found: LineMeasured, digit: str, progress: TellStep) -> bool:
    """All of this. Whether the line can be called from: it has dial tone, and takes digits."""
    progress(said("battery"))
    await electricity(line, found)
    if not found.alive:
        return False
    progress(said("dial tone"))
    try:
        if not await dial_tone(line, found):
            return False
        progress(said("keys, noise and echo"))
        await first_digit(line, found, digit)
        if found.digits_taken:
            await quiet_line(line, found)
            progress(said("the tone when nothing is dialed"))
            await gives_up(line, found)
    finally:
        line.release()
    await line.wait(SETTLE_S)
    return bool(found.digits_taken)
