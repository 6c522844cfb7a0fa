"""`copperdesk play`: what it prints, writes and returns, and how a scenario fails."""

from __future__ import annotations

import asyncio
import json
import wave
from functools import partial

import numpy as np
import pytest

from appliance.cli.main import main
from appliance.prompts.library import PromptLibrary
from appliance.prompts.voice import NoVoice
from appliance.scenario.environment import Environment
from appliance.scenario.officefile import office_reader
from appliance.scenario.parser import parse
from appliance.scenario.participant import Participant
from appliance.scenario.runner import play
from hw.audio import level_dbm0

CALL = """scenario: A short call
Jane calls 5550100 from 4075550123 "Jane Roe"
Jane hears "thank you for calling Riverside Dental" within 15s
"""
QUIET = "front desk lifts\nfront desk hears dial tone\n"


@pytest.fixture
def played(prompts, base, tmp_path):
    def perform(text, **options):
        return play(parse(text, "my.scenario", office_reader(tmp_path)), prompts, base, tmp_path, **options)

    return perform


@pytest.fixture
def file(prompts, tmp_path):
    """A scenario's file; `prompts` has the words of all of them spoken already."""

    def write(text):
        path = tmp_path / "my.scenario"
        path.write_text(text)
        return str(path)

    return write


def unmet(played):
    return (played.failure.line, played.failure.text, played.failure.instead)


def test_a_scenario_is_the_same_each_time(played):
    text = CALL + "Jane presses 103\nbilling rings\nJane hangs up\neverything is idle within 10s\n"
    first, second = played(text), played(text)
    assert first.failure is None
    assert first.as_json() == second.as_json()


def test_the_first_unmet_line_is_told_with_what_was_heard_instead(played):
    result = played(QUIET + 'front desk hears busy tone within 2s\nfront desk hears "never reached"\n')
    line, text, instead = unmet(result)
    assert (line, text) == (3, "front desk hears busy tone within 2s")
    assert instead == "front desk heard dial tone at 0.1 s"
    assert result.seconds == pytest.approx(3.1, abs=0.2)


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("front desk rings within 1s", "it did not ring"),
        ("main is in use within 1s", "it is still on hook"),
        ("led is lit within 1s", "it is dark"),
        ("lamp of surgery is lit within 1s", "it is dark"),
        ("mailbox maria has 1 new message within 1s", "it is empty"),
        ("log shows 1 call within 1s", "it shows direction inside, line front desk"),
        ('the office reports "fire" within 1s', "it reports []"),
        ("everything is idle within 1s", "a call on front desk goes on"),
        ("front desk does not hear dial tone for 1s", "front desk heard dial tone at 0.1 s"),
        ("front desk hears silence for 2s within 1s", "front desk heard dial tone at 0.1 s"),
        ("surgery presses 1", "telephone fxs-2 is on hook"),
    ],
)
def test_what_is_not_so_is_told(played, line, instead):
    failure = played(f"{QUIET}{line}\n").failure
    assert (failure.line, failure.text) == (3, line)
    assert failure.instead.startswith(instead)


@pytest.mark.parametrize(
    ("sound", "instead"),
    [
        ("busy tone", "front desk heard dial tone at 0.1 s, reorder tone at 1.7 s"),
        ("an echo", "front desk heard dial tone at 0.1 s, (echo of itself: 5) at 1.1 s, reorder tone at 1.7 s"),
    ],
)
def test_what_was_heard_is_told_in_its_order_and_ones_own_keys_only_where_an_echo_was_expected(played, sound, instead):
    text = f'{QUIET}front desk presses 55\nwait 1s\nfront desk says "Hello"\nfront desk hears {sound} within 1s\n'
    assert played(text).failure.instead == instead


def test_a_line_played_meanwhile_fails_the_scenario_as_soon_as_it_fails(played):
    result = played(QUIET + "meanwhile surgery rings within 2s\nwait 60s\n")
    assert unmet(result)[:2] == (3, "meanwhile surgery rings within 2s")
    assert result.seconds < 5


def test_everything_said_meanwhile_is_waited_for_at_the_end(played):
    result = played(QUIET + "meanwhile front desk hears reorder tone within 30s\n")
    assert result.failure is None
    assert result.seconds > 16


def test_a_deadlock_fails_the_scenario_at_once_and_names_who_waits(played, monkeypatch):
    async def for_ever(self, number):
        await asyncio.get_running_loop().create_future()

    monkeypatch.setattr(Participant, "call", for_ever)
    line, text, instead = unmet(played("Jane calls 5550100 from 4075550123\nwait 1s\n"))
    assert (line, text) == (1, "Jane calls 5550100 from 4075550123")
    assert instead.startswith("everybody waits and no timer is set:\n")
    assert "scenario line 1" in instead


def test_a_fault_inside_the_unit_fails_the_scenario_though_every_line_was_met(played, monkeypatch):
    opened = Environment.open

    async def spoiled(self):
        await opened(self)

        def fail():
            raise RuntimeError("a screw is loose")

        asyncio.get_running_loop().call_later(1.0, fail)

    monkeypatch.setattr(Environment, "open", spoiled)
    assert "a screw is loose" in played(QUIET + "front desk hangs up\nwait 3s\n").failure.instead


