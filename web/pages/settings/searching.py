"""A search over all settings: what fields are called, how they are explained, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from web.pages.settings import pages
from web.pages.settings.collections import COLLECTIONS
from web.pages.settings.fields import FieldKind, FormField
from web.pages.settings.form import anchor
from web.pages.settings.layout import CHAPTERS
from web.pages.settings.scopes import Document, entry_scope, section_scope
from web.pages.settings.telling import called, entry_address
from web.pages.settings.unit import all_fields, office
from web.pages.settings.words import option_words, words_of
from web.roles import Role, allowed
from web.unitpages import UNIT_PAGES

MOST = 60
"""More are not shown: then one more word helps."""


@dataclass(frozen=True, slots=True)
class Hit:
    """rank: 0 for what is called so, 1 for what is explained so, 2 for what stands in a field."""

    rank: int
    title: str
    text: str
    where: str
    address: str


@pages.get("/search")
@allowed(Role.ADMINISTRATOR)
def search() -> Any:
    asked = request.args.get("q", "")[:100]
    words = asked.casefold().split()
    hits: list[Hit] = []
    if words:
        document, _revision = office()
        hits = sorted([*_unit_pages(words), *_fields(words), *_entries(words, document)], key=lambda hit: hit.rank)
    return render_template(
        "settings/search.html", crumbs=[(_("Search"), "")], q=asked, hits=hits[:MOST], more=len(hits) > MOST
    )


def _unit_pages(words: list[str]) -> Iterator[Hit]:
    for page in UNIT_PAGES:
        if (rank := _rank(words, str(page.title), str(page.intro))) is not None:
            yield Hit(rank, str(page.title), str(page.intro), _("Settings"), url_for(page.endpoint))


def _fields(words: list[str]) -> Iterator[Hit]:
    office_field = all_fields()
    for page in (page for chapter in CHAPTERS for page in chapter.pages):
        address = url_for("settings.page", name=page.name)
        if (rank := _rank(words, str(page.title), str(page.intro))) is not None:
            yield Hit(rank, str(page.title), str(page.intro), _("Settings"), address)
        for name, field in section_scope(office_field, page.parts).fields.items():
            yield from _found(words, field, str(page.title), address, name)
        for collection in (COLLECTIONS[one] for one in page.lists):
            for name, field in entry_scope(office_field, collection, "").fields.items():
                chosen = url_for("settings.page", name=page.name, field=name)
                yield from _found(words, field, str(collection.title), chosen, "")


def _found(words: list[str], field: FormField, where: str, address: str, at: str) -> Iterator[Hit]:
    """A field, and what it has inside. at: where its element is on the page; what is in rows has that of the rows."""
    said = words_of(field)
    names = " ".join([where, said.label, *(word for _id, word in (option_words(field) if field.options else []))])
    rank = _rank(words, names, f"{said.help} {field.sentence}")
    if rank is not None:
        yield Hit(rank, said.label, said.help, where, address + (f"#at-{anchor(at)}" if at else ""))
    group = field if field.kind is FieldKind.GROUP else field.entry if field.inside else None
    if group is None or group.kind is not FieldKind.GROUP:
        return
    for one in group.inside:
        within = f"{at}.{one.name}" if at and field.kind is FieldKind.GROUP else at
        yield from _found(words, one, f"{where} › {said.label}", address, within)


def _entries(words: list[str], document: Document) -> Iterator[Hit]:
    office_field = all_fields()
    for collection in COLLECTIONS.values():
        fields = entry_scope(office_field, collection, "").fields
        title = str(collection.title)
        for key, entry in collection.all(document).items():
            name = called(collection, key, entry)
            if all(word in f"{title} {name} {key}".casefold() for word in words):
                yield Hit(0, name, title, title, entry_address(collection, key))
                continue
            for one, value in entry.items():
                field = fields.get(one)
                if field is None or field.kind is FieldKind.SECRET or not isinstance(value, str):
                    continue
                if all(word in f"{name} {value}".casefold() for word in words):
                    address = entry_address(collection, key) + f"#at-{anchor(one)}"
                    yield Hit(2, words_of(field).label, value, f"{title} › {name}", address)
    for page in (page for chapter in CHAPTERS for page in chapter.pages):
        scope = section_scope(office_field, page.parts)
        for one, value in (scope.take(document) or {}).items():
            field = scope.fields[one]
            if isinstance(value, str) and field.kind is not FieldKind.SECRET and _rank(words, value, "") is not None:
                address = url_for("settings.page", name=page.name) + f"#at-{anchor(one)}"
                yield Hit(2, words_of(field).label, value, str(page.title), address)


def _rank(words: list[str], called: str, explained: str) -> int | None:
    called, explained = called.casefold(), explained.casefold()
    if all(word in called for word in words):
        return 0
    return 1 if all(word in called or word in explained for word in words) else None
