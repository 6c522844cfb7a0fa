"""One entry of a collection: a person, a line, a menu. It is added, changed, and moved among its like."""

from __future__ import annotations

import copy
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from appliance.control.errors import ControlError
from web.pages.settings import pages
from web.pages.settings.absent import ABSENT
from web.pages.settings.collections import COLLECTIONS, Collection
from web.pages.settings.form import SettingsForm, begun
from web.pages.settings.layout import page_listing
from web.pages.settings.listing import device_ports
from web.pages.settings.newaccount import account_made
from web.pages.settings.saving import load, refusal, save, told
from web.pages.settings.scopes import Document, EntryScope, entry_scope, new_id, next_extension
from web.pages.settings.sections import read_form
from web.pages.settings.telling import entry_name, place_of
from web.pages.settings.unit import all_fields, choices_of, known, office
from web.roles import Role, allowed
from web.unit import ask


@pages.get("/add/<name>")
@allowed(Role.ADMINISTRATOR)
def add(name: str) -> Any:
    collection = COLLECTIONS.get(name) or abort(404)
    document, _revision = office()
    scope = entry_scope(all_fields(), collection, "")
    form = begun(scope, choices_of(document), dict.fromkeys(scope.fields, ABSENT))
    if "extension" in scope.fields:
        form.values["extension"] = next_extension(document)
    return _shown(document, form, typed="main" if name == "hours" and not document.get("hours") else "")


@pages.post("/add/<name>")
@allowed(Role.ADMINISTRATOR)
def added(name: str) -> Any:
    """An entry of a dictionary is known by a short word, which is made of what is typed."""
    collection = COLLECTIONS.get(name) or abort(404)
    document, _revision = office()
    entries = collection.all(document)
    typed = request.form.get("key", "").strip()
    key = new_id(typed, set(entries)) if collection.dictionary and typed else ""
    scope = entry_scope(all_fields(), collection, "", key)
    form = read_form(scope, document)
    if request.form.get("do", "save") != "save":
        return _shown(document, form, typed=typed)
    if collection.dictionary and not key:
        form.mistakes["key"] = [_("Give it a name, by which you find it again.")]
        return _shown(document, form), 422
    if not collection.dictionary and not collection.named and _taken(collection, form, entries):
        form.mistakes[collection.key] = [_("There is one of this name already.")]
        return _shown(document, form), 422
    saved = save(form)
    if saved is None:
        return _shown(document, form, typed=typed), 422
    new = [one for one in collection.all(saved.document) if one not in entries]
    if name == "people" and new and request.form.get("account"):
        return account_made(collection.all(saved.document)[new[0]])
    return redirect(url_for("settings.edit", name=name, key=new[0] if new else key))


@pages.get("/edit/<name>")
@allowed(Role.ADMINISTRATOR)
def edit(name: str) -> Any:
    document, scope = _existing(name)
    values = scope.take(document)
    assert values is not None
    return _shown(document, begun(scope, choices_of(document), values))


@pages.post("/edit/<name>")
@allowed(Role.ADMINISTRATOR)
def changed(name: str) -> Any:
    document, scope = _existing(name)
    form = read_form(scope, document)
    if request.form.get("do", "save") != "save":
        return _shown(document, form)
    saved = save(form)
    if saved is None:
        return _shown(document, form), 409 if form.conflicts else 422
    if not saved.changed:
        flash(_("Nothing was different, and nothing was changed."))
    place = list(scope.collection.all(document)).index(scope.key)
    keys = list(scope.collection.all(saved.document))
    key = scope.key if scope.key in keys or place >= len(keys) else keys[place]
    return redirect(url_for("settings.edit", name=name, key=key))


@pages.post("/move/<name>")
@allowed(Role.ADMINISTRATOR)
def move(name: str) -> Any:
    """One place up in the order, where that matters."""
    collection = COLLECTIONS.get(name) or abort(404)
    document, revision = office()
    entries = list(collection.all(document).items())
    keys = [key for key, _entry in entries]
    if request.args.get("key", "") not in keys:
        abort(404)
    place = keys.index(request.args["key"])
    if place:
        entries[place - 1 : place + 1] = [entries[place], entries[place - 1]]
        other = copy.deepcopy(document)
        collection.put(other, dict(entries))
        try:
            told(load(other, revision))
        except ControlError as error:
            flash(refusal(error), "wrong")
    return redirect(url_for("settings.page", name=page_listing(collection).name))


def _existing(name: str) -> tuple[Document, EntryScope]:
    collection = COLLECTIONS.get(name) or abort(404)
    document, _revision = office()
    key = request.args.get("key", "")
    if key not in collection.all(document):
        abort(404)
    return document, entry_scope(all_fields(), collection, key)


def _taken(collection: Collection, form: SettingsForm, entries: dict[str, Any]) -> bool:
    return str(form.values.get(collection.key, "")) in entries


def _shown(document: Document, form: SettingsForm, typed: str = "") -> str:
    scope = form.scope
    assert isinstance(scope, EntryScope)
    collection = scope.collection
    title = entry_name(collection, document, scope.key) if scope.key else str(collection.new)
    page = page_listing(collection)
    template = {"people": "person", "network-telephones": "device", "gateways": "device", "servers": "device"}
    return render_template(
        f"settings/{template.get(collection.name, 'entry')}.html",
        title=title,
        crumbs=[(page.title, url_for("settings.page", name=page.name)), (title, "")],
        form=form,
        collection=collection,
        typed=typed,
        place_of=lambda path: place_of(document, path),
        sockets=_sockets(document, scope),
        sheet=next((one["sheet"] for one in known()["models"] if one["model"] == form.values.get("model")), ""),
        accounts=_accounts(scope),
    )


def _sockets(document: Document, scope: EntryScope) -> list[dict[str, Any]]:
    """How the sockets of a device stand, and what is entered on it."""
    if scope.collection.steps[0] != "sip" or not scope.key:
        return []
    entry = scope.collection.all(document)[scope.key]
    lines = [line for name in ("trunks", "stations", "lines") for line in entry.get(name, [])] or [entry]
    ports = device_ports(ask("status"))
    return [
        {"port": line["port"], "user": line.get("user", line["port"]), **ports.get(line["port"], {})} for line in lines
    ]


def _accounts(scope: EntryScope) -> list[str]:
    """The accounts for these pages that a person has."""
    if scope.collection.name != "people" or not scope.key:
        return []
    return [one["name"] for one in ask("accounts.list") if one["person"] == scope.key]
