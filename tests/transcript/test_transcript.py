"""Messages as text: what is said is written down, and nothing is where nobody speaks."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import numpy as np
import pytest

from appliance.media.music import hold_music
from appliance.prompts.languages import language
from appliance.prompts.synthesis import say_to_wav
from appliance.prompts.voice import best_voice
from appliance.transcript.speech import LONGEST_SECONDS, pieces
from appliance.transcript.transcripts import Transcripts
from appliance.transcript.whisper import text_of
from appliance.transcript.writer import main
from appliance.wav.clip import write_clip
from appliance.wav.loading import load_wav
from hw.audio import SAMPLE_RATE, Samples
from hw.dsp.dtmf import dtmf_samples

ENGLISH = language("en")
SAID = "It's Tom. The meeting on Tuesday is moved to three o'clock. Could you bring the documents about the building?"
HEARD = {"tom", "meeting", "tuesday", "moved", "bring", "documents", "building"}


@pytest.fixture(scope="module")
def message(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("spoken") / "message.wav"
    say_to_wav(SAID, path, ENGLISH, best_voice(ENGLISH))
    return path


def nothing_said() -> list[Samples]:
    """Fifty recordings of callers who said nothing: silence, noise, clicks, tones, keys, music, a breath."""
    dice = np.random.default_rng(11)
    found: list[Samples] = [np.zeros(SAMPLE_RATE * seconds, dtype=np.int16) for seconds in (1, 5, 30)]
    for level in (10, 30, 100, 300, 900):
        found.append(dice.normal(0, level, SAMPLE_RATE * 6).astype(np.int16))
    for clicks in range(1, 9):
        quiet = dice.normal(0, 20, SAMPLE_RATE * 4)
        for at in dice.integers(0, len(quiet) - 40, clicks):
            quiet[at : at + 12] += dice.choice([-1, 1]) * 16000
        found.append(quiet.astype(np.int16))
    time = np.arange(SAMPLE_RATE * 8) / SAMPLE_RATE
    for low, high in ((350, 440), (480, 620), (440, 480), (425, 425), (1000, 1000), (2100, 2100), (1100, 1100)):
        both = 5000 * (np.sin(2 * np.pi * low * time) + np.sin(2 * np.pi * high * time)) / 2
        found.append(both.astype(np.int16))
        for on, off in ((0.5, 0.5), (0.25, 0.25)):
            found.append((both * (time % (on + off) < on)).astype(np.int16))
    for keys in ("1", "99", "123", "#", "*80", "0"):
        parts = [dtmf_samples(key, -9.0, -7.0, 100, 100) for key in keys]
        found.append(np.concatenate([np.zeros(8000, dtype=np.int16), *parts, np.zeros(8000, dtype=np.int16)]))
    music = hold_music()
    found += [music[at * SAMPLE_RATE : (at + 6) * SAMPLE_RATE] for at in (0, 7, 13)]
    for level in (200, 500, 1500, 3000):
        breath = dice.normal(0, level, SAMPLE_RATE // 2) * np.hanning(SAMPLE_RATE // 2)
        found.append(np.concatenate([np.zeros(16000), breath, np.zeros(24000)]).astype(np.int16))
    return found


def written(*paths: Path) -> list[str]:
    out = io.StringIO()
    main([f"{path}\n" for path in paths], out)
    return [json.loads(line)["text"] for line in out.getvalue().splitlines()]


def test_fifty_recordings_in_which_nobody_speaks_have_no_text(tmp_path: Path) -> None:
    recordings = nothing_said()
    assert len(recordings) == 50
    paths = [tmp_path / f"{number}.wav" for number in range(len(recordings))]
    for path, samples in zip(paths, recordings, strict=True):
        write_clip(path, samples)
    assert written(*paths) == [""] * 50


def test_what_is_said_is_written_down(message: Path) -> None:
    (text,) = written(message)
    assert {word.strip(".,?").lower() for word in text.split()} & HEARD == HEARD


def test_words_behind_a_long_silence_are_no_longer_or_other_words(message: Path, tmp_path: Path) -> None:
    quiet = np.random.default_rng(2).normal(0, 15, SAMPLE_RATE * 40).astype(np.int16)
    write_clip(tmp_path / "late.wav", np.concatenate([quiet, load_wav(message), quiet]))
    late, at_once = written(tmp_path / "late.wav", message)
    assert {word.strip(".,?").lower() for word in late.split()} & HEARD == HEARD
    assert abs(len(late) - len(at_once)) < 20


def test_a_file_that_cannot_be_read_has_no_text(tmp_path: Path) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF")
    assert written(broken, tmp_path / "missing.wav") == ["", ""]


def test_no_piece_is_longer_than_the_recogniser_looks_at(message: Path) -> None:
    once = load_wav(message)
    found = pieces(np.concatenate([once] * 12))
    assert len(found) >= 2
    assert all(len(piece) <= (LONGEST_SECONDS + 1.0) * SAMPLE_RATE for piece in found)
    assert sum(len(piece) for piece in found) > 0.9 * 12 * len(once)


def test_the_letters_of_a_model_are_bytes() -> None:
    assert text_of(["<|notimestamps|>", "ĠCaf", "Ã©", "Ġat", "Ġ6", "."]) == "Café at 6."


def test_a_machine_that_cannot_write_messages_down_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_memory(pages: int) -> str:
        monkeypatch.setattr("os.sysconf", {"SC_PHYS_PAGES": pages, "SC_PAGE_SIZE": 4096}.__getitem__)
        return Transcripts().impossible()

    assert with_memory(473_337) == ""  # A Raspberry Pi 4 with 2 GB.
    assert with_memory(230_000) == ("this machine has 0.9 GB of memory, and the recognizer needs a machine with 2 GB")
    monkeypatch.setitem(sys.modules, "ctranslate2", None)
    assert with_memory(1_000_000) == "the recognizer is not installed: pip install copperdesk[transcript]"


@pytest.mark.real_time(within=60)
async def test_one_process_writes_all_and_is_begun_anew_where_it_has_failed(message: Path) -> None:
    transcripts = Transcripts()
    try:
        first = await transcripts.write(message)
        assert first is not None
        assert "Tuesday" in first.text
        assert 0.5 < first.sure <= 1.0
        await transcripts.close()
        again = await transcripts.write(message)
        assert again == first
    finally:
        await transcripts.close()
