"""Sound files of people: every rate, width and number of channels, and what nobody could use."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from appliance.prompts.converting import converted
from appliance.prompts.levelling import level_file
from appliance.prompts.sound import SPEECH_DBM0, active_level_dbm0, recorded_clip
from appliance.wav.clip import read_clip, write_clip
from appliance.wav.loading import AudioFileError
from hw.audio import SAMPLE_RATE, Samples

SECONDS = 1.5
Sound = npt.NDArray[np.float64]
Save = Callable[..., Path]


def words(rate: int, peak: float = 0.5, quiet: float = 0.7) -> Sound:
    """Syllables of 440 Hz between a silence of `quiet` seconds before and behind."""
    at = np.arange(round(SECONDS * rate)) / rate
    syllables = np.sin(2 * np.pi * 440 * at) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * at))
    still = np.zeros(round(quiet * rate))
    return np.concatenate([still, peak * syllables / np.abs(syllables).max(), still])


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def save(name: str, sound: Sound, rate: int, **form: str) -> Path:
        soundfile.write(tmp_path / name, sound, rate, **form)
        return tmp_path / name

    return save


def share_of_440_hz(samples: Samples) -> float:
    power = np.abs(np.fft.rfft(samples)) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    return float(power[np.abs(hertz - 440) < 15].sum() / power.sum())


def is_the_words(samples: Samples) -> None:
    """They are as long, as loud and as high as they were; nothing is left of the silence around them."""
    assert len(samples) / SAMPLE_RATE == pytest.approx(SECONDS, abs=0.06)
    assert active_level_dbm0(samples) == pytest.approx(SPEECH_DBM0, abs=0.2)
    assert share_of_440_hz(samples) > 0.99
    assert np.abs(samples.astype(int)).max() < 32000


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 32000, 44100, 48000, 96000, 192000])
@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW", "ALAW"])
def test_a_wav_file_of_any_rate_and_width(save: Save, rate: int, subtype: str) -> None:
    sound = converted(save("a.wav", words(rate), rate, subtype=subtype))
    is_the_words(sound.samples)
    assert sound.warnings == ()


@pytest.mark.parametrize("rate", [8000, 44100, 48000, 96000])
@pytest.mark.parametrize("subtype", ["PCM_16", "PCM_24"])
def test_a_flac_file_of_any_rate_and_width(save: Save, rate: int, subtype: str) -> None:
    is_the_words(converted(save("a.flac", words(rate), rate, subtype=subtype)).samples)


@pytest.mark.parametrize("channels", [2, 6, 8])
def test_any_number_of_channels_becomes_one(save: Save, channels: int) -> None:
    one_side = np.zeros((len(words(48000)), channels))
    one_side[:, 1] = words(48000)
    is_the_words(converted(save("a.wav", one_side, 48000)).samples)


@pytest.mark.parametrize("peak", [0.01, 0.1, 0.99])
def test_quiet_and_loud_files_come_to_the_same_level(save: Save, peak: float) -> None:
    is_the_words(converted(save("a.wav", words(44100, peak), 44100, subtype="PCM_24")).samples)


def test_the_pauses_of_the_speaker_stay(save: Save) -> None:
    twice = np.concatenate([words(16000), words(16000)])
    assert converted(save("a.wav", twice, 16000)).seconds == pytest.approx(2 * SECONDS + 1.4, abs=0.06)


def test_a_file_of_five_minutes_is_taken(save: Save) -> None:
    minutes = np.tile(words(8000), 104)[: 300 * 8000]
    assert converted(save("a.wav", minutes, 8000)).seconds == pytest.approx(299, abs=1)


@pytest.mark.parametrize("rate", [11025, 44100, 48000])
@pytest.mark.parametrize("seconds", [4.9, 5.0, 5.3, 6.0, 10.0, 10.6, 11.0, 23.7])
def test_a_file_is_in_one_piece_however_long_it_is(save: Save, rate: int, seconds: float) -> None:
    """It is converted in blocks; where two do not meet exactly, the tone would jump."""
    at = np.arange(round(seconds * rate)) / rate
    clip = converted(save("a.wav", 0.3 * np.sin(2 * np.pi * 440 * at), rate)).samples[400:-400].astype(float)
    assert len(clip) / SAMPLE_RATE == pytest.approx(seconds - 0.1, abs=0.03)
    around = 2 * np.cos(2 * np.pi * 440 / SAMPLE_RATE) * clip[1:-1]
    assert np.abs(clip[:-2] + clip[2:] - around).max() < 0.01 * np.abs(clip).max()


@pytest.mark.parametrize("rate", [1, 400_000, 2_000_000_000])
def test_rates_at_which_nobody_records_are_refused(save: Save, rate: int) -> None:
    assert f"has {rate} samples a second" in reason(save("a.wav", words(8000), rate))


def test_more_channels_than_anybody_has_are_refused(save: Save) -> None:
    assert "has 100 channels" in reason(save("a.wav", np.zeros((800, 100)), 8000))


def reason(path: Path) -> str:
    with pytest.raises(AudioFileError) as refused:
        converted(path)
    return str(refused.value)


def test_a_renamed_mp3_is_told_for_what_it_is(save: Save) -> None:
    path = save("a.wav", words(44100), 44100, format="MP3", subtype="MPEG_LAYER_III")
    assert reason(path) == "a.wav is not a WAV or FLAC file but MP3, whatever its name says: export it as WAV or FLAC"
    path.write_bytes(b"ID3\x03\0\0\0\0\0\0" + path.read_bytes())
    assert "but MP3" in reason(path)


def test_other_kinds_of_sound_are_told_for_what_they_are(save: Save) -> None:
    assert "but Ogg" in reason(save("a.wav", words(44100), 44100, format="OGG", subtype="VORBIS"))
    assert "but AIFF" in reason(save("a.flac", words(44100), 44100, format="AIFF"))
    assert "but AU" in reason(save("b.wav", words(44100), 44100, format="AU"))


def test_a_file_of_three_hours_is_refused_without_being_read(save: Save, tmp_path: Path) -> None:
    with soundfile.SoundFile(tmp_path / "long.flac", "w", 8000, 1) as file:
        for _ in range(180):
            file.write(np.zeros(60 * 8000, dtype=np.int16))
    assert reason(tmp_path / "long.flac") == "long.flac lasts 3.0 h: shorten it to 5 minutes or less"
    six = save("six.wav", np.zeros(8000 * 302), 8000)
    assert reason(six) == "six.wav lasts 5 min 2 s: shorten it to 5 minutes or less"


@pytest.mark.parametrize("level", [0.0, 2 / 32768])
def test_a_file_without_sound_is_refused(save: Save, level: float) -> None:
    noise = np.random.default_rng(1).uniform(-level, level, 24000)
    assert reason(save("a.wav", noise, 8000)) == (
        "a.wav contains no sound: record it again, or export it as WAV or FLAC"
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "a.wav is empty (0 bytes): copy it again"),
        (b"This is a letter." * 20, "a.wav cannot be read as sound"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "a.wav cannot be read as sound"),
        (b"\xff", "a.wav cannot be read as sound"),
    ],
)
def test_what_is_no_sound_file_is_refused_with_what_to_do(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    assert reason(tmp_path / "a.wav").startswith(told)
    assert reason(tmp_path / "a.wav").endswith((": copy it again", ": export it as WAV or FLAC"))


@pytest.mark.parametrize("name", ["a.wav", "a.flac"])
def test_a_file_that_was_cut_short_is_refused(save: Save, name: str) -> None:
    path = save(name, words(44100), 44100)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    assert reason(path).startswith((f"{name} ends before its sound does", f"{name} cannot be read as sound"))


def test_a_wav_file_of_a_program_that_did_not_write_its_length_is_taken(save: Save) -> None:
    path = save("a.wav", words(44100), 44100)
    content = bytearray(path.read_bytes())
    content[4:8] = content[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    is_the_words(converted(path).samples)


def test_no_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert reason(tmp_path / "none.wav").startswith("none.wav cannot be read (No such file or directory)")
    (tmp_path / "folder.wav").mkdir()
    assert reason(tmp_path / "folder.wav") == "folder.wav is a folder: name a WAV or FLAC file"


def test_a_heavily_clipped_file_is_taken_with_a_warning(save: Save) -> None:
    (warning,) = converted(save("a.wav", np.clip(words(44100, 4.0), -1, 1), 44100)).warnings
    assert warning.startswith("a.wav is clipped in ")
    assert converted(save("b.wav", words(44100, 1.0), 44100)).warnings == ()


def test_a_file_that_a_loud_click_keeps_quiet_is_taken_with_a_warning(save: Save) -> None:
    clicked = words(8000, 0.03)
    clicked[8000:16000:2000] = 0.95
    (warning,) = converted(save("a.wav", clicked, 8000, subtype="PCM_24")).warnings
    assert "dB quieter than other prompts" in warning


@pytest.mark.parametrize("spoilt", [3e38, -3e38, np.inf])
def test_numbers_that_no_sound_can_have_do_no_harm(save: Save, spoilt: float) -> None:
    sound = np.stack([words(44100)] * 2, axis=1)
    sound[40000] = spoilt
    assert converted(save("a.wav", sound, 44100, subtype="FLOAT")).seconds == pytest.approx(SECONDS, abs=0.3)


def test_one_sample_is_no_sound_and_some_are_a_short_one(save: Save) -> None:
    assert "contains no sound" in reason(save("a.wav", np.full(1, 0.9), 8000))
    assert len(converted(save("b.wav", np.full(20, 0.9), 8000)).samples) == 20


@pytest.mark.parametrize("form", [("a.wav", "PCM_16"), ("a.wav", "FLOAT"), ("a.flac", "PCM_16")])
def test_whatever_stands_in_a_file_it_is_taken_or_refused_in_words(save: Save, form: tuple[str, str]) -> None:
    name, subtype = form
    content = save(name, words(8000, quiet=0.1), 8000, subtype=subtype).read_bytes()
    chance = random.Random(f"{form}")
    refused = 0
    for _ in range(150):
        spoilt = bytearray(content)
        for _ in range(chance.choice((1, 2, 20))):
            spoilt[chance.randrange(chance.choice((48, 120, len(content))))] = chance.choice((0, 127, 255))
        path = save(name, words(8000), 8000)
        path.write_bytes(spoilt[: chance.randrange(len(content)) if chance.random() < 0.2 else None])
        try:
            assert converted(path).seconds > 0
        except AudioFileError:
            refused += 1
    assert 20 < refused < 150


def test_numbers_that_are_none_are_silence(save: Save) -> None:
    spoilt = words(44100)
    spoilt[40000:40010] = np.nan
    is_the_words(converted(save("a.wav", spoilt, 44100, subtype="FLOAT")).samples)


def test_a_recording_by_telephone_is_levelled_in_its_file(tmp_path: Path) -> None:
    write_clip(tmp_path / "a.wav", (words(8000, 0.03) * 32767).astype(np.int16))
    assert level_file(tmp_path / "a.wav")
    is_the_words(read_clip(tmp_path / "a.wav"))


def test_what_cannot_be_levelled_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"nonsense")
    assert not level_file(tmp_path / "a.wav")
    assert (tmp_path / "a.wav").read_bytes() == b"nonsense"


def test_minutes_of_sound_are_limited_to_the_band_in_one_piece() -> None:
    at = np.arange(65 * SAMPLE_RATE) / SAMPLE_RATE
    voice, above = 0.3 * np.sin(2 * np.pi * 440 * at), 0.3 * np.sin(2 * np.pi * 3950 * at)
    clip = recorded_clip(((voice + above) * 32767).astype(np.int16))[800:-800].astype(float)
    around = 2 * np.cos(2 * np.pi * 440 / SAMPLE_RATE) * clip[1:-1]
    assert np.abs(clip[:-2] + clip[2:] - around).max() < 0.01 * np.abs(clip).max()


def test_silence_has_no_clip() -> None:
    assert len(recorded_clip(np.zeros(8000, dtype=np.int16))) == 0
