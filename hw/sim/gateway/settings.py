"""What an installer sets on a gateway: what is plugged in where, and how its ports behave."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from hw.linecard import FxoPort, FxsPort
from hw.sim.gateway.gateway_protocol import CallerIdBy


@dataclass(frozen=True, slots=True, kw_only=True)
class FxoSettings:
    """The settings of an FXO port, as on the page of a Grandstream HT813.

    They have that device's factory values, unless those would be of no use here.
    """

    rings: int = 4
    """After so many rings it calls the unit."""
    waits_for_caller_id: bool = True
    """It calls the unit as soon as caller ID has come, with fewer rings."""
    ring_timeout_seconds: float = 6.0
    """A caller who has not rung for so long has given up."""
    answers_line: Literal["at-rings", "with-voip"] = "at-rings"
    """When it goes off hook: `at-rings`, when it calls the unit, and makes ringback itself meanwhile; `with-voip`, when
    the unit has answered."""
    caller_id_by: CallerIdBy = "From"
    """The header that tells the caller."""
    waits_for_dial_tone: bool = True
    """It dials a number only when it hears dial tone."""
    dial_tone_seconds: float = 5.0
    """How long it waits for that before it gives the call up."""
    flash_ms: int = 0
    """The length of a hook flash; 0: the tone plan's."""
    flash_pause_seconds: float = 2.0
    """How long no key is pressed after a hook flash."""
    current_disconnect: bool = True
    """A loop break tells that the far end has gone."""
    tone_disconnect_cycles: int = 3
    """How many cycles of busy or reorder tone tell it; 0: tones mean nothing."""
    polarity_reversal: bool = False
    """A reversal of the line tells it, and before that the answer of a call that the gateway made."""
    silence_seconds: float = 0.0
    """How long a silence of both parties tells it; 0: silence means nothing."""
    echo_canceller: bool = True
    """The echo of the line is removed."""
    fax_pass_through: bool = True
    """When a fax machine answers on either side, the rest of the call is passed through as it is: see `GatewayPort`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FxsSettings:
    """The settings of an FXS port."""

    hotline: bool = True
    """A telephone that is lifted is put through to the unit at once. Otherwise it gets dial tone and dials a number,
    which `#` ends."""
    first_digit_seconds: float = 16.0
    """Within this time the first digit must come."""
    interdigit_seconds: float = 4.0
    """Within this time each further one must come."""
    loop_break_ms: int = 500
    """How long battery is taken away when the far end has gone; 0: not at all."""
    echo_canceller: bool = True
    """The echo of the line is removed."""
    fax_pass_through: bool = True
    """As for an FXO port."""


@dataclass(frozen=True, slots=True)
class FxoLine:
    """An FXO port, its SIP user, and the `address:port` of the unit's side of it, where its calls go."""

    port: FxoPort
    user: str
    unit: str
    settings: FxoSettings = field(default_factory=FxoSettings)


@dataclass(frozen=True, slots=True)
class FxsLine:
    """An FXS port, its SIP user, and the `address:port` of the unit's side of it, where its calls go."""

    port: FxsPort
    user: str
    unit: str
    settings: FxsSettings = field(default_factory=FxsSettings)
