"""The languages the appliance speaks, by their ISO 639-1 codes, each with its English name.

This is the one list of them. What is said in a language, and how, is in `appliance/prompts/languages/`, in the package
that bears its code.
"""

from __future__ import annotations

from typing import Annotated, Final

from appliance.office.field import TextPattern

LANGUAGES: Final = {
    "en": "English",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "pl": "Polish",
    "ru": "Russian",
    "sv": "Swedish",
    "vi": "Vietnamese",
}

DEFAULT_LANGUAGE: Final = "en"

LanguageCode = Annotated[
    str, TextPattern(f"^({'|'.join(LANGUAGES)})$", "the code of a language: " + ", ".join(sorted(LANGUAGES)))
]
