from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.office.arrival import Circumstances, arrival
from appliance.office.description import describe
from appliance.office.destination import ToMailbox, ToOutside, ToPerson
from appliance.office.document import DEEPEST_DOCUMENT, LARGEST_DOCUMENT, load_document, parse_office
from appliance.office.lint import lint
from appliance.office.model import Ending, Key, Menu, MessageLamp, Part, Person, Station, Trunk
from appliance.office.numbering import station_destination
from appliance.office.problem import OfficeErrors
from hw.sip.profile import profiles

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "offices").glob("*.json"))
RIVERSIDE = next(path for path in EXAMPLES if path.stem == "riverside-dental")
COUNTRIES = ("de", "fr", "jp", "se", "uk", "us")


def said(document: object) -> list[str]:
    """Everything that is wrong with a document, as it is shown."""
    with pytest.raises(OfficeErrors) as caught:
        parse_office(document, COUNTRIES)
    return [str(problem) for problem in caught.value.problems]


def said_of_text(text: str) -> list[str]:
    with pytest.raises(OfficeErrors) as caught:
        load_document(text)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_office_is_right_and_gives_no_warning(path):
    assert lint(parse_office(load_document(path.read_text()), COUNTRIES, profiles())) == []


def test_an_office_holds_what_its_document_says(document):
    office = parse_office(document, COUNTRIES)
    assert (office.name, office.country, office.time_zone) == ("Riverside Dental", "us", ZoneInfo("America/New_York"))
    assert [(trunk.name, trunk.port, trunk.number) for trunk in office.trunks] == [
        ("main", "fxo-1", "5550100"),
        ("line 2", "fxo-2", "5550101"),
        ("line 3", "fxo-3", "5550102"),
        ("line 4", "fxo-4", "5550103"),
    ]
    assert office.stations == (
        Station("front desk", "fxs-1"),
        Station("surgery", "fxs-2"),
        Station("billing", "fxs-3"),
        Station("break room", "fxs-4"),
    )
    assert office.people == (
        Person("office", "Riverside Dental", "100", pin="2846"),
        Person("maria", "Maria Alvarez", "101", "front desk", pin="7391"),
        Person("tom", "Doctor Tom Becker", "102", "surgery", pin="4062"),
        Person("ruth", "Ruth Olsen", "103", "billing", pin="9518"),
    )
    assert office.menu.keys == {
        "1": Key(ToPerson("maria"), "For appointments, press 1."),
        "2": Key(ToPerson("ruth"), "For questions about a bill, press 2."),
        "3": Key(ToMailbox("office"), "To leave a message for the office, press 3."),
    }
    assert list(office.menu.greetings) == list(Part)
    assert (office.operator, office.general_mailbox) == ("maria", "office")


def test_what_a_document_leaves_out_has_the_model_s_defaults(document):
    document["trunks"] = [{"port": "fxo-1"}]
    office = parse_office(document)
    assert office.trunks == (Trunk(name="fxo-1", port="fxo-1", number=""),)
    assert office.menu == Menu(office.menu.keys, office.menu.greetings)
    assert (office.mailbox_access, office.outside_prefix) == ("8500", "9")
    assert (office.morning_until, office.evening_from) == (time(11), time(17))
    assert (office.longest_message_seconds, office.messages_per_mailbox, office.led) == (180.0, 100, MessageLamp(17))


def test_every_optional_thing_can_be_said(document):
    document |= {
        "$schema": "office.schema.json",
        "mailbox_access": "*98".replace("*", "7"),
        "outside_prefix": "8",
        "morning_until": "12:30",
        "evening_from": "18:15",
        "longest_message_seconds": 90,
        "messages_per_mailbox": 50.0,
        "led": {"gpio": 22},
    }
    document["trunks"][0] |= {
        "endings": ["tone", "silence"],
        "answer_after_rings": 2,
    }
    document["people"][3] |= {"ring_seconds": 12.5, "mailbox": False}
    document["menu"] |= {"first_digit_seconds": 7, "between_digits_seconds": 2, "silent_tries": 1, "wrong_tries": 2.0}
    document["menu"] |= {"shared_prefix_seconds": 1}
    office = parse_office(document)
    assert office.trunks[0] == Trunk("main", "fxo-1", "5550100", frozenset({Ending.TONE, Ending.SILENCE}), 2)
    assert (office.people[3].ring_seconds, office.people[3].mailbox) == (12.5, False)
    assert (office.mailbox_access, office.outside_prefix) == ("798", "8")
    assert (office.morning_until, office.evening_from) == (time(12, 30), time(18, 15))
    assert (office.longest_message_seconds, office.messages_per_mailbox, office.led) == (90, 50, MessageLamp(22))
    assert office.menu == Menu(office.menu.keys, office.menu.greetings, 7, 2, 1, 1, 2)
    assert office.part_of_day(datetime(2026, 1, 5, 23, 16, tzinfo=UTC)) is Part.EVENING


