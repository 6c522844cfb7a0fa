"""The pages of the settings, and the fields that stand on them."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from web.pages.settings import pages
from web.pages.settings.form import SettingsForm, begun, posted_form
from web.pages.settings.layout import CHAPTERS, PAGES, SettingsPage, listed_on
from web.pages.settings.listing import listing
from web.pages.settings.saving import save
from web.pages.settings.scopes import Document, section_scope
from web.pages.settings.telling import place_of
from web.pages.settings.unit import all_fields, choices_of, office
from web.roles import Role, allowed
from web.unitpages import UNIT_PAGES


@pages.get("")
@allowed(Role.ADMINISTRATOR)
def index() -> Any:
    return render_template("settings/index.html", chapters=CHAPTERS, unit_pages=UNIT_PAGES)


@pages.get("/<name>")
@allowed(Role.ADMINISTRATOR)
def page(name: str) -> Any:
    """Of a page with lists and no fields there is no form."""
    found = PAGES.get(name) or abort(404)
    document, _revision = office()
    scope = section_scope(all_fields(), found.parts)
    values = scope.take(document)
    assert values is not None
    return _shown(found, document, begun(scope, choices_of(document), values))


@pages.post("/<name>")
@allowed(Role.ADMINISTRATOR)
def change(name: str) -> Any:
    found = PAGES.get(name) or abort(404)
    document, _revision = office()
    scope = section_scope(all_fields(), found.parts)
    form = read_form(scope, document)
    if request.form.get("do", "save") != "save":
        return _shown(found, document, form)
    saved = save(form)
    if saved is None:
        return _shown(found, document, form), 409 if form.conflicts else 422
    if not saved.changed:
        flash(_("Nothing was different, and nothing was changed."))
    return redirect(url_for("settings.page", name=name))


def read_form(scope: Any, document: Document) -> SettingsForm:
    """What was posted; 400 for what no form of ours sends."""
    try:
        form = posted_form(scope, choices_of(document), request.form)
    except (ValueError, TypeError, AttributeError, KeyError):
        abort(400)
    act, _colon, path = request.form.get("do", "").partition(":")
    if act == "theirs" and path:
        form.take_theirs(path)
    return form


def _shown(found: SettingsPage, document: Document, form: SettingsForm) -> str:
    return render_template(
        f"settings/{_TEMPLATES.get(found.name, 'section')}.html",
        title=found.title,
        intro=found.intro,
        crumbs=[(found.title, "")],
        form=form if found.parts else None,
        lists=[listing(one, document, form.choices) for one in listed_on(found)],
        place_of=lambda path: place_of(document, path),
        field=request.args.get("field", ""),
    )


_TEMPLATES = {"mail": "mail", "people": "people"}
"""Pages with more on them than fields and lists."""
