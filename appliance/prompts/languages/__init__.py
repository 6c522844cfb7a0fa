"""The languages as objects. One that no office uses is never loaded."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from appliance.office.languages import LANGUAGES
from appliance.prompts.language import Language

SELDOM_SAID = ("telephone", "features", "dialling", "hearing", "notices")
"""The subjects of which people of the office hear when they use a telephone, and callers do not."""


@cache
def language(code: str) -> Language:
    """The language with this code. KeyError names one that is not in `LANGUAGES`."""
    if code not in LANGUAGES:
        raise KeyError(code)
    made = import_module(f"{__name__}.{code}").LANGUAGE
    assert isinstance(made, Language)
    return made


@cache
def seldom_said(code: str) -> frozenset[str]:
    """The names of the entries in the catalogue of a language that belong to those subjects."""
    parts = (vars(import_module(f"{__name__}.{code}.{subject}"))[subject.upper()] for subject in SELDOM_SAID)
    return frozenset(name for part in parts for name in part)
