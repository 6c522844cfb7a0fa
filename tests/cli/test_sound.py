"""`copperdesk sound`, with a running unit and without: what they print, and their exit codes."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from appliance.api.sounds import LARGEST_BYTES, offer_sounds
from appliance.calls.sounds import Sounds
from appliance.cli.main import main
from appliance.control import ControlError, ControlServer
from appliance.control.folder import DataFolder
from appliance.control.local import LocalControl
from appliance.office.places import places
from appliance.prompts.sound import active_level_dbm0
from appliance.store.sounds import SoundStore
from appliance.wav.clip import read_clip, written_clip
from tests.calls.world import example_office
from tests.cli.running import BOTH_WAYS, run_both_ways, unit

MORNING = "menu.greetings.morning"


@contextmanager
def sounds_of_a_unit(data: Path) -> Iterator[None]:
    async def offer(server: ControlServer) -> None:
        sounds, there = Sounds(SoundStore(DataFolder(data).sounds)), places(example_office())
        await sounds.open()
        await sounds.allot(there)
        offer_sounds(server, sounds, lambda: there, data)

    with unit(data, offer, "sounds.list"):
        yield


@pytest.fixture(params=BOTH_WAYS)
def sound(request, tmp_path, capsys):
    data = tmp_path / "data"
    yield from run_both_ways(request, data, "sound", sounds_of_a_unit(data), capsys)


@pytest.fixture
def welcome(tmp_path: Path) -> Path:
    """Two seconds of a tone between two seconds of silence, at 44,100 samples a second."""
    tone = 0.1 * np.sin(2 * np.pi * 440 * np.arange(86000) / 44100)
    still = np.zeros(2 * 44100)
    soundfile.write(tmp_path / "welcome.wav", np.concatenate([still, tone, still]), 44100, subtype="PCM_24")
    return tmp_path / "welcome.wav"


def listed(sound):
    code, printed = sound("list", "--json")
    assert code == 0
    return {one["place"]: one for one in json.loads(printed.out)}


def test_every_text_is_listed_with_its_number_and_what_is_in_use(sound):
    code, printed = sound("list")
    assert code == 0
    head, first, *others = printed.out.splitlines()
    assert head.split() == ["number", "place", "callers", "hear", "text"]
    assert first.split()[:4] == ["1", MORNING, "the", "text"]
    assert first.endswith("Good morning, and thank you for calling Riverside Dental.")
    assert others[-1].split() == ["7", "announcement.says", "nothing"]
    assert listed(sound)[MORNING] == {
        "number": 1,
        "place": MORNING,
        "text": "Good morning, and thank you for calling Riverside Dental.",
        "in_use": "text",
        "before": None,
        "seconds": None,
    }


@pytest.mark.parametrize("place", [MORNING, "1"])
def test_a_file_is_added_heard_removed_and_brought_back(sound, welcome, tmp_path, place):
    code, printed = sound("add", place, welcome)
    assert (code, printed.err) == (0, "")
    assert printed.out == f"Callers hear {welcome} at {MORNING} from now on: 2 s.\n"
    (kept,) = (tmp_path / "data" / "sounds").glob("*.wav")
    assert active_level_dbm0(read_clip(kept)) == pytest.approx(-18.0, abs=0.2)
    assert (listed(sound)[MORNING]["in_use"], listed(sound)[MORNING]["before"]) == ("recording", "text")
    assert "a recording of 2 s" in sound("list")[1].out
    text = (
        f"Callers hear at {MORNING} from now on the text: Good morning, and thank you for calling Riverside Dental.\n"
    )
    assert sound("remove", place)[1].out == text
    assert sound("back", place)[1].out == f"Callers hear at {MORNING} from now on a recording of 2 s.\n"
    assert sound("back", place)[1].out == text


def test_for_programs_the_answers_are_json(sound, welcome):
    added = json.loads(sound("add", "1", welcome, "--json")[1].out)
    assert (added["place"], added["seconds"], added["warnings"]) == (MORNING, 2.0, [])
    assert json.loads(sound("back", "1", "--json")[1].out)["in_use"] == "text"


@pytest.mark.parametrize("place", ["menu.greetings.mornig", "99"])
def test_a_place_that_there_is_not_is_refused(sound, welcome, place):
    code, printed = sound("add", place, welcome)
    assert code == 1
    assert f"there is no place '{place}'" in printed.err
    assert ("did you mean menu.greetings.morning?" in printed.err) == (place != "99")


def test_what_cannot_be_taken_back_is_told(sound):
    assert sound("remove", "1")[0] == sound("back", "1")[0] == 1
    assert "has no recording in use: its text is spoken" in sound("remove", "1")[1].err
    assert "there is no version of menu.greetings.morning before this one" in sound("back", "1")[1].err


def test_a_file_that_is_no_sound_changes_nothing(sound, tmp_path):
    (tmp_path / "a.wav").write_bytes(b"")
    code, printed = sound("add", "1", tmp_path / "a.wav")
    assert (code, printed.out) == (1, "")
    assert printed.err == "copperdesk: a.wav is empty (0 bytes): copy it again\n"
    assert listed(sound)[MORNING]["in_use"] == "text"


def test_a_clipped_file_is_taken_with_a_warning(sound, tmp_path):
    loud = np.clip(4 * np.sin(2 * np.pi * 440 * np.arange(8000) / 8000), -1, 1)
    soundfile.write(tmp_path / "loud.wav", loud, 8000)
    code, printed = sound("add", "1", tmp_path / "loud.wav")
    assert code == 0
    assert printed.err.startswith("warning: loud.wav is clipped in ")


def test_a_broken_recording_is_listed_as_such(sound, welcome, tmp_path):
    sound("add", "1", welcome)
    (kept,) = (tmp_path / "data" / "sounds").glob("*.wav")
    kept.write_bytes(b"")
    assert "a recording that is BROKEN" in sound("list")[1].out


@pytest.mark.parametrize("words", [["add", "1"], ["list", "1"], ["remove"], ["back", "1", "a.wav"], ["ad", "1"]])
def test_too_few_or_too_many_words_are_not_understood(words, tmp_path):
    with pytest.raises(SystemExit) as caught:
        main(["sound", *words, "--data", str(tmp_path)])
    assert caught.value.code == 2


def test_without_an_office_there_is_nothing_to_list(tmp_path, capsys):
    assert main(["sound", "list", "--data", str(tmp_path)]) == 0
    assert "There is no office yet" in capsys.readouterr().out


@pytest.fixture
def control(tmp_path):
    """The methods by themselves, without a command that is careful with them."""
    sounds = Sounds(SoundStore(tmp_path / "sounds"))
    with LocalControl() as control:
        control.method("open", lambda _params: sounds.open())
        control.method("allot", lambda _params: sounds.allot([MORNING]))
        control.call("open")
        control.call("allot")
        offer_sounds(control, sounds, dict, tmp_path)
        yield control


@pytest.mark.parametrize("content", [b"", b"nonsense", written_clip(np.ones(80, dtype=np.int16))[:-2]])
def test_a_program_can_add_nothing_but_a_clip(control, content):
    upload = control.call("sounds.upload", piece=base64.b64encode(content).decode())["upload"]
    with pytest.raises(ControlError) as refused:
        control.call("sounds.add", place=MORNING, upload=upload)
    assert refused.value.code == "not-a-clip"
    assert "`copperdesk sound add` makes such a file" in refused.value.message
    assert control.call("sounds.list")["sounds"][0]["in_use"] == "text"


def test_a_program_can_send_no_more_than_five_minutes(control):
    upload = ""
    for _ in range(LARGEST_BYTES // 180_000):
        upload = control.call("sounds.upload", upload=upload, piece="AAAA" * 60_000)["upload"]
    with pytest.raises(ControlError) as refused:
        control.call("sounds.upload", upload=upload, piece="AAAA" * 60_000)
    assert refused.value.code == "file-too-large"
    with pytest.raises(ControlError):
        control.call("sounds.add", place=MORNING, upload=upload)
