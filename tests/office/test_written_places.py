"""Which texts a document that is being written has a place for."""

from __future__ import annotations

import pytest

from appliance.office.places import places
from appliance.office.writtenplaces import is_place
from tests.calls.world import example_office
from tests.control.officemethods import document


def test_every_place_of_an_office_is_one_of_its_document():
    office = document()
    menus = [place for place in places(example_office()) if place.startswith(("menu.", "menus.", "information."))]
    assert menus
    assert all(is_place(place, office) for place in menus)


@pytest.mark.parametrize(
    "place",
    ["", "menu", "menu.keys.7.says", "menus.night.greeting", "information.way.says", "menu.greetings.noon", "name"],
)
def test_what_a_document_does_not_have_is_none(place):
    assert not is_place(place, document())
