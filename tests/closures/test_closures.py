"""The closures of a calendar file, read by the process that reads it, in virtual time."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.clock import LoopClock, run_virtual
from appliance.closures.calendarfile import NoCalendar, closures_in
from appliance.closures.closures import LARGEST_FILE, Closures

ZONE = ZoneInfo("America/New_York")
START = datetime(2026, 11, 2, 12, tzinfo=UTC)

CHRISTMAS = "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261228\nSUMMARY:Christmas"


def calendar(*events, head=""):
    """The text of a calendar. Each event is what stands in it, without what each must have."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//", *filter(None, [head])]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", "DTSTAMP:20260101T000000Z", *event.split("\n"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


@pytest.fixture
def file(tmp_path):
    return tmp_path / "closures.ics"


def read(file, text=None):
    """What is read from a file that has this text: each closure in UTC, and what is wrong."""
    if text is not None:
        file.write_text(text)

    async def main():
        closures = Closures(file, ZONE, LoopClock(asyncio.get_running_loop(), START))
        await closures.refresh()
        return shown(closures), faults(closures, file)

    return run_virtual(main)


def shown(closures):
    return [(f"{one.start:%Y-%m-%d %H:%M}", f"{one.end:%Y-%m-%d %H:%M}", one.name) for one in closures.now]


def faults(closures, file):
    return [fault.removeprefix(f"the calendar {file}: ") for fault in closures.faults]


@pytest.mark.parametrize(
    ("event", "closed"),
    [
        (CHRISTMAS, [("2026-12-24 05:00", "2026-12-28 05:00", "Christmas")]),
        ("DTSTART;VALUE=DATE:20261224", [("2026-12-24 05:00", "2026-12-25 05:00", "")]),
        ("DTSTART:20261110T100000\nDURATION:PT90M\nSUMMARY:Talk", [("2026-11-10 15:00", "2026-11-10 16:30", "Talk")]),
        ("DTSTART:20261110T100000Z\nDTEND:20261110T110000Z", [("2026-11-10 10:00", "2026-11-10 11:00", "")]),
        (
            "DTSTART;TZID=Europe/London:20261110T100000\nDTEND;TZID=Europe/London:20261110T110000",
            [("2026-11-10 10:00", "2026-11-10 11:00", "")],
        ),
        (
            "DTSTART;TZID=America/New_York:20270307T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3\n"
            "EXDATE;TZID=America/New_York:20270321T090000",
            [("2027-03-07 14:00", "2027-03-07 15:00", ""), ("2027-03-14 13:00", "2027-03-14 14:00", "")],
        ),
        (
            "DTSTART;VALUE=DATE:20201225\nSUMMARY:Christmas\\, again\nRRULE:FREQ=YEARLY",
            [("2026-12-25 05:00", "2026-12-26 05:00", "Christmas, again")],
        ),
        ("DTSTART:20261110T100000Z\nDTEND:20261110T110000Z\nSTATUS:CANCELLED", []),
        ("DTSTART:20261110T100000Z\nSUMMARY:A reminder", []),
        ("DTSTART:20200101T100000Z\nDURATION:PT1H", []),
        ("DTSTART:20300101T100000Z\nDURATION:PT1H", []),
        ("DTSTART:20261102T060000Z\nDURATION:PT12H\nSUMMARY:Now", [("2026-11-02 06:00", "2026-11-02 18:00", "Now")]),
        ("DTSTART:20260101T100000\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", []),
    ],
)
def test_when_an_entry_closes_the_office(file, event, closed):
    assert read(file, calendar(event)) == (closed, [])


def test_times_are_those_of_the_calendar_s_own_zone_where_it_names_one(file):
    text = calendar("DTSTART:20261110T100000\nDURATION:PT1H", head="X-WR-TIMEZONE:Asia/Tokyo")
    assert read(file, text) == ([("2026-11-10 01:00", "2026-11-10 02:00", "")], [])


def test_an_occurrence_that_was_moved(file):
    text = calendar(
        "DTSTART:20261110T100000Z\nDURATION:PT1H\nSUMMARY:Talk\nRRULE:FREQ=WEEKLY;COUNT=2",
        "DTSTART:20261118T120000Z\nDURATION:PT1H\nSUMMARY:Talk\nRECURRENCE-ID:20261117T100000Z",
    ).replace("UID:1", "UID:0")
    assert read(file, text)[0] == [
        ("2026-11-10 10:00", "2026-11-10 11:00", "Talk"),
        ("2026-11-18 12:00", "2026-11-18 13:00", "Talk"),
    ]


