"""What the unit says is wrong with a value of the settings, with the names by which the pages call its places."""

from __future__ import annotations

import re

from flask_babel import gettext as _

from web.pages.settings.scopes import Document
from web.pages.settings.telling import place_of
from web.saying import Told, sentence

_PATH = re.compile(r"\b[a-z_]+(?:\[\d+\]|\.[a-z0-9_-]+)+(?![a-z0-9_])")
"""A place of the document, as reasons name it: people[2].extension."""


def reason_words(reason: Told, document: Document) -> str:
    """The reason, for people. document: as it was checked; places of it are told by what they are called."""

    def called(_blank: str, fact: str) -> str:
        place = place_of(document, fact) if _PATH.fullmatch(fact) else None
        return _("“%(name)s”", name=place.title) if place is not None else fact

    return sentence(reason, called)
