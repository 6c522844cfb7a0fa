"""The office that a set-up makes has no mistake, and nothing that the lint would warn of."""

from __future__ import annotations

from itertools import product

import pytest

from appliance.office.document import parse_office
from appliance.office.languages import LANGUAGES
from appliance.office.lint import lint
from appliance.office.model import Office
from appliance.office.pin import weakness
from appliance.starting.answers import TEMPLATES, Answers
from appliance.starting.countries import USUAL, first_extension, free_extensions
from appliance.starting.devices import gateway_models
from appliance.starting.mistakes import CHECKS, mistakes
from appliance.starting.proposal import administrators_person, document
from appliance.starting.texts import START_TEXTS
from hw.sip.profile import profiles
from hw.tones.toneplan import COUNTRIES
from tests.starting.answered import FOUND, steps


def made(**changed: dict) -> Office:
    answers = Answers.of(steps(**changed))
    assert [mistake for step in CHECKS for mistake in mistakes(step, answers, FOUND)] == []
    return parse_office(document(answers, FOUND, lambda _extension: "4062"), COUNTRIES, profiles())


def warned(office: Office) -> list[tuple[str, str]]:
    return [(problem.path, problem.reason) for problem in lint(office)]


def people_from(country: str, count: int = 3) -> dict:
    """So many people with the extensions that are suggested there, telephones for the first two."""
    rows = []
    for place, extension in enumerate(free_extensions(country, (), first_extension(country), count)):
        telephone = FOUND.telephones[place] if place < 2 else ""
        rows.append({"name": f"Person Number {place}", "extension": extension, "telephone": telephone})
    return {"rows": rows}


def test_every_country_and_language_has_what_is_proposed():
    assert USUAL.keys() == set(COUNTRIES)
    assert START_TEXTS.keys() == LANGUAGES.keys()


@pytest.mark.parametrize(("template", "language"), product(TEMPLATES, LANGUAGES))
def test_every_template_in_every_language_is_without_mistake_and_warning(template, language):
    assert warned(made(place={"language": language}, menu={"template": template})) == []


@pytest.mark.parametrize("model", [model for model, _title in gateway_models()])
def test_lines_and_telephones_of_every_gateway_and_of_the_network_are_used_like_those_of_the_unit(model):
    devices = {"gateway_model": model, "gateway_address": "192.168.1.20", "network_telephones": ["192.168.1.31"]}
    there = Answers.of(steps(lines=devices)).devices.beside(FOUND)
    numbers = {port: f"40755501{place:02}" for place, port in enumerate(there.lines)}
    rows = people_from("us")["rows"]
    rows[0]["telephone"] = "network-phone-1"
    office = made(lines=devices | {"numbers": numbers}, people={"rows": rows})
    assert [trunk.port for trunk in office.trunks] == list(there.lines)
    assert [station.port for station in office.stations] == list(there.telephones)
    assert {line.port for _device, line in office.sip.lines()} == {*there.lines, *there.telephones} - {
        *FOUND.lines,
        *FOUND.telephones,
    }
    assert warned(office) == []


def test_callers_of_a_company_are_offered_its_own_people_and_its_own_operator():
    office = made(menu={"template": "companies", "works_for": ["first", "second", ""], "operator": 0})
    assert warned(office) == []
    offered = {id: [str(key.destination) for key in menu.keys.values()] for id, menu in office.menus.items()}
    assert offered == {"second": ["to tom-becker", "to ruth-olsen", "a message for the office"]}
    assert [set(person.companies) for person in office.people[:3]] == [{"first"}, {"second"}, set()]
    assert [company.operator for company in office.companies] == ["", "tom-becker"]


def test_callers_are_greeted_in_the_words_of_the_office():
    first, second = "Hello, {this} is Riverside Dental.", "Lakeside Orthodontics, good day."
    office = made(menu={"template": "companies", "greeting": first, "second_greeting": second})
    assert (office.menu.greeting, office.menus["second"].greeting) == (first, second)
    assert warned(office) == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_is_without_mistake_and_warning(country):
    usual = USUAL[country]
    place = {"country": country, "language": usual.language, "time_zone": usual.time_zone}
    lines = {"numbers": {"fxo-1": "5550100", "fxo-2": "5550101"}}
    assert warned(made(place=place, lines=lines, people=people_from(country))) == []


def test_a_company_of_long_names_still_has_a_menu_that_callers_bear():
    long = "The Very Long Named Institute of Many Words And Ever More"
    names = [f"Doctor Someone With A Very Long Double Name Number {place}" for place in range(4)]
    rows = [{"name": name, "extension": str(201 + place)} for place, name in enumerate(names)]
    rows[0]["telephone"] = "fxs-1"
    assert (
        warned(made(company={"name": long, "does": "all that one can think of and more"}, people={"rows": rows})) == []
    )


def test_more_people_than_keys_are_found_by_name():
    office = made(people=people_from("us", 40))
    says = [key.says for key in office.menu.keys.values()]
    assert len(says) == 5
    assert says[3:] == ["To find somebody by name, press 4.", "To leave a message, press 5."]
    assert warned(office) == []


@pytest.mark.parametrize(
    ("language", "name"), [("vi", "Nguyễn Thị Đào"), ("ru", "Юлия Щукина"), ("pl", "Łucja Żółć"), ("en", "李小龙 Li")]
)
def test_names_of_any_script(language, name):
    people = {"rows": [{"name": name, "extension": "201", "telephone": "fxs-1", "you": True}]}
    office = made(place={"language": language}, people=people, menu={"template": "one"})
    assert office.people[0].name == name
    assert warned(office) == []


def test_whoever_is_found_nowhere_else_is_called_on_the_cell_phone():
    office = made()
    assert [person.forwarding.when.value for person in office.people] == ["never", "no-answer", "always", "never"]
    assert office.people[1].cell == "4075550177"


def test_with_one_line_nobody_outside_is_promised_to_callers():
    office = made(lines={"numbers": {"fxo-1": "4075550100", "fxo-2": ""}})
    assert [person.forwarding.when.value for person in office.people] == ["never"] * 4
    assert warned(office) == []


def test_whoever_sets_it_up_has_the_own_mailbox_and_may_change_what_callers_hear():
    answers = Answers.of(steps())
    assert administrators_person(answers) == "maria-alvarez"
    assert [person.manager for person in made().people] == [True, False, False, False]


def test_two_companies_are_told_apart_by_their_lines():
    office = made(menu={"template": "companies"})
    assert [office.company_called(trunk, "").name for trunk in office.trunks] == [
        "Riverside Dental",
        "Lakeside Orthodontics",
    ]
    assert "Lakeside" in office.menus["second"].greets(next(iter(office.menus["second"].greetings)))


def test_pins_are_asked_for_with_the_extension_they_protect():
    asked: list[str] = []

    def new_pin(extension: str) -> str:
        asked.append(extension)
        return "4062"

    document(Answers.of(steps()), FOUND, new_pin)
    assert asked == ["201", "202", "203", "204"]
    assert weakness("4062", "201") is None