def test_entries_of_one_name_that_meet_are_one(file):
    text = calendar("DTSTART;VALUE=DATE:20261224\nSUMMARY:Shut\nRRULE:FREQ=DAILY;COUNT=3", CHRISTMAS)
    assert read(file, text)[0] == [
        ("2026-12-24 05:00", "2026-12-27 05:00", "Shut"),
        ("2026-12-24 05:00", "2026-12-28 05:00", "Christmas"),
    ]


def test_a_name_is_what_can_be_said(file):
    text = calendar("DTSTART;VALUE=DATE:20261224\nSUMMARY:" + "A\\nB\x07  C" + "x" * 100)
    [(_, _, name)] = read(file, text)[0]
    assert name == "A B C" + "x" * 55


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "it is empty"),
        (" \r\n", "it is empty"),
        ("hello", "it is no calendar (iCalendar), or only a part of one"),
        ("BEGIN:VCARD\r\nEND:VCARD\r\n", "it is no calendar (iCalendar), or only a part of one"),
        (calendar(CHRISTMAS)[:-30], "it is no calendar (iCalendar), or only a part of one"),
        ("\x00\x01\x02" * 1000, "it is no calendar (iCalendar), or only a part of one"),
    ],
    ids=["nothing", "blank", "text", "card", "cut", "binary"],
)
def test_a_file_that_is_no_calendar(file, text, fault):
    assert read(file, text) == ([], [fault])


def test_a_file_in_another_encoding_or_of_any_bytes(file):
    file.write_bytes(bytes(range(256)) * 400)
    assert read(file) == ([], ["it is no calendar (iCalendar), or only a part of one"])
    file.write_bytes(calendar(CHRISTMAS).replace("Christmas", "Noël").encode("latin-1"))
    closed, wrong = read(file)
    assert ([(start, end) for start, end, _ in closed], wrong) == ([("2026-12-24 05:00", "2026-12-28 05:00")], [])


def test_a_file_that_is_not_there_is_no_file_or_is_too_large(file):
    assert read(file) == ([], ["it cannot be read: No such file or directory"])
    file.mkdir()
    assert read(file) == ([], ["it is no file"])
    file.rmdir()
    os.mkfifo(file)
    assert read(file) == ([], ["it is no file"])
    file.unlink()
    with file.open("wb") as large:
        large.truncate(50_000_000)
    assert LARGEST_FILE < 50_000_000
    assert read(file) == ([], ["it is larger than 2 MB"])


@pytest.mark.parametrize("often", ["SECONDLY", "MINUTELY", "HOURLY;UNTIL=20990101"])
def test_what_is_repeated_more_often_than_once_a_day_is_left_out_alone(file, often):
    closed, wrong = read(file, calendar(f"DTSTART:19700101T000000Z\nSUMMARY:Endless\nRRULE:FREQ={often}", CHRISTMAS))
    assert [name for _, _, name in closed] == ["Christmas"]
    assert wrong == ["what is called 'Endless' is repeated more often than once a day, and is left out"]


@pytest.mark.parametrize(
    "bad",
    [
        "DTSTART:soon",
        "SUMMARY:no start",
        "DTSTART:20261110T100000Z\nRRULE:FREQ=OFTEN",
        "DTSTART:20261110T100000Z\nRRULE:FREQ=WEEKLY;INTERVAL=0",
        "DTSTART:20261110T100000Z\nRRULE;VALUE=DATE:20261110",
        "DTSTART:20261110T100000Z\nDTSTART:20261111T100000Z",
    ],
)
def test_what_cannot_be_read_is_left_out_alone(file, bad):
    closed, wrong = read(file, calendar(f"{bad}\nSUMMARY:Bad" if "SUMMARY" not in bad else bad, CHRISTMAS))
    name = "no start" if "no start" in bad else "Bad"
    assert [name for _, _, name in closed] == ["Christmas"]
    assert wrong == [f"what is called {name!r} has a date or a repetition that cannot be read, and is left out"]


def test_of_many_faults_some_are_told(file):
    wrong = read(file, calendar(*(f"DTSTART:soon\nSUMMARY:{number}" for number in range(100)), CHRISTMAS))[1]
    assert (len(wrong), wrong[-1]) == (6, "there are 95 more faults of this kind")


