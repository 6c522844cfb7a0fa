from __future__ import annotations

from appliance.office.description import describe
from appliance.office.document import parse_office
from appliance.office.lint import lint
from appliance.office.menus import menu_seconds, spoken_seconds
from appliance.office.model import Part


def warned(document: object) -> list[str]:
    return [str(problem) for problem in lint(parse_office(document))]


def test_a_menu_that_takes_longer_than_20_s_is_warned_of(document):
    document["menu"]["greetings"]["evening"] += " We are closed now. " + "Please call again tomorrow morning. " * 5
    assert warned(document) == ["menu: takes about 24 s to read out in the evening; callers bear 20 s"]


def test_a_menu_that_callers_can_bear_is_not_warned_of(document):
    assert menu_seconds(parse_office(document).menu, Part.MORNING) < 20
    assert warned(document) == []


def test_a_number_is_read_out_digit_by_digit():
    assert spoken_seconds("Call 5550100.") == spoken_seconds("Call five five five oh one oh oh.")


def test_a_key_the_menu_says_nothing_of_is_warned_of(document):
    document["menu"]["keys"]["4"] = {"action": "operator"}
    document["menu"]["keys"]["*"] = {"action": "repeat"}
    assert warned(document) == ["menu.keys.4: the menu does not say what this key does"]


def test_a_key_that_calls_somebody_without_a_station_is_warned_of(document):
    document["menu"]["keys"]["3"]["action"] = "person"
    assert warned(document) == [
        "menu.keys.3.action: Riverside Dental has no station; for a key that takes a message, use the action mailbox"
    ]


def test_people_who_cannot_be_reached_or_cannot_hear_their_messages_are_warned_of(document):
    document["people"][2] |= {"mailbox": False}
    del document["people"][2]["station"]
    del document["people"][3]["pin"]
    assert warned(document) == [
        "people[2]: Doctor Tom Becker has neither a station nor a mailbox: calls for them reach nobody",
        "people[2].pin: Doctor Tom Becker has no mailbox that this PIN could open",
        "people[3].pin: without a PIN nobody can hear the messages of Ruth Olsen by telephone",
    ]


def test_a_station_of_two_people_is_warned_of_once(document):
    document["people"][3]["station"] = "surgery"
    assert warned(document) == [
        "people[3].station: surgery is also the station of Doctor Tom Becker, whose mailbox it opens"
    ]


def test_an_operator_without_a_station_is_warned_of(document):
    document["operator"] = "office"
    assert warned(document) == ["operator: Riverside Dental has no station: callers who need help meet a mailbox"]


def test_lines_without_numbers_and_no_lines_at_all_are_warned_of(document):
    for trunk in document["trunks"]:
        trunk["number"] = ""
    assert warned(document) == ["trunks: no line has its number: the call log cannot say which number was called"]
    document["trunks"] = []
    assert warned(document) == ["trunks: there is no line to the exchange: nobody can call this office"]


def test_an_empty_menu_and_an_empty_greeting_are_warned_of(document):
    document["menu"]["keys"] = {}
    document["menu"]["greetings"]["morning"] = " "
    assert warned(document) == [
        "menu.greetings.morning: callers are not greeted in the morning",
        "menu.keys: no key does anything but 0: callers need to know an extension",
    ]


