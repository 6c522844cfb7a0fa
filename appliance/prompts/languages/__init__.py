"""The languages as objects. One that no office uses is never loaded."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from appliance.office.languages import LANGUAGES
from appliance.prompts.language import Language


@cache
def language(code: str) -> Language:
    """The language with this code. KeyError names one that is not in `LANGUAGES`."""
    if code not in LANGUAGES:
        raise KeyError(code)
    made = import_module(f"{__name__}.{code}").LANGUAGE
    assert isinstance(made, Language)
    return made
