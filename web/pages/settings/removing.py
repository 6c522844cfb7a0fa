"""An entry is removed: what hangs on it is told first, and somebody else can take its place."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from appliance.control.errors import ControlError
from web.pages.settings import pages
from web.pages.settings.collections import COLLECTIONS, Collection
from web.pages.settings.layout import page_listing
from web.pages.settings.references import references, replaced
from web.pages.settings.saving import checked, load, refusal, told
from web.pages.settings.scopes import Document
from web.pages.settings.telling import SettingsPlace, entry_name, place_of
from web.pages.settings.unit import choices_of, office
from web.roles import Role, allowed
from web.unit import ask


@pages.get("/remove/<name>")
@allowed(Role.ADMINISTRATOR)
def ask_whether(name: str) -> Any:
    collection, document, key = _which(name)
    return _shown(collection, document, key, [])


@pages.post("/remove/<name>")
@allowed(Role.ADMINISTRATOR)
def remove(name: str) -> Any:
    collection, document, key = _which(name)
    revision = request.form.get("revision", "")
    instead = request.form.get("instead", "")
    known = _known_as(collection, document, key)
    other = replaced(document, collection.references, known, instead or None) if collection.references else document
    entries = collection.all(other)
    entries.pop(key)
    collection.put(other, entries)
    mistakes = checked(other)
    if mistakes:
        return _shown(collection, document, key, mistakes), 422
    try:
        loaded = load(other, revision)
    except ControlError as error:
        return _shown(collection, document, key, [{"path": "", "reason": refusal(error)}]), 409
    told(loaded)
    if collection.name == "people":
        _accounts_go(key)
    return redirect(url_for("settings.page", name=page_listing(collection).name))


def _which(name: str) -> tuple[Collection, Document, str]:
    collection = COLLECTIONS.get(name) or abort(404)
    document, _revision = office()
    key = request.args.get("key", "")
    if key not in collection.all(document):
        abort(404)
    return collection, document, key


def _known_as(collection: Collection, document: Document, key: str) -> str:
    """The name by which other parts of the document know an entry."""
    entry = collection.all(document)[key]
    return str(entry.get(collection.known_as) or key) if collection.known_as else key


def _shown(collection: Collection, document: Document, key: str, mistakes: list[dict[str, str]]) -> str:
    title = _("Remove %(name)s", name=entry_name(collection, document, key))
    page = page_listing(collection)
    hangs = references(document, collection.references, _known_as(collection, document, key))
    others = [(id, name) for id, name in _others(collection, document) if id != _known_as(collection, document, key)]
    return render_template(
        "settings/remove.html",
        title=title,
        crumbs=[(page.title, url_for("settings.page", name=page.name)), (title, "")],
        hangs=_places(document, hangs),
        others=others if hangs else [],
        wrong=[(place_of(document, one["path"]), one["reason"]) for one in mistakes],
        messages=_messages(collection, key),
        accounts=_accounts_of(collection, key),
        revision=office()[1],
        back=url_for("settings.edit", name=collection.name, key=key),
    )


def _others(collection: Collection, document: Document) -> list[tuple[str, str]]:
    return choices_of(document).of(collection.references) if collection.references else []


def _places(document: Document, paths: list[str]) -> list[SettingsPlace]:
    found = [place_of(document, path) for path in paths]
    return list(dict.fromkeys(one for one in found if one is not None))


def _messages(collection: Collection, key: str) -> int:
    if collection.name not in ("people", "departments"):
        return 0
    return sum(one["new"] + one["saved"] for one in ask("status")["mailboxes"] if one["person"] == key)


def _accounts_of(collection: Collection, key: str) -> list[str]:
    if collection.name != "people":
        return []
    return [one["name"] for one in ask("accounts.list") if one["person"] == key]


def _accounts_go(person: str) -> None:
    """A person's account goes with the person; whoever has another role keeps it."""
    for one in ask("accounts.list"):
        if one["person"] == person and one["role"] == Role.PERSON.value:
            ask("accounts.remove", by=current_user.name, name=one["name"])
            flash(_("The account %(name)s is removed, too.", name=one["name"]))