def test_all_mistakes_are_told_at_once_in_the_order_of_the_document(document):
    document["people"][0]["extention"] = document["people"][0].pop("extension")
    document["people"][1]["pin"] = "1234"
    document["people"][2]["extension"] = "1013"
    document["people"][3]["ring_seconds"] = 1000
    document["menu"]["keys"]["1"]["person"] = "marai"
    document["menu"]["keys"]["12"] = {"action": "repeat"}
    document["country"] = "usa"
    document["time_zone"] = "New York"
    document["trunks"][0]["endings"] = ["loopbreak"]
    document["evening_from"] = "25:00"
    del document["operator"]
    assert said(document) == [
        "operator: is missing",
        "country: is not a country whose telephone tones are known (did you mean 'us'?)",
        "time_zone: is not a known time zone, such as America/New_York (did you mean 'America/New_York'?)",
        "trunks[0].endings[0]: must be one of loop-break, polarity, tone, silence (did you mean 'loop-break'?)",
        "people[0].extention: is not known here (did you mean 'extension'?)",
        "people[1].pin: a PIN whose digits follow one another is guessed at once",
        "people[2].extension: 1013 begins with 101 at people[1].extension",
        "people[3].ring_seconds: must be from 5 to 120",
        "menu.keys.1.person: there is nobody with the id marai among the people (did you mean 'maria'?)",
        "menu.keys.12: is not a key of a telephone: 0 to 9, * or #",
        "evening_from: must be a time from 00:00 to 23:59",
    ]


def change(document: dict[str, Any], path: str, value: object) -> None:
    *steps, last = path.replace("[", ".").replace("]", "").split(".")
    place: Any = document
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[int(last) if isinstance(place, list) else last] = value


