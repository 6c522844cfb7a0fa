"""The language: what parses, what it means, and how mistakes are told."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import numpy as np
import pytest

from appliance.scenario import actions as act
from appliance.scenario.mistakes import ScenarioErrors
from appliance.scenario.officefile import office_reader
from appliance.scenario.panelactions import LampIs
from appliance.scenario.parser import parse
from appliance.scenario.settings import SETTINGS, Outsider
from appliance.scenario.verbs import VERBS
from appliance.wav.loading import AudioFileError

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
JANE = 'Jane calls 5550100 from 4075550123 "Jane Roe"\n'
BOB = "outside Bob 4075550199\n"
SOUND = np.zeros(800, np.int16)


def read_sound(name):
    if name == "nowhere.wav":
        raise AudioFileError("nowhere.wav cannot be read")
    return SOUND


def scenario(text):
    return parse(text, "my.scenario", office_reader(ROOT), read_sound)


def actions(text):
    return [step.action for step in scenario(text).steps]


SALES = """
office departments = [{"id": "sales", "name": "Sales", "extension": "200", "members": [{"person": "maria"}]}]
"""


def mistakes(text):
    with pytest.raises(ScenarioErrors) as caught:
        scenario(text)
    return str(caught.value).splitlines()


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.words)
def test_every_verb_is_on_the_page_with_an_example_that_parses(verb):
    section = PAGE.split(f"### {verb.words}\n", 1)[1].split("###")[0]
    example = next(line.strip() for line in section.splitlines() if line.startswith("    "))
    before = BOB + (JANE if not example.startswith("Jane calls") else "")
    assert len(actions(f"{before}{example}\n")) == (1 if example.startswith("Jane calls") else 2)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_on_the_page_with_an_example_that_parses(setting):
    section = PAGE.split(f"### {setting.name}\n", 1)[1].split("###")[0]
    example = next(line.strip() for line in section.splitlines() if line.startswith("    "))
    assert len(actions(f"{SALES}{example}\n{JANE}")) == 1


def test_the_page_tells_of_no_verb_there_is_not():
    told = [line.removeprefix("### ") for line in PAGE.splitlines() if line.startswith("### ")]
    assert sorted(told) == sorted([*(setting.name for setting in SETTINGS), *(verb.words for verb in VERBS)])


def test_whoever_is_not_in_a_department_cannot_have_logged_out_of_it():
    assert mistakes(f"{SALES}logged-out ruth sales\n{JANE}") == [
        "my.scenario:3:17: a department of this person is expected here, not 'sales'"
    ]


def test_the_scenario_on_the_page_parses():
    assert len(actions(PAGE.split("```")[1])) == 13


def test_acts_are_read():
    told = actions(
        BOB
        + JANE
        + """
        Jane presses 101#
        Jane presses 1 quickly
        Jane presses 1 slowly
        Jane presses 1 for 45ms
        Jane presses 1 with an echo after 40ms
        Jane presses 1 over a cellular network
        the front desk dials 102 by pulse
        fxs-2 flashes
        fxs-2 flashes for 300ms
        meanwhile Jane says "Hello, you"
        Jane plays "my song.wav"
        Jane sends a fax of 2 pages for 102
        Jane sends a fax
        Bob answers
        wait 2min
        wait until 17:30
        line 2 is cut
        fxo-1 breaks briefly
        line 2 is taken by another telephone
        line 2 is free again
        circuits to 4075550 are busy
        circuits to 4075550 are free
        """
    )
    assert told == [
        act.Calls("Jane", "5550100"),
        act.Presses("Jane", "101#"),
        act.Presses("Jane", "1", 50, 50),
        act.Presses("Jane", "1", 300, 600),
        act.Presses("Jane", "1", 45),
        act.Presses("Jane", "1", echo_ms=40),
        act.Presses("Jane", "1", cellular=True),
        act.Dials("front desk", "102", True),
        act.Flashes("surgery", None),
        act.Flashes("surgery", 300),
        act.Says("Jane", "Hello, you"),
        act.Plays("Jane", "my song.wav"),
        act.SendsFax("Jane", 2, "102"),
        act.SendsFax("Jane", 1, ""),
        act.Lifts("Bob"),
        act.Waits(120),
        act.WaitsUntil(time(17, 30)),
        act.Fault("line 2", "cut"),
        act.Fault("main", "break"),
        act.Fault("line 2", "in-use"),
        act.Fault("line 2", "free"),
        act.Circuits("4075550", busy=True),
        act.Circuits("4075550", busy=False),
    ]


def test_a_file_that_is_played_twice_is_read_once_and_kept_under_its_name():
    read = scenario(JANE + "Jane plays hello.wav\nJane plays hello.wav\n")
    assert list(read.sounds) == ["hello.wav"]
    assert read.sounds["hello.wav"] is SOUND


def test_expectations_are_read():
    told = actions(
        JANE
        + """
        Jane hears "Thank you", within 8 seconds
        Jane hears a beep
        Jane hears digits 12
        Jane hears silence for 5s
        Jane starts to hear "Thank you"
        Jane does not hear busy tone for 500ms
        front desk rings within 3s, showing 4075550123 "Jane Roe"
        front desk rings, showing private
        surgery does not ring
        line 2 is idle within 2s
        led is lit
        lamp of front desk is dark
        mailbox maria has 1 new message of 4s to 6s from 4075550123
        mailbox maria has no saved messages within 9s
        fax box maria has 1 new fax of 2 pages
        fax box office has no seen faxes within 9s
        log shows: from 4075550123, reached nobody, outcome abandoned, within 7s
        log shows 4 calls
        the office reports "document"
        everything is idle
        """
    )[1:]
    number = act.CallerShown("4075550123", "Jane Roe")
    facts = (("caller_number", "4075550123"), ("reached", ""), ("outcome", "abandoned"))
    assert told == [
        act.Hears("Jane", act.SpokenWords("Thank you"), 8),
        act.Hears("Jane", act.NamedTone("beep"), 10),
        act.Hears("Jane", act.DigitsHeard("12"), 10),
        act.HearsSilence("Jane", 5, 10),
        act.Hears("Jane", act.SpokenWords("Thank you"), 10, whole=False),
        act.HearsNot("Jane", act.NamedTone("busy tone"), 0.5),
        act.Rings("front desk", 3, number),
        act.Rings("front desk", 10, act.CallerShown(presented="private")),
        act.RingsNot("surgery", 3),
        act.TrunkIs("line 2", False, 2),
        act.LedIs(True, 5),
        LampIs("front desk", False, 5),
        act.MailboxHas("maria", 1, True, (4, 6), "4075550123", 5),
        act.MailboxHas("maria", 0, False, None, None, 9),
        act.FaxBoxHas("maria", 1, True, 2, 5),
        act.FaxBoxHas("office", 0, False, None, 9),
        act.LogShows(facts, 7),
        act.LogCounts(4, 5),
        act.FaultShown("document", 5),
        act.EverythingIdle(5),
    ]


def test_settings_are_read():
    read = scenario(
        "scenario: Two words\nat: Tuesday 2026-03-03 14:30\nexchange: country uk, ending busy, attenuation 8 dB, "
        "noise -58 dBm0, echo 12 dB\ntrunk line 2 ending silence\noffice people.maria.ring_seconds = 8\n"
        'outside Bob 4075550199 "Bob Roe" answers after 6s\n' + JANE
    )
    setup = read.setup
    assert (setup.title, setup.at, setup.country) == ("Two words", datetime(2026, 3, 3, 14, 30), "uk")  # noqa: DTZ001
    assert (setup.services, setup.trunk_services) == ({"ending": "busy"}, {"line 2": {"ending": "silence"}})
    assert (setup.attenuation_db, setup.noise_dbm0, setup.echo_db) == (8, -58, 12)
    assert read.office.person("maria").ring_seconds == 8
    assert setup.outsiders == {
        "Bob": Outsider("Bob", "4075550199", "Bob Roe", "shown", "answers", 6),
        "Jane": Outsider("Jane", "4075550123", "Jane Roe"),
    }


def test_services_of_lines_are_read():
    setup = scenario(
        "exchange: ring 0.8/0.4/0.8/4, caller ID without names, calls kept for 10s\n"
        "trunk main without three-way\n"
        "trunk line 2 without transfer, flash 300ms to 1s, recall dial tone after 2s\n"
        "trunk line 3: without recall dial tone, calls kept for 0s\n"
        'trunk line 4 nothing behind a flash, ending tone "480+620: 0.35/0.35"\n' + JANE
    ).setup
    assert setup.services == {"ring": (0.8, 0.4, 0.8, 4.0), "number_only": True, "holds_s": 10.0}
    ending = setup.trunk_services["line 4"].pop("ending")
    assert (ending.segments[0].frequencies, ending.segments[1].seconds) == ((480.0, 620.0), 0.35)
    assert setup.trunk_services == {
        "main": {"three_way": False},
        "line 2": {"transfer": False, "flash_accept_ms": (300, 1000), "recall_after_s": 2.0},
        "line 3": {"recall": "silent", "holds_s": 0.0},
        "line 4": {"recall": "dead"},
    }


def test_all_mistakes_are_told_at_once_with_place_and_suggestion():
    text = f"""at: Monday 2026-03-03 09:15
{JANE}Jane cals 5550100
Jan hears beep
Jane hears dail tone
line 2 presses 1
Jane presses 1x
Jane hears beep within 8
mailbox marai has 1 new message
log shows: reched maria
Jane says "hello
led is lid
Jane presses 1 2
surgry rings
"""
    keys = "0123456789*#ABCD"
    tones = (
        "an echo, beep, busy tone, dial tone, fax answer tone, fax calling tone, howler, recall dial tone, "
        "reorder tone, ringback, special information tone, speech, stutter dial tone"
    )
    facts = "cause, dialled, direction, from, named, on, outcome, reached, within"
    assert mistakes(text) == [
        "my.scenario:1:1: 2026-03-03 is not a Monday; did you mean 'Tuesday'?",
        "my.scenario:3:6: there is no verb 'cals'; did you mean 'calls'?",
        "my.scenario:4:1: nobody is called 'Jan' here; did you mean 'Jane'?",
        f"my.scenario:5:12: one of {tones} is expected here, not 'dail'; did you mean 'dial tone'?",
        "my.scenario:6:1: 'presses' is not said of 'line 2'",
        f"my.scenario:7:14: the keys may hold only {keys}, not 'x'",
        "my.scenario:8:24: '8' needs a unit; did you mean '8s'?",
        "my.scenario:9:9: a person or department is expected here, not 'marai'; did you mean 'maria'?",
        f"my.scenario:10:12: one of {facts} is expected here, not 'reched'; did you mean 'reached'?",
        "my.scenario:11:11: the closing quotation mark is missing",
        "my.scenario:12:8: one of dark, lit is expected here, not 'lid'; did you mean 'lit'?",
        "my.scenario:13:16: the line should end here, not '2'",
        "my.scenario:14:1: nobody is called 'surgry' here; did you mean 'surgery'?",
    ]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "my.scenario:1:1: nothing happens in this scenario"),
        (
            "office: riverside-dentl\nwait 1s\n",
            "my.scenario:1:1: there is no office 'riverside-dentl' beside the scenario or among the examples; "
            "did you mean 'riverside-dental'?",
        ),
        (
            "office people.mary.ring_seconds = 8\nwait 1s\n",
            "my.scenario:1:1: people.mary.ring_seconds: the office has no 'mary' there; did you mean 'maria'?",
        ),
        (
            "office operator = maria\nwait 1s\n",
            "my.scenario:1:19: 'maria' is no JSON value; did you mean '\"maria\"'?",
        ),
        ("wait 1s\nat: 2026-03-03 09:15\n", "my.scenario:2:1: 'at' belongs before the first step"),
        ("Jane calls 5550100\n", "my.scenario:1:19: Jane has no number yet: say where Jane calls from"),
        ("jane calls 5550100 from 5\n", "my.scenario:1:1: the name of somebody outside begins with a capital letter"),
        ("Jane calls 5550100 from 123 x\n", "my.scenario:1:29: the line should end here, not 'x'"),
        ("wait\n", "my.scenario:1:5: a length of time such as 8s is expected here, not the end of the line"),
        ("front desk plays nowhere.wav\n", "my.scenario:1:18: nowhere.wav cannot be read"),
        ('meanwhile front desk plays "nowhere.wav"\n', "my.scenario:1:28: nowhere.wav cannot be read"),
        ("wait until noon\n", "my.scenario:1:12: 'noon' is no time of day such as 17:30"),
        ("trunk main flash 1s to 300ms\nwait 1s\n", "my.scenario:1:24: the longest hook flash is not shorter"),
        ("trunk main without transfr\nwait 1s\n", "my.scenario:1:12: one of caller ID without names, calls kept for"),
        ("circuits to 407 are bsy\n", "my.scenario:1:17: one of are busy, are free is expected here"),
        ("exchange: ending bang\nwait 1s\n", "my.scenario:1:18: one of busy, loop-break, polarity, reorder, silence"),
    ],
)
def test_a_mistake_is_told_where_it_is(text, mistake):
    (told,) = mistakes(text)
    assert told.startswith(mistake)


def test_a_mistaken_override_is_told_as_the_office_tells_it():
    told = mistakes('office people.maria.ring_seconds = "long"\nwait 1s\n')
    assert len(told) == 1
    assert told[0].startswith("my.scenario:1:1: the office: people[1].ring_seconds")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            'offise country = "de"',
            "1: this is neither a setting nor something that somebody does; did you mean 'office'?",
        ),
        (
            "exchnge: country us",
            "1: this is neither a setting nor something that somebody does; did you mean 'exchange'?",
        ),
        ("front desk heers dial tone", "12: there is no verb 'heers'; did you mean 'hears'?"),
        (
            "front desk hears thank you for calling",
            "18: words that are heard stand in quotation marks; did you mean '\"thank you for calling\"'?",
        ),
        ("front desk hears dail tone", "18: "),
    ],
)
def test_a_mistake_names_what_is_nearest(line, said):
    with pytest.raises(ScenarioErrors) as caught:
        scenario(f"{line}\n")
    assert f":1:{said}" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        (f'Jane calls 5550100 from 4075550123 "{51 * "a"}"', (1, 36), f"'{51 * 'a'}' is longer than 50 characters"),
        ('outside Bob 1 "日本"\nwait 1s', (1, 15), "'日本' has characters that caller ID cannot tell"),
        (f"Jane calls 5550100 from {21 * '1'}", (1, 25), "the caller's number has 20 digits at most"),
        ("outside Bob 5550100\nwait 1s", (1, 13), "5550100 is a line of the office"),
        ("outside Bob 77\noutside Al 77\nwait 1s", (2, 12), "77 is the number of Bob already"),
        (JANE + "Al calls 5550100 from 4075550123", (2, 23), "4075550123 is the number of Jane already"),
        ("wait 99999999999999min", (1, 6), "2678400 s is the longest time here"),
        (JANE + "Jane presses 1 for 100000s", (2, 20), "600 s is the longest time here"),
        ('exchange: ending tone "450: 0"\nwait 1s', (1, 23), "'450: 0' is no tone"),
        ('exchange: ending tone "9000"\nwait 1s', (1, 23), "'9000' is no tone"),
        ("at: Friday 9999-12-31 23:59\nwait 5min", (1, 12), "the years 1970 to 2999 are known, not 9999"),
    ],
)
def test_what_could_not_be_played_or_not_to_its_end_is_a_mistake(text, place, told):
    with pytest.raises(ScenarioErrors) as caught:
        scenario(text)
    (mistake,) = caught.value.mistakes
    assert ((mistake.line, mistake.column), mistake.reason) == (place, told)
