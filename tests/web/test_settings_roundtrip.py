"""Pages that are saved untouched leave every example office as it is, and secrets stay on the unit."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest

from tests.web.fulloffice import full_office
from tests.web.paperunit import PaperUnit, PaperVisitor
from tests.web.settingsforms import answered, filled_in
from tests.web.site import ROOT
from web.pages.settings.collections import COLLECTIONS
from web.pages.settings.layout import PAGES

OFFICES = {
    file.stem: json.loads(file.read_text(encoding="utf-8")) for file in (ROOT / "examples/offices").glob("*.json")
}
SECRETS = {"pin", "password", "secret"}


def addresses(document):
    yield from (f"/settings/{page.name}" for page in PAGES.values() if page.parts)
    for name, collection in COLLECTIONS.items():
        yield from (f"/settings/edit/{name}?key={quote(key)}" for key in collection.all(document))


def secrets(value):
    """Every secret that is anywhere in a document."""
    if isinstance(value, dict):
        yield from (one for name, one in value.items() if name in SECRETS)
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from secrets(one)


@pytest.mark.parametrize("office", [*OFFICES.values(), full_office()], ids=[*OFFICES, "full"])
def test_every_page_saved_untouched_leaves_the_office_as_it_is(office, tmp_path):
    unit = PaperUnit(office)
    ada = PaperVisitor(unit, tmp_path)
    for address in addresses(office):
        page = ada.get(address).text
        assert not [one for one in secrets(office) if re.search(rf"\b{one}\b", page)], address
        answer = answered(ada, address, filled_in(page))
        assert answer.status_code == 302, (address, answer.text)
        assert (unit.document, unit.checks) == (office, 0), address
