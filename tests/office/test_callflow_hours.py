"""The call flow by the hours: as it ever is, and as it is at one moment."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from appliance.office.callflow import CLOSED, ENTERING, LUNCH, CallFlow
from appliance.office.destination import ToGeneralMailbox, ToMailbox, ToMenu
from appliance.office.document import parse_office

OFFICE = Path(__file__).parents[2] / "examples" / "offices" / "lakeside-medical.json"
CHICAGO = ZoneInfo("America/Chicago")


def office(**changed):
    return parse_office(json.loads(OFFICE.read_text()) | changed)


def leads(flow: CallFlow) -> dict[str, list[tuple[str, object]]]:
    return {one.name: [(edge.by, edge.target) for edge in flow.edges[one]] for one in flow.entrances}


def test_every_destination_of_the_hours_leads_on_from_the_line():
    assert leads(CallFlow(office())) == {
        "main": [(ENTERING, ToMenu("main")), (CLOSED, ToMenu("night")), (LUNCH, ToGeneralMailbox())],
        "line 2": [(ENTERING, ToMenu("main")), (CLOSED, ToMenu("night")), (LUNCH, ToGeneralMailbox())],
        "pharmacies": [(ENTERING, ToMenu("pharmacies")), (CLOSED, ToMailbox("refills"))],
    }


def test_at_a_moment_each_line_leads_where_its_hours_say():
    evening = CallFlow(office(), datetime(2026, 3, 4, 16, 0, tzinfo=CHICAGO))
    assert leads(evening) == {
        "main": [(ENTERING, ToMenu("night"))],
        "line 2": [(ENTERING, ToMenu("night"))],
        "pharmacies": [(ENTERING, ToMenu("pharmacies"))],
    }
    assert [entrance.menu for entrance in evening.entrances] == ["night", "night", "pharmacies"]
    sunday = CallFlow(office(), datetime(2026, 3, 8, 12, 0, tzinfo=CHICAGO))
    assert leads(sunday)["pharmacies"] == [(ENTERING, ToMailbox("refills"))]
    assert [entrance.menu for entrance in sunday.entrances] == ["night", "night", ""]


def test_a_menu_that_only_the_night_leads_to_is_reached():
    flow = CallFlow(office())
    assert ToMenu("night") in flow.reached(flow.entrances)
