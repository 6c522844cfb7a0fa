"""Every field of the office document has its place on the settings' pages, and pages change what is changed on them."""

from __future__ import annotations

import re

import pytest

from web.pages.settings.collections import COLLECTIONS
from web.pages.settings.fields import every_field, office_fields
from web.pages.settings.layout import PAGES


@pytest.fixture(scope="module")
def ada(site):
    return site.visitor("ada")


@pytest.fixture(scope="module")
def fields(site):
    return dict(every_field(office_fields(site.ask("office.schema")["schema"])))


def test_every_field_of_the_document_has_a_place_on_a_page(ada, fields):
    addresses = [f"/settings/{name}" for name in PAGES] + [f"/settings/add/{name}" for name in COLLECTIONS]
    placed: list[str] = []
    for address in addresses:
        page = ada.get(address)
        assert page.status_code == 200, address
        placed += set(re.findall(r'data-at="([^"]+)"', page.text))
    listed = {".".join(one.steps) for one in COLLECTIONS.values()}
    groups = {path for path in fields if any(one.startswith(f"{path}.") for one in listed | set(placed))}
    assert set(fields) - set(placed) - listed - groups == set()
    assert set(placed) - set(fields) == set()
    assert sorted(placed) == sorted(set(placed))
