"""The languages the unit speaks with callers and the people of the office, to choose from."""

from __future__ import annotations

from web.unit import ask

OWN_NAMES = {
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "pl": "Polski",
    "ru": "Русский",
    "sv": "Svenska",
    "vi": "Tiếng Việt",
}
"""Each by its own name."""


def spoken_languages() -> dict[str, str]:
    """By their codes: the name of each in that language itself, where it is known here, or else in English."""
    return {code: OWN_NAMES.get(code, name) for code, name in ask("people.languages").items()}
