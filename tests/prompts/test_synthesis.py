"""The speaker's own process, really run."""

from pathlib import Path

import numpy as np
import pytest

from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary
from appliance.prompts.sound import active_level_dbm0
from appliance.prompts.synthesis import Synthesis, SynthesisFailed, say_to_wav
from appliance.prompts.voice import Voice, espeak_voice
from appliance.wav.clip import read_clip
from hw.audio import seconds_of

ENGLISH = language("en")
ESPEAK = espeak_voice(ENGLISH)


def test_a_text_sounds_the_same_to_the_last_bit_in_every_process_and_nothing_is_left_in_the_home_folder(
    library: PromptLibrary, voice: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cached clip was spoken in another process, and after other texts."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    texts = ("One moment, please.", "three", "I'm sorry, that is not a valid choice.")
    assert list(Synthesis(ENGLISH, voice).run({text: tmp_path / f"{len(text)}.wav" for text in texts})) == list(texts)
    assert [read_clip(tmp_path / f"{len(text)}.wav").tobytes() for text in texts] == [
        library.texts(ENGLISH)[text].tobytes() for text in texts
    ]
    assert list(home.iterdir()) == []


def test_espeak_speaks_where_piper_is_not(tmp_path: Path) -> None:
    texts = {
        "Thank you for calling. Goodbye.": tmp_path / "long.wav",
        "-h": tmp_path / "dash.wav",
        "…": tmp_path / "no.wav",
    }
    assert list(Synthesis(ENGLISH, ESPEAK).run(texts)) == list(texts)
    clip = read_clip(tmp_path / "long.wav")
    assert 1.0 < seconds_of(clip) < 4.0
    assert active_level_dbm0(clip) == pytest.approx(-18.0, abs=0.5)
    assert read_clip(tmp_path / "dash.wav").any()
    assert not read_clip(tmp_path / "no.wav").any()


def test_a_text_can_be_spoken_straight_into_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    say_to_wav("Good morning.", Path("said.wav"), ENGLISH, ESPEAK)
    assert np.abs(read_clip(tmp_path / "said.wav")).max() > 1000


def test_a_speaker_that_was_stopped_is_reported(tmp_path: Path) -> None:
    synthesis = Synthesis(ENGLISH, ESPEAK)
    synthesis.stop()
    with pytest.raises(SynthesisFailed, match="2 of 2 texts"):
        list(synthesis.run({"One.": tmp_path / "1.wav", "Two.": tmp_path / "2.wav"}))


def test_a_speaker_that_never_ends_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.prompts.synthesis.PATIENCE_SECONDS", 0.0)
    with pytest.raises(SynthesisFailed):
        list(Synthesis(ENGLISH, ESPEAK).run({"One.": tmp_path / "1.wav"}))
