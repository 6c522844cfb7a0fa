"""The announcement that overrides all: what it overrides, and what the document may say of it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from appliance.office.arrival import Circumstances, arrival
from appliance.office.description import describe, leads
from appliance.office.destination import HearAnnouncement, ToAnnouncement, ToMenu, ToPromptRecording
from appliance.office.document import parse_office
from appliance.office.nightmode import NightMode
from appliance.office.numbering import menu_destination, menu_plan, station_destination
from appliance.office.problem import OfficeErrors

MORNING = datetime(2026, 3, 3, 9, 15, tzinfo=ZoneInfo("America/New_York"))
NOON = MORNING.replace(hour=12, minute=0)


@pytest.fixture
def with_a_manager(document):
    document["people"][1]["manager"] = True
    return document


@pytest.mark.parametrize("night", list(NightMode))
def test_it_overrides_hours_night_mode_and_rank(document, night):
    document["hours"] = {"main": {"week": {}}}
    document["callers"] = {"ranked": {"action": "person", "person": "maria"}}
    office = parse_office(document)
    found = arrival(office, office.trunks[0], "", Circumstances(MORNING, 9, night, announced=True))
    assert found.destination == HearAnnouncement()
    assert found.because[-1] == "The announcement that overrides all is switched on."


def test_until_when_it_is_on_is_told(document):
    office = parse_office(document)
    found = arrival(office, office.trunks[0], "", Circumstances(MORNING, announced=True, announced_until=NOON))
    assert found.because[-1] == "The announcement that overrides all is switched on until Tuesday 2026-03-03 12:00."
    assert leads(office, found.destination) == "tells the announcement, then takes a message for Riverside Dental"


def test_another_of_our_offices_does_not_hear_it(document):
    from dataclasses import replace

    office = parse_office(document)
    found = arrival(office, replace(office.trunks[0], outside=False), "", Circumstances(MORNING, announced=True))
    assert found.destination == ToMenu("main")


def test_where_callers_go_then_is_checked(document):
    document["announcement"] = {"then": {"action": "mailbox", "person": "mara"}}
    with pytest.raises(OfficeErrors, match=r"announcement.then.person: there is nobody with the id mara.*maria"):
        parse_office(document)
    document["announcement"] = {"then": {"action": "back"}}
    with pytest.raises(OfficeErrors, match=r"announcement.then.action: back has a meaning only for a key of a menu"):
        parse_office(document)


def test_what_is_written_is_shown_with_the_office(document):
    document["announcement"] = {"says": "We are closed because of snow."}
    assert "Announcement\n  We are closed because of snow.\n" in describe(parse_office(document))


def test_a_manager_dials_its_code_in_a_menu(with_a_manager):
    office = parse_office(with_a_manager)
    plan = menu_plan(office)
    assert [plan(digits) for digits in ("*", "*8", "*83", "*84")] == [3.0, 3.0, None, None]
    assert menu_destination(office, "*83") == ToAnnouncement()


def test_a_menu_may_have_a_star_of_its_own_all_the_same(with_a_manager):
    with_a_manager["menu"]["keys"]["*"] = {"action": "repeat"}
    office = parse_office(with_a_manager)
    plan = menu_plan(office)
    assert [plan(digits) for digits in ("*", "*8", "*83")] == [1.5, 3.0, None]
    assert str(menu_destination(office, "*")) == "to the menu again"
    assert menu_destination(office, "*83") == ToAnnouncement()


def test_without_a_manager_and_a_pin_a_star_means_nothing_and_nobody_waits(document):
    assert str(menu_destination(parse_office(document), "*83")) == "nowhere"
    for person in document["people"]:
        person.pop("pin", None)
    office = parse_office(document)
    assert menu_plan(office)("*") is None
    assert str(menu_destination(office, "*83")) == "nowhere"


def test_no_other_code_is_for_callers(with_a_manager):
    office = parse_office(with_a_manager)
    for code in ("*81", "*82", "*60"):
        assert str(menu_destination(office, code)) == "nowhere"


def test_the_codes_of_a_telephone(document):
    office = parse_office(document)
    assert station_destination(office, "*82") == ToPromptRecording()
    assert station_destination(office, "*83") == ToAnnouncement()
