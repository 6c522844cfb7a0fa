"""What fields are called on the pages, and how they are explained there.

Each module has the words of one subject: by the place of a field its label and its help. An empty help means the
sentence of the document's schema, which is plain enough then; None means that there is nothing to explain.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext

from web.pages.settings.fields import FormField
from web.pages.settings.words import callers, calling, faxes, faxsending, lines, messages, office, people
from web.pages.settings.words.options import OPTIONS

Said = tuple[object, object]

WORDS: dict[str, Said] = office.WORDS | people.WORDS | callers.WORDS | lines.WORDS | calling.WORDS | messages.WORDS
WORDS |= faxes.WORDS | faxsending.WORDS


@dataclass(frozen=True, slots=True)
class FieldWords:
    """label: a few words. help: a sentence or two; empty where there is nothing to explain."""

    label: str
    help: str


def words_of(field: FormField) -> FieldWords:
    """In the language of the page."""
    label, help = WORDS[field.place]
    return FieldWords(str(label), gettext(field.sentence) if help == "" else str(help or ""))


def option_words(field: FormField) -> list[tuple[str, str]]:
    """The words of an enumeration, each with what it is called."""
    said = OPTIONS[field.place.removesuffix("[]")]
    return [(option, str(said[option])) for option in field.options]
