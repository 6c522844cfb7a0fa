"""Pages that are saved untouched leave every example office as it is, and secrets stay on the unit."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from tests.web.settingsforms import answered, filled_in
from tests.web.site import ROOT, running_site
from web.pages.settings.collections import COLLECTIONS
from web.pages.settings.layout import PAGES

OFFICES = sorted((ROOT / "examples" / "offices").glob("*.json"))


@pytest.fixture(scope="module")
def own_site(tmp_path_factory):
    with running_site(tmp_path_factory.mktemp("offices") / "data") as running:
        yield running


def addresses(document):
    yield from (f"/settings/{page.name}" for page in PAGES.values() if page.parts)
    for name, collection in COLLECTIONS.items():
        yield from (f"/settings/edit/{name}?key={quote(key)}" for key in collection.all(document))


@pytest.mark.parametrize("file", OFFICES, ids=lambda file: file.stem)
def test_every_page_saved_untouched_leaves_the_office_as_it_is(own_site, file):
    document = json.loads(file.read_text(encoding="utf-8"))
    own_site.ask("office.load", document=document)
    ada = own_site.visitor("ada")
    secrets = {one["pin"] for one in document["people"] if len(one.get("pin", "")) > 3}
    for address in addresses(document):
        page = ada.get(address).text
        assert not [pin for pin in secrets if f'"{pin}"' in page or f">{pin}<" in page], address
        answer = answered(ada, address, filled_in(page))
        assert answer.status_code == 302, (address, answer.text)
        assert own_site.ask("office.get")["document"] == document, address
