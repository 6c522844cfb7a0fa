"""What templates of the settings need besides their form: words for values, paths and keys, and where a path leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import pgettext as _p
from markupsafe import Markup, escape

from web.pages.settings.absent import ABSENT, Value
from web.pages.settings.collections import COLLECTIONS, Collection
from web.pages.settings.fields import FieldKind, FormField
from web.pages.settings.form import SettingsForm, anchor
from web.pages.settings.layout import PAGES
from web.pages.settings.reading import NEEDED_BY, shown
from web.pages.settings.scopes import Document
from web.pages.settings.secrets import is_mark
from web.pages.settings.words import option_words, words_of


@dataclass(frozen=True, slots=True)
class SettingsPlace:
    """A page that has a field: what it is called, and its address."""

    title: str
    address: str


def helpers() -> dict[str, Any]:
    """For the templates, by their names there."""
    return {
        "ABSENT": ABSENT,
        "anchor": anchor,
        "entry_label": entry_label,
        "is_mark": is_mark,
        "is_needed": is_needed,
        "key_label": key_label,
        "needed_by": needed_by,
        "option_words": option_words,
        "path_words": path_words,
        "shown": shown,
        "told_value": told_value,
        "typed_choosers": typed_choosers,
        "words_of": words_of,
    }


def key_label(field: FormField) -> str:
    """What the names of a table's rows are called."""
    called = {
        "menu.keys": _("Key"),
        "shortcuts.speed": _("Speed number"),
        "shortcuts.page_groups": _("Group"),
        "voicemail.lists": _("Number"),
        "callers.language_of_country": _("Calling code"),
        "message-lamp.mailboxes": _("Whose mailbox"),
        "office-fax.boxes": _("Whose"),
        "fax-sending.lists": _("Short word"),
        "message-lamp.lines": _("Line"),
        "rights.classes": _("Short word"),
    }
    return called[field.place]


def entry_label(field: FormField) -> str:
    """What each row of a table is about."""
    called = {
        "shortcuts.speed": _("Number that is dialed"),
        "shortcuts.page_groups": _("Its telephones"),
        "voicemail.lists": _("Who is on the list"),
        "callers.language_of_country": _("Language"),
        "message-lamp.mailboxes": _("GPIO pin"),
        "message-lamp.lines": _("GPIO pin"),
    }
    return called[field.place]


def is_needed(field: FormField) -> bool:
    """Whether the form says so: not of what only a part that may be left out needs."""
    group = field.place.partition(".")[0]
    return (
        field.required
        and field.kind is not FieldKind.FIXED
        and group not in ("destination", "door", "public-holidays", "greetings")
    )


def needed_by(field: FormField) -> Markup:
    """For a script, which shows a field only with the choices that it belongs to."""
    group, _dot, name = field.place.rpartition(".")
    if group in ("key", "destination") and name in NEEDED_BY:
        return Markup(' data-with="action" data-for="%s"') % " ".join(NEEDED_BY[name])
    if field.place == "follow-me-step.number":
        return Markup(' data-with="ring" data-for="number"')
    return Markup("")


def typed_choosers(form: SettingsForm) -> list[str]:
    """The choosers of a form whose choices are offered while one types."""
    found: dict[str, None] = {}
    for field in form.scope.fields.values():
        for one in (field, *_all_within(field)):
            if one.kind is FieldKind.CHOICE and one.chooser and form.choices.typed(one.chooser):
                found[one.chooser] = None
    return list(found)


def path_words(form: SettingsForm, path: str) -> str:
    """What the field at a path is called, and what it is part of.

    The name of a new entry is no field of the document.
    """
    if path == "key" and path not in form.scope.fields:
        return str(_p("a thing", "Name"))
    name = max((one for one in form.scope.fields if path == one or path.startswith((f"{one}.", f"{one}["))), key=len)
    field, rest = form.scope.fields[name], path[len(name) :]
    words = [words_of(field).label]
    for step in re.findall(r"\[(\d+)\]|\.([^.\[]+)", rest):
        if field.kind in (FieldKind.ROWS, FieldKind.TABLE):
            field = field.entry
            words.append(str(int(step[0]) + 1) if step[0] else step[1])
        elif field.kind is FieldKind.GROUP:
            field = field.called(step[1])
            words.append(words_of(field).label)
    return " › ".join(words)


def told_value(form: SettingsForm, path: str, value: Value) -> Markup:
    """A value in words, for whoever is shown what somebody else has put there."""
    return escape(_in_words(value))


def place_of(document: Document, path: str) -> SettingsPlace | None:
    """The page that has the field at a path of the document; None where there is none."""
    for collection in COLLECTIONS.values():
        base = ".".join(collection.steps)
        match = re.match(re.escape(base) + (r"\.([^.\[]+)" if collection.dictionary else r"\[(\d+)\]"), path)
        if match is None:
            continue
        keys = list(collection.all(document))
        key = match[1] if collection.dictionary else keys[int(match[1])] if int(match[1]) < len(keys) else ""
        if key in keys:
            return SettingsPlace(entry_name(collection, document, key), entry_address(collection, key))
    for page in PAGES.values():
        for name in (name for part in page.parts for name in part.fields):
            if path == name or path.startswith((f"{name}.", f"{name}[")):
                return SettingsPlace(str(page.title), url_for("settings.page", name=page.name) + "#" + anchor(name))
    return None


def entry_address(collection: Collection, key: str) -> str:
    return url_for("settings.edit", name=collection.name, key=key)


def entry_name(collection: Collection, document: Document, key: str) -> str:
    """What an entry is called: by its name, or else by its key."""
    return called(collection, key, collection.all(document).get(key, {}))


def called(collection: Collection, key: str, entry: dict[str, Any]) -> str:
    """The same of an entry that is at hand."""
    if collection.name == "hours" and key == "main":
        return _("Opening hours of the office")
    return str(entry.get("name") or key)


def _in_words(value: Value) -> str:
    if value is ABSENT or value == "" or value == []:
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if is_mark(value):
        return _("another secret")
    if isinstance(value, list):
        return ", ".join(_in_words(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(_in_words(one) for one in value.values())
    return str(value)


def _all_within(field: FormField) -> list[FormField]:
    return [one for part in field.inside for one in (part, *_all_within(part))]
