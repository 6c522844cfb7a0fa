"""Where the texts of an office stand."""

from __future__ import annotations

from dataclasses import replace

from appliance.office.document import parse_office
from appliance.office.model import Part
from appliance.office.places import announcement_words, greeting_words, key_words, places, told_words
from tests.calls.world import example_office


def test_every_text_has_its_path_in_the_document(document):
    document["menus"] = {
        "billing": {"greeting": "Billing.", "language": "en", "keys": {"*": {"action": "back", "says": "Star."}}}
    }
    document["information"] = {"visit": {"says": "We are at the river."}}
    document["announcement"] = {"says": "Snow."}
    there = places(parse_office(document))
    assert {place: words.text for place, words in there.items()} == {
        "menu.greetings.morning": document["menu"]["greetings"]["morning"],
        "menu.greetings.afternoon": document["menu"]["greetings"]["afternoon"],
        "menu.greetings.evening": document["menu"]["greetings"]["evening"],
        **{f"menu.keys.{digit}.says": document["menu"]["keys"][digit]["says"] for digit in "123"},
        "menus.billing.greeting": "Billing.",
        "menus.billing.keys.*.says": "Star.",
        "information.visit.says": "We are at the river.",
        "announcement.says": "Snow.",
    }
    assert all(words.place == place for place, words in there.items())
    assert {words.language for words in there.values()} == {"en"}


def test_a_greeting_can_be_recorded_where_none_is_written(document):
    del document["menu"]["greetings"]
    assert places(parse_office(document))["menu.greeting"].text == ""


def test_two_menus_that_say_the_same_have_places_of_their_own():
    office = example_office()
    twin = replace(office.menu)
    office = replace(office, menus={"twin": twin})
    assert greeting_words(office, office.menu, Part.MORNING).place == "menu.greetings.morning"
    assert greeting_words(office, twin, Part.MORNING).place == "menus.twin.greetings.morning"
    assert key_words(office, twin)[0].place == "menus.twin.keys.1.says"


def test_words_are_in_the_language_they_are_written_in(document):
    document["information"] = {"visit": {"says": "Hello."}}
    office = parse_office(document)
    assert told_words(office, office.information["visit"]).language == office.language
    assert announcement_words(office).language == office.language