MISTAKES: list[tuple[str, object, list[str]]] = [
    ("name", "", ["name: must not be empty"]),
    ("name", 7, ["name: must be text in quotation marks"]),
    ("name", "x" * 61, ["name: must be at most 60 characters long"]),
    ("name", "Riverside\nDental", ["name: holds a line break or another character that cannot be shown"]),
    ("name", "Riverside \ud800", ["name: holds a line break or another character that cannot be shown"]),
    ("country", "xx", ["country: is not a country whose telephone tones are known; known are de, fr, jp, se, uk, us"]),
    ("time_zone", "../etc/passwd", ["time_zone: is not a known time zone, such as America/New_York"]),
    (
        "time_zone",
        "Europe/Berln",
        ["time_zone: is not a known time zone, such as America/New_York (did you mean 'Europe/Berlin'?)"],
    ),
    ("trunks", {}, ["trunks: must be a list in brackets"]),
    ("trunks[1].port", "fxo-1", ["trunks[1].port: the port fxo-1 is already given at trunks[0].port"]),
    ("trunks[1].name", "main", ["trunks[1].name: the name main is already given at trunks[0].name"]),
    ("trunks[3].number", "5550100", ["trunks[3].number: the number 5550100 is already given at trunks[0].number"]),
    ("trunks[3].number", "555-0103", ["trunks[3].number: must be digits only, at most 15, or empty"]),
    ("trunks[0].endings", [], ["trunks[0].endings: must not be empty"]),
    ("trunks[0].endings", ["tone", "tone"], ["trunks[0].endings: names something twice"]),
    ("trunks[0].answer_after_rings", True, ["trunks[0].answer_after_rings: must be a whole number"]),
    ("people[0].ring_seconds", float("nan"), ["people[0].ring_seconds: must be a finite number"]),
    ("stations[2].port", "fxo-3", ["stations[2].port: the port fxo-3 is already given at trunks[2].port"]),
    ("stations[2].port", "fxs-1", ["stations[2].port: the port fxs-1 is already given at stations[0].port"]),
    ("stations[3].name", "surgery", ["stations[3].name: the name surgery is already given at stations[1].name"]),
    ("people[0].id", "../tom", [
        "people[0].id: must be small letters, digits and hyphens, beginning with a letter, at most 32",
        "menu.keys.3.person: there is nobody with the id office among the people",
        "general_mailbox: there is nobody with the id office among the people",
    ]),
    ("people[3].id", "tom", [
        "people[3].id: the id tom is already given at people[2].id",
        "menu.keys.2.person: there is nobody with the id ruth among the people",
    ]),
    ("people[3].extension", "102", ["people[3].extension: the extension 102 is already given at people[2].extension"]),
    ("people[3].extension", "1021", ["people[3].extension: 1021 begins with 102 at people[2].extension"]),
    ("people[3].extension", "10", [
        "people[3].extension: 10 is the beginning of 100 at people[0].extension",
        "people[3].extension: 10 is the beginning of 101 at people[1].extension",
        "people[3].extension: 10 is the beginning of 102 at people[2].extension",
    ]),
    ("people[3].extension", "021", ["people[3].extension: 021 begins with 0, which calls the operator"]),
    ("people[3].extension", "850", [
        "people[3].extension: 850 is the beginning of 8500, the number for hearing messages"
    ]),
    ("people[3].extension", "8500", ["people[3].extension: 8500 is the same as 8500, the number for hearing messages"]),
    ("people[3].extension", "911", [
        "people[3].extension: 911 begins with 9, the number for an outside line",
    ]),
    ("people[3].extension", "1O3", ["people[3].extension: must be 2 to 6 digits"]),
    ("people[3].extension", "104\n", [
        "people[3].extension: holds a line break or another character that cannot be shown"
    ]),
    ("people[3].extension", 103, ["people[3].extension: must be text in quotation marks"]),
    ("people[1].station", "front-desk", [
        "people[1].station: there is no station called front-desk (did you mean 'front desk'?)"
    ]),
    ("people[1].mailbox", "yes", ["people[1].mailbox: must be true or false"]),
    ("people[1].pin", "123", ["people[1].pin: must be 4 to 12 digits"]),
    ("people[1].pin", "0000", ["people[1].pin: a PIN of one repeated digit is guessed at once"]),
    ("people[1].pin", "8765", ["people[1].pin: a PIN whose digits follow one another is guessed at once"]),
    ("people[1].pin", "7890", ["people[1].pin: a PIN whose digits follow one another is guessed at once"]),
    ("people[1].pin", "0101", ["people[1].pin: a PIN must not be the extension it protects"]),
    ("people[0].mailbox", False, [
        "menu.keys.3.person: office has no mailbox",
        "general_mailbox: office has no mailbox",
    ]),
    ("operator", "Maria Alvares", [
        "operator: must be small letters, digits and hyphens, beginning with a letter, at most 32",
        "operator: there is nobody with the id Maria Alvares among the people (did you mean 'maria'?)",
    ]),
    ("general_mailbox", "ofice", [
        "general_mailbox: there is nobody with the id ofice among the people (did you mean 'office'?)"
    ]),
    ("menu.keys.4", {"action": "persn", "person": "tom"}, [
        "menu.keys.4.action: must be one of person, department, mailbox, operator, message, messages, menu, back, "
        "information, directory, same-person, fax, outside, repeat, hang-up (did you mean 'person'?)",
    ]),
    ("menu.keys.4", {"action": "person"}, [
        "menu.keys.4.person: is missing: the action person needs to know whose"
    ]),
    ("menu.keys.4", {"action": "repeat", "person": "tom"}, [
        "menu.keys.4.person: the action repeat concerns no person; leave this out"
    ]),
    ("menu.keys.4", 4, ["menu.keys.4: must be a group of names and values in braces"]),
    ("menu.greetings", {"morning": "Hi.", "evning": "Hi."}, [
        "menu.greetings.afternoon: is missing",
        "menu.greetings.evning: is not known here (did you mean 'evening'?)",
    ]),
    ("mailbox_access", "9500", ["mailbox_access: 9500 begins with 9, the number for an outside line"]),
    ("outside_prefix", "0", ["outside_prefix: 0 is the same as 0, which calls the operator"]),
    ("outside_prefix", "x", ["outside_prefix: must be 1 to 6 digits, or empty"]),
    ("morning_until", "18:00", ["evening_from: the evening begins at 17:00, before the morning ends at 18:00"]),
    ("morning_until", "9:00", ["morning_until: must be a time from 00:00 to 23:59"]),
    ("people", [], [
        "people: must not be empty",
        "operator: there is nobody with the id maria among the people",
        "general_mailbox: there is nobody with the id office among the people",
        "menu.keys.1.person: there is nobody with the id maria among the people",
        "menu.keys.2.person: there is nobody with the id ruth among the people",
        "menu.keys.3.person: there is nobody with the id office among the people",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "told"), MISTAKES, ids=[f"{path}={value!r}" for path, value, _ in MISTAKES])
def test_a_mistake_is_told_with_its_place_and_reason(document, path, value, told):
    change(document, path, value)
    assert sorted(said(document)) == sorted(told)


def test_an_office_with_an_extension_that_is_an_emergency_number_is_used_with_a_warning(document):
    """It worked before, perhaps, and is answered; but the emergency call goes out."""
    document["country"] = "de"
    document["people"][3]["extension"] = "110"
    office = parse_office(document, COUNTRIES)
    (warning,) = [str(problem) for problem in lint(office) if problem.path == "people[3].extension"]
    assert warning.startswith("people[3].extension: 110 is an emergency number, which is called then")
    assert station_destination(office, "110") == ToOutside("110", emergency=True)


def test_an_outside_prefix_that_makes_one_emergency_number_of_another_is_told(document):
    """In France 115 helps the homeless, and 15 is the ambulance."""
    document |= {"country": "fr", "outside_prefix": "1"}
    document["people"] = [{"id": "ann", "name": "Ann", "extension": "20", "station": "front desk"}]
    document |= {"operator": "ann", "general_mailbox": "ann"}
    document["menu"]["keys"] = {}
    told = [str(problem) for problem in lint(parse_office(document, COUNTRIES)) if problem.path == "outside_prefix"]
    why = "115 is an emergency number itself, which is called then: 15 is to be dialed without it"
    assert told == [f"outside_prefix: {why}"]


def test_without_a_list_of_countries_any_country_passes(document):
    document["country"] = "zz"
    assert parse_office(document).country == "zz"


@pytest.mark.parametrize("document", [None, 1, "text", [], True], ids=repr)
def test_a_document_that_is_no_object_is_refused(document):
    assert said(document) == ["must be a group of names and values in braces"]


def test_what_is_not_json_at_all_is_refused():
    assert said({"name": {1, 2}}) == ["name: is a set, which JSON does not have"]
    assert said({3: "name"}) == ["has a name that cannot be shown"]


def test_a_document_that_contains_itself_is_refused():
    document: dict[str, Any] = {}
    document["menu"] = document
    assert said(document) == [f"menu.menu.menu: has more than {DEEPEST_DOCUMENT} lists and objects inside one another"]


def test_a_list_that_contains_itself_over_and_over_is_refused():
    document: list[Any] = []
    document.extend([document] * 200)
    assert said(document) == [f"[0][0][0]: has more than {DEEPEST_DOCUMENT} lists and objects inside one another"]


def test_a_list_beyond_all_measure_is_refused_without_a_look_inside():
    assert said({"people": [{"extension": str(number)} for number in range(50_000)]}) == [
        "people: has more than 500 entries"
    ]


def test_a_thousand_mistakes_are_told_as_a_hundred():
    assert len(said({"people": [{"id": 1}] * 200, "trunks": [{"endings": [*range(99), "x"]}] * 200})) <= 110


def test_text_that_is_not_json_is_told_by_line_and_column():
    assert said_of_text('{"name": "Riverside",\n "country" "us"}') == [
        "this is not JSON: a colon is missing behind the name before line 2, column 12"
    ]
    assert said_of_text("") == ["this is not JSON: the file is empty"]


def test_a_name_given_twice_is_told_where():
    text = '{"people": [{"id": "a", "id": "b"}], "menu": {"keys": {"1": 1, "1": 2, "2": 3}}}'
    assert said_of_text(text) == ["people[0].id: is given twice", "menu.keys.1: is given twice"]


def test_text_beyond_all_measure_is_refused():
    assert said_of_text(" " * (LARGEST_DOCUMENT + 1)) == ["the document is longer than 1000000 characters"]
    assert said_of_text("[" * 400_000) == ["has more than 16 lists and objects inside one another"]
    assert said_of_text("1" * 5000) == ["a number in the document has too many digits"]


def test_a_byte_order_mark_does_no_harm():
    assert load_document("\ufeff{}") == {}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(document=JSON)
def test_no_document_breaks_the_parser(document):
    with pytest.raises(OfficeErrors):
        parse_office(document, COUNTRIES)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of everything in a document."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for step, item in inside for found in places(item, (*path, step)))]


RIGHT = {path.stem: json.loads(path.read_text()) for path in EXAMPLES}
PLACES = [(name, place) for name, document in RIGHT.items() for place in places(document)[1:]]
CHRISTMAS = datetime(2026, 12, 24, 18, 0, tzinfo=UTC)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(at=st.sampled_from(PLACES), put=JSON | st.sampled_from(["maria", "101", "9", "12:00", "fxo-1", "night", "sv"]))
def test_no_change_to_a_right_document_breaks_the_parser_or_whoever_looks_at_the_office(at, put):
    name, place = at
    document = json.loads(json.dumps(RIGHT[name]))
    inside: Any = document
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = put
    with suppress(OfficeErrors):
        office = parse_office(document, COUNTRIES)
        assert office.person(office.operator) in office.people
        assert office.person(office.general_mailbox) in office.people
        assert describe(office)
        lint(office, CHRISTMAS.date())
        for trunk in office.trunks:
            assert arrival(office, trunk, "", Circumstances(office.local(CHRISTMAS))).because


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
def test_no_text_breaks_the_loader(text):
    with suppress(OfficeErrors):
        json.dumps(load_document(text))
