"""What an installer sets on a gateway: what is plugged in where, and how its ports behave."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from hw.linecard import FxoPort, FxsPort
from hw.sim.gateway.gateway_protocol import CallerIdBy


@dataclass(frozen=True, slots=True, kw_only=True)
class FxoSettings:
    """As on the page of a Grandstream HT813, with what it is set to at first unless that would be of no use here.

    rings: before it calls the unit; waits_for_caller_id: only until caller ID has come. ring_timeout_seconds: so long
    after a ring, the caller has given up. answers_line: it goes off hook `at-rings`, when it calls the unit, and makes
    ringback itself; or `with-voip`, when the unit has answered. caller_id_by: the header that tells the caller.
    waits_for_dial_tone: before it dials (one-stage), for `dial_tone_seconds`, and gives up without. flash_ms: 0: the
    tone plan's; flash_pause_seconds: so long after it no key is pressed. current_disconnect, tone_disconnect_cycles,
    polarity_reversal, silence_seconds: how it notices that the far end has gone (see `FarEnd`).
    """

    rings: int = 4
    waits_for_caller_id: bool = True
    ring_timeout_seconds: float = 6.0
    answers_line: Literal["at-rings", "with-voip"] = "at-rings"
    caller_id_by: CallerIdBy = "From"
    waits_for_dial_tone: bool = True
    dial_tone_seconds: float = 5.0
    flash_ms: int = 0
    flash_pause_seconds: float = 2.0
    current_disconnect: bool = True
    tone_disconnect_cycles: int = 3
    polarity_reversal: bool = False
    silence_seconds: float = 0.0
    echo_canceller: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FxsSettings:
    """hotline: lifted, it calls the unit at once; otherwise it gives dial tone and takes a number, of which the first
    digit must come within `first_digit_seconds`, each further one within `interdigit_seconds`, and which `#` ends.
    loop_break_ms: how long battery is taken away when the far end has gone; 0: not at all."""

    hotline: bool = True
    first_digit_seconds: float = 16.0
    interdigit_seconds: float = 4.0
    loop_break_ms: int = 500
    echo_canceller: bool = True


@dataclass(frozen=True, slots=True)
class FxoLine:
    """An FXO port, its SIP user, and the `address:port` of the unit's side of it, where its calls go."""

    port: FxoPort
    user: str
    unit: str
    settings: FxoSettings = field(default_factory=FxoSettings)


@dataclass(frozen=True, slots=True)
class FxsLine:
    """The same for an FXS port."""

    port: FxsPort
    user: str
    unit: str
    settings: FxsSettings = field(default_factory=FxsSettings)
