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
Digits = Literal["rfc4733", "info", "in-band"]
Flash = Literal["rfc4733", "info", "none"]
FlashType = Literal["application/hook-flash", "application/dtmf-relay", "application/broadsoft"]
Ports = Annotated[int, range(33)]
SipPort = Annotated[int, range(1024, 65536)]
Seconds = Annotated[int, range(5, 601)]


class UnknownModel(ProfileError):
    """There is no profile of this model; the message says what may have been meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One model.

    model: the name in the office document. title: maker and model, for people. sheet: its set-up sheet in
    docs/gateways, without `.md`.
    fxo, fxs: how many ports it has, that is trunks and stations. A telephone is one station; of a server these are
    the most lines that are sensible.
    fxo_sip_port, fxs_sip_port: UDP port of the device for the first such line; sip_port_step: how much higher each
    next one is (0: all lines are at one port and told apart by their users).
    caller_id_in: headers that may name the caller, in the order in which they are believed.
    dialling: `one-stage`: the number goes into the INVITE; `two-stage`: an INVITE to the line's user takes the port
    off hook, and the digits follow, by `digits_out`, under the exchange's dial tone.
    digits_in, digits_out: the one way a digit comes and goes; whatever comes another way is ignored, so that no digit
    counts twice. `rfc4733`: events 0-15 in RTP; `info`: INFO with application/dtmf-relay; `in-band`: as sound.
    flash_in, flash_out: the same for a hook flash: event 16 of RFC 4733, INFO of the type `flash_info_type`, not at
    all. application/dtmf-relay has the body `Signal=16`, application/broadsoft `event flashhook`.
    ringback: what a caller hears before the answer: `early-media`: the sound that the device sends; `local`: the
    device sends none, the unit makes it.
    codecs: those offered, the preferred first. comfort_noise: the device may send nothing while it is silent, so that
    missing audio is no time-out. fax: whether fax passes as sound, with `fax_codec`.
    keep_alive_seconds: time between OPTIONS. audio_timeout_seconds: a call without any RTP for as long is over.
    session_timer_seconds: RFC 4028; 0 means off.
    answers_early: an FXO port sends 200 OK before the far end has answered: 200 is no answer supervision.
    clears: SIP statuses that mean something else here than in `hw.sip.causes`.
    """

    model: str
    title: str
    sheet: str
    kind: Literal["gateway", "telephone", "server"]
    fxo: Ports
    fxs: Ports
    fxo_sip_port: SipPort = 5060
    fxs_sip_port: SipPort = 5060
    sip_port_step: Annotated[int, range(1001)] = 0
    caller_id_in: tuple[Header, ...] = ("P-Asserted-Identity", "Remote-Party-ID", "From")
    dialling: Literal["one-stage", "two-stage"] = "one-stage"
    digits_in: Digits = "rfc4733"
    digits_out: Digits = "rfc4733"
    flash_in: Flash = "rfc4733"
    flash_out: Flash = "rfc4733"
    flash_info_type: FlashType = "application/hook-flash"
    ringback: Literal["early-media", "local"] = "early-media"
    codecs: tuple[Codec, ...] = ("PCMU", "PCMA")
    comfort_noise: bool = False
    fax: Literal["pass-through", "none"] = "pass-through"
    fax_codec: Codec = "PCMU"
    keep_alive_seconds: Seconds = 30
    audio_timeout_seconds: Seconds = 30
    session_timer_seconds: Annotated[int, range(86401)] = 1800
    answers_early: bool = False
    clears: Mapping[int, Cleared] = field(default_factory=dict, hash=False)

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