VALUES = [
    "20261224",
    "20261224T100000Z",
    "P1D",
    "-PT1H",
    "",
    "soon",
    "00010101",
    "99991231T235959",
    "FREQ=DAILY;COUNT=-1",
]
VALUES += [
    "FREQ=WEEKLY;INTERVAL=0",
    "FREQ=MONTHLY;BYDAY=99MO",
    "FREQ=YEARLY;UNTIL=soon",
    "20261224/20261225",
    "-9999",
    "x",
]
LINES = calendar(
    "DTSTART;TZID=Europe/London:20261110T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nEXDATE:20261117T100000Z",
    CHRISTMAS + "\nRDATE;VALUE=DATE:20270101\nSTATUS:CONFIRMED\nRECURRENCE-ID:20261224",
).splitlines()
NAMES = sorted({line.partition(":")[0].partition(";")[0] for line in LINES})
CHANGED = st.lists(
    st.tuples(
        st.integers(0, len(LINES)),
        st.booleans(),
        st.builds(
            lambda name, kind, value: f"{name}{kind}:{value}",
            st.sampled_from(NAMES),
            st.sampled_from(["", "", ";VALUE=DATE", ";TZID=Nowhere"]),
            st.sampled_from(VALUES) | st.text(max_size=8),
        ),
    ),
    min_size=1,
    max_size=4,
)


@given(changed=CHANGED)
def test_no_calendar_breaks_what_reads_it(changed):
    lines = list(LINES)
    for place, instead, line in changed:
        lines[place : place + instead] = [line]
    with suppress(NoCalendar):
        closures, wrong = closures_in("\r\n".join(lines).encode(), ZONE, START, START + timedelta(days=400))
        assert all(one.start < one.end for one in closures)
        assert all(isinstance(fault, str) for fault in wrong)


def test_what_takes_too_long_ends_the_process_that_reads_it_and_nothing_else(file):
    every_minute = f"BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))}"
    text = calendar(f"DTSTART:00010101T000000\nSUMMARY:Endless\nRRULE:FREQ=DAILY;{every_minute}")
    assert read(file, text) == ([], ["it takes too long to work out when its entries are, or too much memory"])


def test_more_entries_than_anybody_needs_are_cut_off_and_told(file):
    text = calendar(
        *(f"DTSTART:20261110T{hour:02}0000Z\nDURATION:PT1H\nSUMMARY:{hour}\nRRULE:FREQ=DAILY" for hour in range(6))
    )
    closed, wrong = read(file, text)
    assert len(closed) == 2000
    assert wrong == ["it has 2358 entries until 2027-12-07; the first 2000 are used"]


def test_a_file_that_changes_is_read_again_and_one_that_is_spoilt_leaves_what_was_there(file):
    file.write_text(calendar(CHRISTMAS))

    async def main():
        closures = Closures(file, ZONE, LoopClock(asyncio.get_running_loop(), START))
        seen = []

        async def look(after):
            await asyncio.sleep(after)
            await closures.refresh()
            seen.append(([one.name for one in closures.now], faults(closures, file)))

        await look(0)
        file.write_text(calendar(CHRISTMAS.replace("Christmas", "Holidays")))
        await look(59)
        await look(1)
        file.write_text("spoilt")
        await look(60)
        file.unlink()
        await look(60)
        file.write_text(calendar(CHRISTMAS))
        await look(60)
        return seen

    assert run_virtual(main) == [
        (["Christmas"], []),
        (["Christmas"], []),
        (["Holidays"], []),
        (["Holidays"], ["it is no calendar (iCalendar), or only a part of one"]),
        (["Holidays"], ["it cannot be read: No such file or directory"]),
        (["Christmas"], []),
    ]


def test_a_file_that_never_changes_is_read_again_as_time_goes_on(file):
    file.write_text(calendar("DTSTART;VALUE=DATE:20271220\nSUMMARY:Next year", CHRISTMAS))

    async def main():
        closures = Closures(file, ZONE, LoopClock(asyncio.get_running_loop(), START))
        await closures.refresh()
        before = [one.name for one in closures.now]
        await asyncio.sleep(60 * 24 * 3600)
        await closures.refresh()
        return before, [one.name for one in closures.now]

    assert run_virtual(main) == (["Christmas"], ["Next year"])
