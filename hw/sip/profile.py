"""What each model of gateway, SIP telephone and SIP server does in its own way.

The facts are data, one file for each model in profiles/ beside this file. A key there is a field of `Profile`; what
is left out has the value given here. The sheets in docs/gateways tell how a device is set up so that they are true.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Annotated, Literal, get_type_hints

from hw.cleared import Cleared
from hw.sip.causes import cause_of
from hw.sip.profilefile import ProfileError, meant, read_values

Header = Literal["P-Asserted-Identity", "Remote-Party-ID", "From"]
Codec = Literal["PCMU", "PCMA"]
DigitsWay = Literal["rfc4733", "info", "in-band"]
FlashWay = Literal["rfc4733", "info", "none"]
FlashType = Literal["application/hook-flash", "application/dtmf-relay", "application/broadsoft"]
Ports = Annotated[int, range(33)]
PortNumber = Annotated[int, range(1024, 65536)]
Seconds = Annotated[int, range(5, 601)]


class UnknownModel(ProfileError):
    """There is no profile of this model; the message says what may have been meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One model, as the unit must know it."""

    model: str
    """The name in the office document."""
    title: str
    """Maker and model, for people."""
    sheet: str
    """Its set-up sheet in docs/gateways, without `.md`."""
    kind: Literal["gateway", "telephone", "server"]
    """What it is; a server is a SIP server of our own or of a provider."""
    fxo: Ports
    """How many FXO ports it has, that is trunks; of a server, the most lines that are sensible."""
    fxs: Ports
    """How many FXS ports it has, that is stations; a telephone is one."""
    fxo_sip_port: PortNumber = 5060
    """The device's UDP port for its first FXO port."""
    fxs_sip_port: PortNumber = 5060
    """The device's UDP port for its first FXS port."""
    sip_port_step: Annotated[int, range(1001)] = 0
    """How much higher the UDP port of each further line is; 0: all are at one port, and told apart by their users."""
    caller_id_in: tuple[Header, ...] = ("P-Asserted-Identity", "Remote-Party-ID", "From")
    """The headers that may name the caller, in the order in which they are believed."""
    dialling: Literal["one-stage", "two-stage"] = "one-stage"
    """`one-stage`: the number is in the INVITE. `two-stage`: an INVITE to the line's user takes the port off hook, and
    the digits follow, by `digits_out`, under the exchange's dial tone."""
    digits_in: DigitsWay = "rfc4733"
    """The one way by which digits come: `rfc4733`, events 0 to 15 in RTP; `info`, INFO with application/dtmf-relay;
    `in-band`, as sound. What comes another way is ignored, so that no digit counts twice."""
    digits_out: DigitsWay = "rfc4733"
    """The way by which digits are sent."""
    flash_in: FlashWay = "rfc4733"
    """The one way by which a hook flash comes: `rfc4733`, event 16 in RTP; `info`, an INFO; or not at all."""
    flash_out: FlashWay = "rfc4733"
    """The way by which a hook flash is sent; `info`: an INFO of the type `flash_info_type`."""
    flash_info_type: FlashType = "application/hook-flash"
    """application/dtmf-relay has the body `Signal=16`, application/broadsoft `event flashhook`."""
    ringback: Literal["early-media", "local"] = "early-media"
    """What a caller hears before the answer: `early-media`, the sound that the device sends; `local`, ringback that the
    unit makes, as the device sends nothing."""
    codecs: tuple[Codec, ...] = ("PCMU", "PCMA")
    """The codecs offered, the preferred one first."""
    comfort_noise: bool = False
    """The device may send nothing while it is silent, so that missing sound does not end a call."""
    fax: Literal["pass-through", "none"] = "pass-through"
    """Whether fax passes as sound."""
    fax_codec: Codec = "PCMU"
    """The codec for that."""
    keep_alive_seconds: Seconds = 30
    """The time from one OPTIONS request to the next."""
    audio_timeout_seconds: Seconds = 30
    """A call without any RTP for so long is over."""
    session_timer_seconds: Annotated[int, range(86401)] = 1800
    """The session timer (RFC 4028) of a call; 0: none."""
    answers_early: bool = False
    """An FXO port sends 200 OK before the far end has answered, so that 200 does not mean an answer."""
    clears: Mapping[int, Cleared] = field(default_factory=dict, hash=False)
    """SIP statuses that mean something else here than in `hw.sip.causes`."""

    def sip_port(self, port: Literal["fxo", "fxs"], index: int) -> int:
        """The device's UDP port for its FXO or FXS port of this index, counted from 0."""
        return (self.fxo_sip_port if port == "fxo" else self.fxs_sip_port) + index * self.sip_port_step

    def cause_of(self, status: int, q850: int | None = None) -> Cleared:
        """As `hw.sip.causes.cause_of`, with what this model means by its statuses."""
        return self.clears.get(status) or cause_of(status, q850)


def parse_profile(model: str, text: str) -> Profile:
    """The profile of a model from the text of its file; ProfileError if something in it is wrong."""
    hints = get_type_hints(Profile, include_extras=True)
    del hints["model"]
    values = read_values(f"{model}.toml", text, hints, required=("title", "kind", "fxo", "fxs"))
    return Profile(**{"model": model, "sheet": model, **values})


_FILES = {
    file.name.removesuffix(".toml"): file
    for file in resources.files(__package__).joinpath("profiles").iterdir()
    if file.name.endswith(".toml")
}


def models() -> tuple[str, ...]:
    """The models there are profiles of, in alphabetical order."""
    return tuple(sorted(_FILES))


def profiles() -> dict[str, Profile]:
    """All profiles, by their models."""
    return {model: profile(model) for model in models()}


@functools.cache
def profile(model: str) -> Profile:
    """The profile of a model, such as `grandstream-ht813`; UnknownModel if there is none, ProfileError if it is bad."""
    if model not in _FILES:
        raise UnknownModel(f"no model {model!r}{meant(model, _FILES)}; there are {', '.join(models())}")
    return parse_profile(model, _FILES[model].read_text("utf-8"))
