"""What is proposed to whoever sets up an office in a country: language, time zone, and where extensions begin."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from hw.tones.toneplan import tone_plan


class Usual(NamedTuple):
    """iso: the country's code in ISO 3166, by which its name and public holidays are known."""

    iso: str
    language: str
    time_zone: str


USUAL: Final[Mapping[str, Usual]] = {
    "us": Usual("US", "en", "America/New_York"),
    "ca": Usual("CA", "en", "America/Toronto"),
    "uk": Usual("GB", "en", "Europe/London"),
    "de": Usual("DE", "de", "Europe/Berlin"),
    "fr": Usual("FR", "fr", "Europe/Paris"),
    "it": Usual("IT", "en", "Europe/Rome"),
    "es": Usual("ES", "es", "Europe/Madrid"),
    "pl": Usual("PL", "pl", "Europe/Warsaw"),
    "se": Usual("SE", "sv", "Europe/Stockholm"),
    "ru": Usual("RU", "ru", "Europe/Moscow"),
    "au": Usual("AU", "en", "Australia/Sydney"),
    "nz": Usual("NZ", "en", "Pacific/Auckland"),
    "jp": Usual("JP", "en", "Asia/Tokyo"),
    "br": Usual("BR", "en", "America/Sao_Paulo"),
    "in": Usual("IN", "en", "Asia/Kolkata"),
    "za": Usual("ZA", "en", "Africa/Johannesburg"),
    "nl": Usual("NL", "en", "Europe/Amsterdam"),
    "ch": Usual("CH", "de", "Europe/Zurich"),
    "mx": Usual("MX", "es", "America/Mexico_City"),
    "cn": Usual("CN", "en", "Asia/Shanghai"),
    "at": Usual("AT", "de", "Europe/Vienna"),
    "be": Usual("BE", "fr", "Europe/Brussels"),
    "dk": Usual("DK", "en", "Europe/Copenhagen"),
    "fi": Usual("FI", "en", "Europe/Helsinki"),
    "no": Usual("NO", "en", "Europe/Oslo"),
    "pt": Usual("PT", "en", "Europe/Lisbon"),
    "gr": Usual("GR", "en", "Europe/Athens"),
    "cz": Usual("CZ", "en", "Europe/Prague"),
    "hu": Usual("HU", "en", "Europe/Budapest"),
    "tr": Usual("TR", "en", "Europe/Istanbul"),
    "tw": Usual("TW", "en", "Asia/Taipei"),
    "sg": Usual("SG", "en", "Asia/Singapore"),
}
"""Of every country that has a tone plan: a test compares them."""

OUTSIDE, MESSAGES, OPERATOR = "9", "8500", "0"
"""What is dialled for an outside line, for messages, and for the operator, as in an office that says nothing else."""


def first_extension(country: str) -> int:
    """101, or 201 where a call for help begins with 1."""
    return 201 if any(number.startswith("1") for number in tone_plan(country).emergency) else 101


def meets(country: str, extension: str) -> bool:
    """Whether an extension is, begins with, or is the beginning of what is dialled for something else."""
    others = (OUTSIDE, MESSAGES, OPERATOR, *tone_plan(country).emergency)
    return any(extension.startswith(other) or other.startswith(extension) for other in others)


def free_extensions(country: str, taken: Collection[str], beginning: int, count: int) -> list[str]:
    """The first so many extensions from there on that meet no other number, nor one another."""
    whole, beginnings = set(taken), {one[:length] for one in taken for length in range(1, len(one))}
    found: list[str] = []
    number = beginning
    while len(found) < count:
        extension = str(number)
        number += 1
        if extension in whole or extension in beginnings or meets(country, extension):
            continue
        if any(extension[:length] in whole for length in range(1, len(extension))):
            continue
        found.append(extension)
        whole.add(extension)
        beginnings.update(extension[:length] for length in range(1, len(extension)))
    return found
