"""Exchanges drawn by chance, each with parameters that a line test has to find out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from hw.sim.circuit import FarEndSignal, ForwardingService, LineServices
from hw.sim.exchange import Exchange
from hw.sim.loop import LineQuality
from hw.tones.toneplan import COUNTRIES, CallerIdPlan, Segment, Tone, TonePlan, tone_plan

OPERATORS = (
    CallerIdPlan("bell202", "after-first-ring", "none", ""),
    CallerIdPlan("v23", "after-first-ring", "none", ""),
    CallerIdPlan("v23", "before-ring", "reversal", ""),
    CallerIdPlan("v23", "before-ring", "reversal-dtas", ""),
    CallerIdPlan("dtmf", "before-ring", "reversal", "AC"),
    CallerIdPlan("dtmf", "before-ring", "none", "AC"),
    CallerIdPlan("dtmf", "after-first-ring", "none", "AC"),
)
"""Ways of telling the caller's number that operators use in countries where others use another one."""
OWN_WAY = 0.25
"""The share of operators with a way of their own."""
DATA_CALL = "jp"
"""Here a port must answer the exchange's data call, so that a line has no other way."""
ENDINGS = ("loop-break", "polarity", "busy", "reorder", "unplanned", "silence")
FORWARDINGS: tuple[ForwardingService, ...] = ("none", "at-once", "when-answered")
ENDING_SHARES = (0.3, 0.15, 0.2, 0.15, 0.15, 0.05)


@dataclass(frozen=True, slots=True)
class DrawnExchange:
    """plan: the country's, with the caller ID of this operator. services: of every line. quality: of its wires."""

    plan: TonePlan
    services: LineServices
    quality: LineQuality
    seed: int

    def made(self, wall: Callable[[], datetime], numbers: dict[str, str]) -> Exchange:
        """The exchange, with a trunk to each of these ports by its number."""
        exchange = Exchange(self.plan, wall, seed=self.seed, quality=self.quality)
        services = {name: getattr(self.services, name) for name in LineServices.__slots__ if name != "ending"}
        for port, number in numbers.items():
            exchange.add_trunk(port, number, self.services.ending, **services)
        return exchange


def draw_exchange(seed: int) -> DrawnExchange:
    """The exchange of this seed: always the same one."""
    rng = np.random.default_rng(seed)
    plan = tone_plan(COUNTRIES[int(rng.integers(len(COUNTRIES)))])
    if plan.country != DATA_CALL and rng.random() < OWN_WAY:
        plan = replace(plan, caller_id=OPERATORS[int(rng.integers(len(OPERATORS)))])
    services = LineServices(
        ending=_ending(rng),
        loop_break_ms=int(rng.integers(260, 900)),
        answer_supervision=bool(rng.random() < 0.2),
        three_way=bool(rng.random() < 0.85),
        transfer=bool(rng.random() < 0.6),
        number_only=bool(rng.random() < 0.3),
        flash_accept_ms=_window(rng) if rng.random() < 0.5 else None,
        recall_after_s=float(rng.choice([0.0, 0.0, 0.3, 0.8])),
        holds_s=float(rng.choice([0.0, 5.0, 10.0, 20.0], p=[0.6, 0.15, 0.15, 0.1])),
    )
    quality = LineQuality(
        attenuation_db=float(rng.uniform(0, 5)),
        noise_dbm0=float(rng.uniform(-70, -55)),
        echo_return_loss_db=float(rng.uniform(10, 24)),
        battery_volts=float(rng.uniform(44, 54)),
        loop_ohms=float(rng.uniform(800, 2000)),
    )
    services.forwarding = FORWARDINGS[int(rng.integers(len(FORWARDINGS)))]
    return DrawnExchange(plan, services, quality, seed)


def _ending(rng: np.random.Generator) -> FarEndSignal:
    match str(rng.choice(ENDINGS, p=ENDING_SHARES)):
        case "loop-break":
            return "loop-break"
        case "polarity":
            return "polarity"
        case "busy":
            return "busy"
        case "reorder":
            return "reorder"
        case "silence":
            return "silence"
        case _:
            return unplanned_tone(rng)


def unplanned_tone(rng: np.random.Generator) -> Tone:
    """A busy tone as some private exchange has it: one or two frequencies, and a cadence of its own."""
    count = int(rng.integers(1, 3))
    first = float(rng.integers(380, 520))
    frequencies = (first, first + float(rng.integers(60, 160)))[:count]
    on, off = float(rng.integers(15, 80)) / 100, float(rng.integers(15, 80)) / 100
    return Tone((Segment(frequencies, on, -15.0), Segment((), off, -15.0)), 0)


def _window(rng: np.random.Generator) -> tuple[int, int]:
    shortest = int(rng.integers(80, 300))
    return shortest, shortest + int(rng.integers(60, 600))
