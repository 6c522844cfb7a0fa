"""The call log and the figures, as people use them."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from appliance.store.calllog import CallLog, CallRecord, CallStep, OutsideCall
from tests.web.browser import visiting
from tests.web.scenes.log import plots_drawn
from tests.web.site import running_site

NOON = datetime.now(UTC).replace(hour=17, minute=0, second=0, microsecond=0) - timedelta(days=3)


def calls():
    """Some of last week: of two hundred callers, one of Tom's, one from Maria's telephone, and one of a joker."""
    for number in range(200):
        at = NOON + timedelta(minutes=3 * number)
        gone = number % 10 == 0
        steps = (CallStep(0.5, "to the menu"), CallStep(9.0, "to maria"), CallStep(31.0, "waited 22 s for Maria"))
        yield CallRecord(
            f"c{number:03}",
            at,
            "in",
            "front desk",
            answered=None if gone else at + timedelta(seconds=8),
            ended=at + timedelta(seconds=60 + number),
            caller_number=f"555{number:04}",
            caller_name="JANE DOE" if number == 77 else "",
            called="5550100",
            reached="" if gone else "maria",
            outcome="abandoned" if gone else "connected",
            cause="loop-break",
            steps=steps,
        )
    at = NOON - timedelta(hours=1)
    over = at + timedelta(seconds=90)
    yield CallRecord("toms", at, "in", "front desk", ended=over, reached="tom", outcome="message-left", cause="on-hook")
    yield CallRecord("joke", at, "in", "front desk", ended=over, caller_name="=HYPERLINK(1)", outcome="goodbye")


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    """A unit that has had calls."""
    data = tmp_path_factory.mktemp("busy") / "data"
    data.mkdir(parents=True)
    log = CallLog.open(data / "calls.sqlite")
    for record in calls():
        log.begin(record)
    outside = OutsideCall("c001", NOON, "4075550123", "national", person="maria", account="42")
    log.outside_begins(outside)
    log.close()
    with running_site(data) as site:
        yield site


def seen(text):
    """The ids of the calls on a page."""
    return re.findall(r'href="/log/([^"?/.]+)"', text)


def test_pages_of_the_log_hold_every_call_once_the_newest_first(busy):
    ada, found, path = busy.visitor("ada"), [], "/log"
    while path:
        text = ada.get(path).text
        found += seen(text)
        older = re.search(r'rel="next" href="([^"]+)"', text)
        path = older[1].replace("&amp;", "&") if older else ""
    assert found == [f"c{number:03}" for number in reversed(range(200))] + ["joke", "toms"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("text=5550077", ["c077"]),
        ("text=jane", ["c077"]),
        ("text=%25", []),
        ("person=tom", ["toms"]),
        ("account=42", ["c001"]),
        ("outcome=goodbye", ["joke"]),
        ("lasted_least=258&direction=in", ["c199", "c198"]),
        ("answered=no&text=555019", ["c190"]),
        ("step=22+s+for+Maria&text=5550003", ["c003"]),
        ("waited_least=200", ["c190", "c180", "c170", "c160", "c150", "c140"]),
        ("direction=out", []),
        ("since=1990-01-01&until=1990-12-31", []),
    ],
)
def test_the_log_is_looked_through_by_anything(busy, asked, expected):
    assert seen(busy.visitor("olga").get(f"/log?{asked}").text) == expected


def test_the_filter_is_folded_until_something_is_searched_for(busy):
    folded = '<details class="search" data-stands-open>'
    found = [folded in busy.visitor("olga").get(path).text for path in ("/log", "/log?text=jane", "/log?since=x")]
    assert found == [True, False, False]


@pytest.mark.parametrize("asked", ["since=yesterday", "direction=up", "after=here", f"text={'x' * 200}", "after=%00 9"])
def test_what_cannot_be_looked_for_is_told_and_is_no_fault(busy, asked):
    answer = busy.visitor("ada").get(f"/log?{asked}")
    assert (answer.status_code, "could not be searched for" in answer.text) == (400, True)


def test_a_person_sees_their_own_calls_alone(busy):
    tom = busy.visitor("tom")
    assert seen(tom.get("/log?person=maria").text) == ["toms"]
    assert (tom.get("/log/toms").status_code, tom.get("/log/c001").status_code) == (200, 404)
    rows = list(csv.reader(io.StringIO(tom.get("/log/calls.csv?person=").text)))
    assert [row[-1] for row in rows] == ["Id", "toms"]


def test_a_call_is_told_step_by_step_in_plain_words(busy):
    text = busy.visitor("ada").get("/log/c001").text
    for words in ("Asked for Maria", "Waited 22 seconds", "The other side hung up.", "4075550123", "42", "0:09"):
        assert words in text


def test_the_file_has_every_call_and_nothing_that_a_spreadsheet_calculates(busy):
    answer = busy.visitor("ada").get("/log/calls.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 203
    joke = next(row for row in rows if row[-1] == "joke")
    assert joke[6] == "'=HYPERLINK(1)"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="calls.csv"'


def test_figures_are_those_of_the_calls(busy):
    first = (NOON - timedelta(days=1)).date().isoformat()
    found = busy.ask("figures", first=first)
    assert found["missing"] == 0
    assert (found["came"], found["answered"]["number"], found["early"]) == (202, 180, 180)
    assert sum(one["number"] for one in found["gave_up"]) == 20
    assert {one["key"]: one["number"] for one in found["choices"]} == {"to somebody": 200}
    assert {one["key"]: one["number"] for one in found["waited"]} == {"020": 200}
    assert sum(one["came"] for one in found["by_day"]) == 202
    busy_seconds = sum((record.ended - record.started).total_seconds() for record in calls())
    assert sum(one["seconds"] for one in found["lines"]["hours"]) == pytest.approx(busy_seconds, abs=1000)


def test_figures_are_plots_without_scripts_each_with_its_table(busy):
    ada = busy.visitor("ada")
    text = ada.get("/figures?period=year").text
    plots = re.findall(r'<img class="plot" src="([^"]+)"', text)
    narrow = re.findall(r'srcset="([^"]+)"', text)
    assert (len(plots), len(narrow)) == (8, 8)
    assert text.count("<table>") == 8
    for path in plots:
        answer = ada.get(path.replace("&amp;", "&"))
        assert answer.headers["Content-Type"].startswith("image/svg+xml")
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'"
        assert "<svg" in answer.text
        assert "script" not in answer.text
    assert 'width="500"' in ada.get(plots[0].replace("&amp;", "&")).text
    assert 'width="340"' in ada.get(narrow[0].replace("&amp;", "&")).text  # For a phone: its letters are not shrunk.


@pytest.mark.parametrize("asked", ["first=2026-02-31", "first=2020-01-01&last=2026-01-01", "first=x&last=y"])
def test_a_period_that_is_none_is_told(busy, asked):
    answer = busy.visitor("ada").get(f"/figures?{asked}")
    assert (answer.status_code, "must come before" in answer.text) == (400, True)
    assert busy.visitor("ada").get(f"/figures/by-day.svg?{asked}").status_code == 404


def test_figures_are_the_office_s_alone(busy):
    assert [busy.visitor("tom").get(path).status_code for path in ("/figures", "/figures/lines.svg")] == [403, 403]


def test_a_call_is_found_and_read_in_the_browser(busy, browser):
    with visiting(browser, busy, "ada") as page:
        page.click("nav >> text=Call log")
        page.fill("#text", "jane")
        page.click("main button.primary")
        page.wait_for_url("**text=jane**")
        page.click("table.calls a")
        assert "JANE DOE" in page.locator("h1").inner_text()
        page.click("nav >> text=Figures")
        plots_drawn(page)


def test_days_that_were_added_up_are_added_up_anew_from_the_calls_where_the_sums_are_gone(busy):
    first = (NOON - timedelta(days=1)).date().isoformat()
    before = busy.ask("figures", first=first)
    with sqlite3.connect(busy.data / "calls.sqlite") as log:
        log.execute("DELETE FROM tallied")
        log.execute("UPDATE tallies SET number = 1")
    log.close()
    assert busy.ask("figures", first=first) == before