def test_the_transcript_tells_who_did_and_heard_what_in_order(played):
    lines = [(one.who, one.what) for one in played(CALL + "Jane hangs up\n").transcript.entries]
    assert lines == [
        ("Jane", "calls 5550100"),
        ("Jane", "hears dial tone"),
        ("Jane", "hears ringback"),
        ("Jane", 'hears "Good morning, and thank you for calling Riverside Dental."'),
        ("Jane", "hangs up"),
    ]


def test_what_each_party_said_and_heard_is_kept_as_stereo(played):
    sounds = played(CALL + "Jane presses 103\nJane hangs up\n", keep_sound=True).sounds
    said, heard = sounds["Jane"].reshape(-1, 2).T
    assert level_dbm0(said[-8000:]) > -20
    assert level_dbm0(said[4 * 8000 : 8 * 8000]) == -96
    assert level_dbm0(heard[7 * 8000 : 9 * 8000]) > -30
    assert not len(sounds["front desk"])


def test_the_command_prints_the_transcript_and_returns_0(file, capsys):
    assert main(["play", file(CALL + "Jane hangs up\n")]) == 0
    out = capsys.readouterr().out
    assert "A short call" in out
    assert "0:00.00  Jane  calls 5550100" in out
    assert out.rstrip().endswith("of the office's time")


def test_the_command_returns_1_with_the_place_of_the_unmet_line(file, capsys):
    path = file(QUIET + "led is lit within 1s\n")
    assert main(["play", path]) == 1
    assert f"{path}:3: not met: led is lit within 1s\n  instead: it is dark\n" in capsys.readouterr().out


def test_json_tells_the_same_for_programs(file, capsys):
    path = file(QUIET + "led is lit within 1s\n")
    assert main(["play", "--json", path]) == 1
    (result,) = json.loads(capsys.readouterr().out)
    assert result["unmet"] == {"line": 3, "text": "led is lit within 1s", "instead": "it is dark"}
    assert result["transcript"][0] == {"at": 0.0, "who": "front desk", "what": "lifts"}


def test_wav_writes_a_file_for_each_party_that_was_off_hook(file, tmp_path, capsys):
    assert main(["play", "--wav", str(tmp_path / "heard"), file(QUIET + "front desk hangs up\n")]) == 0
    assert [path.name for path in (tmp_path / "heard").iterdir()] == ["my-front-desk.wav"]
    with wave.open(str(tmp_path / "heard" / "my-front-desk.wav")) as sound:
        assert sound.getparams()[:3] == (2, 2, 8000)
        assert np.frombuffer(sound.readframes(10**6), "<i2").any()


def test_mistakes_are_told_with_their_places(file, capsys):
    path = file("Jane cals 5\nled is lid\n")
    assert main(["play", path, path + ".missing"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    told = err.splitlines()
    assert told[0].startswith(f"{path}:1:6: there is no verb 'cals'")
    assert told[1].startswith(f"{path}:2:8: one of dark, lit")
    assert told[2:] == [f"{path}.missing:1:1: the file cannot be read: No such file or directory"]


def test_a_sound_file_that_cannot_be_played_is_told_with_its_place_and_others_play(file, tmp_path, capsys):
    (tmp_path / "song.wav").write_bytes(b"no sound")
    other = tmp_path / "other.scenario"
    other.write_text(QUIET)
    path = file(QUIET + "front desk plays song.wav\n")
    assert main(["play", path, str(other)]) == 1
    out, err = capsys.readouterr()
    assert err == f"{path}:3:18: song.wav is not a WAV file: export it as a 16-bit PCM WAV file\n"
    assert out.startswith(f"{other}\n")
    assert "  met, after" in out


def test_json_tells_mistakes_too(file, tmp_path, capsys):
    other = tmp_path / "other.scenario"
    other.write_text(QUIET)
    path = file(QUIET + "front desk plays nowhere.wav\n")
    assert main(["play", "--json", path, str(other)]) == 1
    out, err = capsys.readouterr()
    mistaken, played = json.loads(out)
    reason = "nowhere.wav cannot be read (No such file or directory): check that it exists"
    mistake = {"line": 3, "column": 18, "reason": reason, "suggestion": ""}
    assert mistaken == {"file": path, "passed": False, "mistakes": [mistake]}
    assert (played["file"], played["passed"]) == (str(other), True)
    assert err == ""


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_a_unit_without_a_voice_is_told_for_every_scenario(file, monkeypatch, capsys, option):
    def none(_language):
        raise NoVoice("there is no voice")

    monkeypatch.setattr("appliance.scenario.play.PromptLibrary", partial(PromptLibrary, voices=none))
    path = file(QUIET)
    assert main(["play", *option, path]) == 1
    out, err = capsys.readouterr()
    if option:
        assert json.loads(out) == [{"file": path, "passed": False, "error": "there is no voice"}]
    else:
        assert (out, err) == ("", "copperdesk: there is no voice\n")


@pytest.mark.parametrize("said", ["office trunks = []", 'office trunks.main.number = ""'])
def test_an_office_whose_lines_have_no_number_or_that_has_none_can_be_played(played, said):
    assert played(f"{said}\n{QUIET}").failure is None


def test_a_file_without_an_end_is_told_and_not_read_to_its_end(capsys):
    assert main(["play", "/dev/zero"]) == 1
    assert "the file is larger than 1000000 bytes" in capsys.readouterr().err
    assert main(["office", "check", "/dev/zero"]) == 1
    assert "longer than 1000000 characters" in capsys.readouterr().err


def test_a_mark_of_the_byte_order_is_no_part_of_a_scenario(file, capsys):
    assert main(["play", file("\ufeffwait 1s\n")]) == 0
