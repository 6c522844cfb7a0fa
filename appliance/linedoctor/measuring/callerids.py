"""How a caller's number was told on a line that is on hook: by what signal, where, and what was in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from appliance.linedoctor.measuring.spectrum import partials
from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, Frame, Samples, level_dbm0
from hw.callerid.coding import CallerId
from hw.callerid.receiver import CallerIdReceiver

MARK_HZ = {"bell202": 1200.0, "v23": 1300.0}
"""The frequency of mark, by which the two are told apart: receivers of either understand both."""
MARK_NEAR_HZ = 40.0
MARK_S, HOP_S = 0.06, 0.02
"""A message begins with 0.15 s of mark, so that windows of the first length lie within it."""
ALERT_HZ = (2130.0, 2750.0)
ALERT_NEAR_HZ = 25.0
ALERT_S = 0.05
LAST_FRAMES = 15
"""By these the level of a message is known: 0.3 s, in which even digits have a sound."""
PAUSE_DB = 12.0
"""What is weaker than the message by this is none of it, though the line be noisy."""
LONGEST_REVERSAL_S = 1.5
"""From a reversal to the message it announces."""


@dataclass(frozen=True, slots=True)
class CallerIdMeasured:
    """A caller's number as it came."""

    method: str
    """By what signal, as in `hw.tones.toneplan.CallerIdPlan`; place and alert the same."""
    place: str
    """Whether before the first ring or behind it."""
    alert: str
    """What announced it."""
    dbm0: float
    """Its level."""
    seconds: float
    """When it began, counted from the first ring; negative before it."""
    told: CallerId
    """What was in it."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A frame from a line, and when it came, in seconds of the loop's clock."""

    at: float
    frame: Frame


def measure_caller_id(
    frames: Sequence[Arrived], first_ring: float, reversals: Sequence[float]
) -> CallerIdMeasured | None:
    """frames: what the line carried before it was answered. reversals: when the battery changed sides. None where no
    caller's number was told that can be read."""
    for method in ("bell202", "dtmf", "jclip"):
        receiver = CallerIdReceiver(method)
        for place, arrived in enumerate(frames):
            told = receiver.feed(arrived.frame)
            if told is not None:
                return _measured(method, told, frames, place, first_ring, reversals)
    return None


def _measured(
    method: str,
    told: CallerId,
    frames: Sequence[Arrived],
    end: int,
    first_ring: float,
    reversals: Sequence[float],
) -> CallerIdMeasured:
    begin = _beginning(frames, end)
    sound = _joined(frames[begin : end + 1])
    if method == "bell202":
        method = _modem(sound)
    at = frames[begin].at
    place = "before-ring" if at < first_ring else "after-first-ring"
    reversed_before = any(at - LONGEST_REVERSAL_S < moment < at for moment in reversals)
    if method == "jclip":
        alert = "data-call"
    elif place != "before-ring" or not reversed_before:
        alert = "none"
    else:
        alert = "reversal-dtas" if _has_alert(_joined(frames[max(0, begin - 40) : end + 1])) else "reversal"
    return CallerIdMeasured(method, place, alert, _level(sound), at - first_ring, told)


def _beginning(frames: Sequence[Arrived], end: int) -> int:
    """Where the sound began that ended there: before it lies a quarter of a second that is much weaker."""
    quiet = 0
    loudest = max(level_dbm0(one.frame) for one in frames[max(0, end - LAST_FRAMES) : end + 1])
    for place in range(end, -1, -1):
        loud = level_dbm0(frames[place].frame) > loudest - PAUSE_DB
        quiet = 0 if loud else quiet + 1
        if quiet >= 12:
            return min(place + quiet, end)
    return 0


def _joined(frames: Sequence[Arrived]) -> Samples:
    joined: Samples = np.concatenate([arrived.frame for arrived in frames])
    return joined


def _modem(sound: Samples) -> str:
    """Which of the two modems it is, by the mark in front of the message."""
    found = dict.fromkeys(MARK_HZ, 0)
    size, hop = round(MARK_S * SAMPLE_RATE), round(HOP_S * SAMPLE_RATE)
    for begin in range(0, len(sound) - size, hop):
        heard = partials(sound[begin : begin + size])
        for method, hertz in MARK_HZ.items():
            found[method] += len(heard) == 1 and abs(heard[0].hz - hertz) < MARK_NEAR_HZ
    return max(found, key=lambda method: found[method])


def _has_alert(sound: Samples) -> bool:
    size = round(ALERT_S * SAMPLE_RATE)
    return any(
        all(any(abs(one.hz - hertz) < ALERT_NEAR_HZ for one in heard) for hertz in ALERT_HZ)
        for begin in range(0, len(sound) - size, FRAME_SAMPLES)
        if len(heard := partials(sound[begin : begin + size])) == len(ALERT_HZ)
    )


def _level(sound: Samples) -> float:
    """The level of its loud frames."""
    levels = sorted(level_dbm0(sound[at : at + FRAME_SAMPLES]) for at in range(0, len(sound), FRAME_SAMPLES))
    return levels[len(levels) * 3 // 4]
