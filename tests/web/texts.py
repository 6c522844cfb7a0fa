"""`make texts`: brings all texts of the pages into web/translations/<language>.po. New ones are empty there."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract, extract_from_dir
from babel.messages.pofile import read_po, write_po

from appliance.office.contact import Blocked, Contact
from appliance.office.field import TextPattern, document_fields
from appliance.office.schema import office_schema
from web.pages.settings.fields import every_field, office_fields
from web.pages.settings.words import WORDS
from web.texts import FOLDER, LANGUAGES

WEB = FOLDER.parent
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python"), ("static/js/**.js", "javascript")]
DAEMON = ("appliance", "hw")
BLANK = re.compile(r"%\(\w+\)s")
SENTENCES = {"said": None, "counted": (1, 2)}
"""How the daemon makes a sentence that the page says in its own language (`hw/said.py`)."""
_IN_CONTEXT = ((1, "c"), 2)
"""The first argument tells translators which of several senses is meant."""
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "_p": _IN_CONTEXT,
    "_lp": _IN_CONTEXT,
    "pgettext": _IN_CONTEXT,
    "npgettext": (*_IN_CONTEXT, 3),
}
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}


def extracted() -> Catalog:
    """Every text, in the order of the files."""
    catalogue = Catalog(project="Copperdesk", fuzzy=False)
    for file, line, message, comments, context in extract_from_dir(WEB, METHODS, OPTIONS, KEYWORDS):
        catalogue.add(message, None, [(Path(file).as_posix(), line)], auto_comments=comments, context=context)
    for sentence in sentences_of_the_schema():
        catalogue.add(sentence)
    for sentence in sentences_of_the_daemon():
        catalogue.add(sentence)
    return catalogue


@cache
def sentences_of_the_daemon() -> tuple[str | tuple[str, str], ...]:
    """The templates of its sentences, in the order of the files; those with a plural form as two."""
    found: dict[str | tuple[str, str], None] = {}
    for file in sorted(file for room in DAEMON for file in (WEB.parent / room).rglob("*.py")):
        source = file.read_bytes()
        if b"from hw.said import" in source:
            found |= {message: None for _line, message, *_ in extract("python", io.BytesIO(source), SENTENCES)}
    return tuple(message for message in found if has_words(message))


def has_words(message: str | tuple[str, str]) -> bool:
    """Whether there is anything to translate beside the blanks."""
    return isinstance(message, tuple) or any(letter.isalpha() for letter in BLANK.sub("", message))


def sentences_of_the_schema() -> list[str]:
    """What pages show of the office's schema: sentences where there is no help of our own, and what a text must be; the
    latter of contacts, too.
    """
    shown = [field for _path, field in every_field(office_fields(office_schema()))]
    helps = [field.sentence for field in shown if WORDS[field.place][1] == ""]
    musts = [must for must in map(must_of, all_schemas(office_schema())) if must]
    entries = [field.meaning.limits for kind in (Contact, Blocked) for field in document_fields(kind)]
    musts += [limits.words for limits in entries if isinstance(limits, TextPattern)]
    return list(dict.fromkeys([*helps, *musts]))


def all_schemas(schema: Any) -> Iterator[dict[str, Any]]:
    """The schema and all within it."""
    if isinstance(schema, dict):
        yield schema
    for within in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from all_schemas(within)


def must_of(schema: dict[str, Any]) -> str:
    """What a text or a number must be, in words that a mistake is told by."""
    named = {"pattern", "minimum", "patternProperties"} & schema.keys()
    return str(schema["title"]) if "title" in schema and named else ""


def renewed(language: str) -> Catalog:
    """The file of a language with the texts there are now; those that are gone are left out."""
    file = FOLDER / f"{language}.po"
    catalogue = Catalog(locale=language, project="Copperdesk", fuzzy=False)
    if file.exists():
        with file.open("rb") as written:
            catalogue = read_po(written, locale=language)
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Without line numbers and dates, which would change with every edit."""
    text = io.BytesIO()
    write_po(text, catalogue, width=100, no_location=True, omit_header=False, sort_output=True, ignore_obsolete=True)
    lines = text.getvalue().decode().splitlines(keepends=True)
    return "".join(
        line for line in lines if not line.startswith(('"POT-Creation', '"PO-Revision', '"Generated-By'))
    ).encode()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        if language != "en":
            catalogue = renewed(language)
            missing = sum(1 for message in catalogue if message.id and not message.string)
            (FOLDER / f"{language}.po").write_bytes(written(catalogue))
            print(f"  {LANGUAGES[language]}: {missing} to be translated")


if __name__ == "__main__":
    main()
