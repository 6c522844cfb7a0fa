"""The ports of an office that are channels of DAHDI cards: they are named by their channel's number.

What can be set of such a channel is set on the card, or in the kernel; `hw.dahdi` does so. docs/dahdi.md tells more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from appliance.office.draft import Draft, given_twice
from appliance.office.field import Limits, TextPattern
from appliance.office.problem import Problem
from hw.said import said

MOST_CHANNELS = 64
"""Eight cards of eight ports. A line or telephone that is left out is as usual."""
USUAL_ECHO_MS = 16

_CHANNEL = re.compile(r"dahdi-([1-9][0-9]{0,3})")


def dahdi_channel(port: str) -> int | None:
    """The number of the channel that a port is; None for a port of something else."""
    found = _CHANNEL.fullmatch(port)
    return int(found.group(1)) if found else None


def dahdi_port(channel: int) -> str:
    """The name of a channel's port."""
    return f"dahdi-{channel}"


class LampVoltage(Enum):
    """By what voltage a card lights the lamp of a telephone."""

    REVERSAL = "reversal"
    HIGH = "high-voltage"
    NEON = "neon"


OneLampVoltage = Annotated[
    LampVoltage, "One way: the battery reversed, a steady high voltage, or pulses of it for a neon lamp."
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DahdiPort:
    """What is otherwise than usual on one channel of such a card."""

    port: Annotated[
        str,
        TextPattern("^dahdi-[1-9][0-9]{0,3}$", "dahdi- and the number of a channel, such as dahdi-3"),
        "The port, by its channel's number, such as dahdi-3. A trunk or a station names it.",
    ]
    received_db: Annotated[
        float,
        Limits(-12, 12),
        "How many decibels louder, or with a minus weaker, the card makes what comes in, where it can.",
    ] = 0.0
    sent_db: Annotated[float, Limits(-12, 12), "The same for what goes out."] = 0.0
    echo_ms: Annotated[
        int,
        Limits(0, 128),
        "How many milliseconds of echo the canceller removes that is on the card or in the kernel, rounded up to 4, 8, "
        "16, 32, 64 or 128. 0: this unit's own one does it, as it does where there is no other.",
    ] = USUAL_ECHO_MS
    lamp: Annotated[
        frozenset[OneLampVoltage],
        Limits(0, len(LampVoltage)),
        "By what voltages the card lights the telephone's lamp, besides by the message that every card sends. The "
        "telephone's data sheet names them; a high voltage may damage another one.",
    ] = frozenset()


@dataclass(frozen=True, slots=True)
class DahdiSettings:
    """Line cards with a DAHDI kernel driver."""

    ports: Annotated[
        tuple[DahdiPort, ...], Limits(0, MOST_CHANNELS), "Those of their ports that are otherwise than usual."
    ] = ()

    def of(self, port: str) -> DahdiPort:
        """What is set of a port, or is usual."""
        return next((one for one in self.ports if one.port == port), DahdiPort(port=port))


def rules(office: Draft) -> Iterator[Problem]:
    """Every port is set once, and a line of the exchange has no lamp."""
    ports = office.group("dahdi").entries("ports")
    yield from given_twice([(one.at("port"), one.text("port")) for one in ports if one.text("port")], "port")
    trunks = [text for _, text in office.texts("trunks", "port")]
    for one in ports:
        if one.fields.get("lamp") and one.text("port") in trunks:
            yield Problem(
                one.at("lamp"), said("%(port)s is a line of the exchange: it has no lamp", port=one.text("port"))
            )
