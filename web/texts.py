"""The language of a page. Texts are gettext's: English in the code, others in translations/<language>.po.

The .po files are read as they are, when a language is first asked for: there is nothing to compile.
"""

from __future__ import annotations

import io
from functools import cache, cached_property
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, request
from flask_babel import Babel, Domain, get_locale
from flask_login import current_user

LANGUAGES = {"en": "English", "sv": "Svenska", "pl": "Polski", "ru": "Русский", "vi": "Tiếng Việt", "de": "Deutsch"}
"""Each by its own name."""

FOLDER = Path(__file__).parent / "translations"


class PoDomain(Domain):  # type: ignore[misc]
    """Flask-Babel's translations, out of .po files."""

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        return translations(locale.language) if locale is not None else NullTranslations()


class PoBabel(Babel):  # type: ignore[misc]
    """Flask-Babel, with its translations from there."""

    @cached_property
    def domain_instance(self) -> PoDomain:
        return PoDomain()


def use_texts(app: Flask) -> None:
    """Have the pages of this application speak the language of whoever looks at them."""
    PoBabel(app, locale_selector=chosen_language)


def chosen_language() -> str:
    """That of the account, or else the best of what the browser asks for."""
    own = current_user.language if current_user and current_user.is_authenticated else ""
    return own or request.accept_languages.best_match(list(LANGUAGES)) or "en"


@cache
def translations(language: str) -> NullTranslations:
    """The texts of a language; English is what the code says."""
    file = FOLDER / f"{language}.po"
    if not file.exists():
        return NullTranslations()
    with file.open("rb") as written:
        catalogue = read_po(written, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