def test_the_summary_tells_everything_but_the_pins(document):
    document["menu"]["keys"]["*"] = {"action": "hang-up"}
    document["people"][3] |= {"mailbox": False}
    document["people"][2].pop("pin")
    text = describe(parse_office(document))
    assert text.splitlines() == [
        "Riverside Dental (us, America/New_York)",
        "",
        "Lines",
        "  main: fxo-1, number 5550100",
        "  line 2: fxo-2, number 5550101",
        "  line 3: fxo-3, number 5550102",
        "  line 4: fxo-4, number 5550103",
        "Telephones",
        "  front desk: fxs-1",
        "  surgery: fxs-2",
        "  billing: fxs-3",
        "  break room: fxs-4",
        "People",
        "  Riverside Dental (office): extension 100, no telephone, mailbox with PIN, general mailbox",
        "  Maria Alvarez (maria): extension 101, rings front desk for 20 s, mailbox with PIN, operator",
        "  Doctor Tom Becker (tom): extension 102, rings surgery for 20 s, mailbox without PIN",
        "  Ruth Olsen (ruth): extension 103, rings billing for 20 s, no mailbox",
        "Menu",
        "  morning (until 11:00): Good morning, and thank you for calling Riverside Dental.",
        "  afternoon (11:00 to 17:00): Good afternoon, and thank you for calling Riverside Dental.",
        "  evening (from 17:00): Good evening, and thank you for calling Riverside Dental.",
        '  1: calls Maria Alvarez ("For appointments, press 1.")',
        '  2: calls Ruth Olsen ("For questions about a bill, press 2.")',
        '  3: takes a message for Riverside Dental ("To leave a message for the office, press 3.")',
        "  *: ends the call",
        "  0: calls the operator, Maria Alvarez",
        "Dialed on a telephone",
        "  8500: hear messages",
        "  9: an outside line",
    ]
    assert [person["pin"] for person in document["people"] if person.get("pin", "none") in text] == []


def test_more_than_five_choices_are_warned_of(document):
    keys = document["menu"]["keys"]
    keys["4"] = {"action": "operator", "says": "For Ann, press 4."}
    keys["5"] = {"action": "operator", "says": "For Bob, press 5."}
    keys["*"] = {"action": "repeat", "says": "Again: press star."}
    document["menu"]["greetings"] = dict.fromkeys(document["menu"]["greetings"], "Riverside Dental.")
    assert warned(document) == []
    keys["6"] = {"action": "operator", "says": "For Eve, press 6."}
    assert warned(document) == [
        "menu.keys: callers are offered 6 choices and forget the first: they keep 5 in mind",
    ]


def test_a_key_that_hides_extensions_is_warned_of(document):
    assert document["menu"].get("shared_prefix_seconds") is None
    assert warned(document) == []
    document["menu"]["shared_prefix_seconds"] = 0.5
    assert warned(document) == [
        "menu.keys.1: callers who dial extension 100 get this key instead, unless the next digit comes within 0.5 s"
    ]
    document["menu"]["extensions"] = False
    assert warned(document) == []


def test_every_warning_says_what_to_do(document):
    del document["people"][3]["pin"]
    document["operator"] = "office"
    document["outside_prefix"] = "7"
    document["people"][1] |= {"extension": "9112", "station": "surgery", "mailbox": False}
    document["menu"]["greetings"]["morning"] = " "
    document["menu"]["keys"] = {}
    document["trunks"] = [trunk | {"number": ""} for trunk in document["trunks"]]
    problems = lint(parse_office(document))
    assert len(problems) == 9
    assert [problem for problem in problems if not problem.mend.endswith(".")] == []


def test_a_summary_tells_of_departments_operators_and_where_calls_go(document):
    document["people"][1] |= {"cell": "4075550190", "forwarding": {"when": "no-answer"}}
    document["people"][2]["follow_me"] = [{"ring": "desk"}, {"ring": "number", "number": "101"}]
    members = [{"person": "maria"}, {"number": "94075550191"}]
    document["departments"] = [{"id": "care", "name": "Care", "extension": "200", "members": members}]
    document["operators"] = [{"person": "maria", "seconds": 15}, {"person": "tom"}]
    summary = describe(parse_office(document)).splitlines()
    of_care = summary.index("Departments") + 1
    assert summary[of_care] == (
        "  Care (care): extension 200, rings all for 60 s, no mailbox: Maria Alvarez, 94075550191"
    )
    operators = summary.index("Operators") + 1
    assert summary[operators : operators + 2] == ["  Maria Alvarez for 15 s", "  Doctor Tom Becker for 20 s"]
    people = [line for line in summary if line.startswith(("  Maria Alvarez (", "  Doctor Tom Becker ("))]
    assert "forwarded no-answer to the cell phone" in people[0]
    assert "2 steps of a follow-me list" in people[1]
