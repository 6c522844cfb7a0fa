"""What each model of modem does in its own way.

The facts are data, one file for each model in profiles/ beside this file, and a key there is a field of `ModemProfile`.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from importlib import resources
from typing import Any

from hw.nearest import nearest

GENERIC = "generic"
"""The profile of a modem that has none of its own."""

_USB_ID = re.compile("[0-9a-f]{4}:[0-9a-f]{4}")


class ModemProfileError(ValueError):
    """A file of a profile is wrong, or there is none; the message names the file, the key, and what is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModemProfile:
    """One model. Commands are written without the AT in front."""

    model: str
    """The name in the office document."""
    title: str
    """Maker and model, for people."""
    usb: tuple[str, ...]
    """Its USB identifiers: vendor and product, in hexadecimal, such as `0baf:0303`."""
    reset: str
    """The command for factory settings, so that nothing that somebody has saved in the modem counts."""
    set_up: tuple[str, ...]
    """The commands it cannot do without."""
    country: str
    """The command that tells it the country; `{code}` stands for the country's code by ITU-T T.35."""
    caller_id: tuple[str, ...]
    """Commands to have it tell who calls; the first that it takes counts."""
    caller_id_read: str
    """Reads whether it tells who calls; a modem that has lost its settings answers 0. Empty: it cannot be asked."""
    distinctive_ring: tuple[str, ...]
    """Commands to have it tell patterns of ringing; the first that it takes counts."""
    identity: str
    """Asks what it is."""
    voltage: str = ""
    """Reads the volts of the line; empty where the model cannot measure them."""
    fax_classes: tuple[str, ...]
    """The classes of fax commands it has, the best one first."""
    fax_flow: str
    """How it holds up the computer in a fax: `hardware` (RTS and CTS) or `software` (XON and XOFF)."""


def parse_modem_profile(model: str, text: str) -> ModemProfile:
    """The profile of a model from the text of its file. ModemProfileError if something in it is wrong."""
    file = f"{model}.toml"
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ModemProfileError(f"{file}: {error}") from None
    known = {field.name: str(field.type) for field in fields(ModemProfile) if field.name != "model"}
    for key in table:
        if key not in known:
            raise ModemProfileError(f"{file}: {key}: is not known here; there are {', '.join(known)}")
    for key in known:
        if key not in table and key != "voltage":
            raise ModemProfileError(f"{file}: {key}: must be there")
    values = {key: _value(f"{file}: {key}", value, several=known[key] != "str") for key, value in table.items()}
    profile = ModemProfile(model=model, **values)
    _check(file, profile)
    return profile


def _value(place: str, value: Any, *, several: bool) -> Any:
    texts = value if several else [value]
    if not isinstance(texts, list) or not all(isinstance(text, str) and text.isascii() for text in texts):
        raise ModemProfileError(f"{place}: may be {'a list of texts' if several else 'a text'}, not {value!r}")
    return tuple(texts) if several else value


def _check(file: str, profile: ModemProfile) -> None:
    for one in profile.usb:
        if not _USB_ID.fullmatch(one):
            raise ModemProfileError(f"{file}: usb: {one!r} is not vendor:product in small hexadecimal digits")
    if "{code}" not in profile.country:
        raise ModemProfileError(f"{file}: country: has no {{code}}")
    if profile.fax_flow not in ("hardware", "software"):
        raise ModemProfileError(f"{file}: fax_flow: may be hardware or software, not {profile.fax_flow!r}")
    for one in profile.fax_classes:
        if one not in ("1", "1.0", "2", "2.0"):
            raise ModemProfileError(f"{file}: fax_classes: there is no class {one!r}")


_PROFILE_FILES = {
    file.name.removesuffix(".toml"): file
    for file in resources.files(__package__).joinpath("profiles").iterdir()
    if file.name.endswith(".toml")
}


def modem_models() -> tuple[str, ...]:
    """The models there are profiles of, in alphabetical order."""
    return tuple(sorted(_PROFILE_FILES))


@functools.cache
def modem_profile(model: str) -> ModemProfile:
    """The profile of a model, such as `usrobotics-usr5637`. ModemProfileError if there is none, or it is bad."""
    if model not in _PROFILE_FILES:
        near = nearest(model, _PROFILE_FILES)
        meant = f" (did you mean {near!r}?)" if near else ""
        raise ModemProfileError(f"no model {model!r}{meant}; there are {', '.join(modem_models())}")
    return parse_modem_profile(model, _PROFILE_FILES[model].read_text("utf-8"))


def profile_of_usb(vendor: str, product: str, profiles: Iterable[ModemProfile] | None = None) -> ModemProfile | None:
    """The profile of the modem with these USB identifiers, each of four hexadecimal digits; None for an unknown one."""
    known: Sequence[ModemProfile] = tuple(profiles or map(modem_profile, modem_models()))
    wanted = f"{vendor}:{product}".lower()
    return next((profile for profile in known if wanted in profile.usb), None)
