"""Loading WAV files, good and bad."""

from __future__ import annotations

import struct
import wave
from pathlib import Path

import numpy as np
import pytest

from appliance.media.player import AudioFileError, load_wav
from hw.audio import level_dbm0, sine_peak

DBM0 = -10.0


def wave_of(rate: int, seconds: float = 0.5, hertz: float = 1000.0) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A sine between -1 and 1."""
    return sine_peak(DBM0) / 32768 * np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)


def pcm(mono: np.ndarray[tuple[int], np.dtype[np.float64]], bits: int, channels: int = 1) -> bytes:
    both = np.repeat(mono, channels)
    if bits == 8:
        return (np.rint(both * 127) + 128).astype(np.uint8).tobytes()
    whole = np.rint(both * (2 ** (bits - 1) - 1)).astype("<i4" if bits > 16 else "<i2")
    if bits == 24:
        return whole.view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    return whole.tobytes()


def wav(sound: bytes, rate: int = 8000, bits: int = 16, channels: int = 1, kind: int = 1, extra: bytes = b"") -> bytes:
    fmt = struct.pack("<HHIIHH", kind, channels, rate, rate * channels * bits // 8, channels * bits // 8, bits) + extra
    chunks = b"fmt " + struct.pack("<I", len(fmt)) + fmt + b"data" + struct.pack("<I", len(sound)) + sound
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 44100, 48000])
@pytest.mark.parametrize(("bits", "channels"), [(8, 1), (8, 2), (16, 1), (16, 2), (24, 1), (24, 2), (32, 1), (32, 2)])
def test_every_usual_format_becomes_the_same_sound(tmp_path: Path, rate: int, bits: int, channels: int) -> None:
    path = tmp_path / "sound.wav"
    with wave.open(str(path), "wb") as writer:
        writer.setparams((channels, bits // 8, rate, 0, "NONE", ""))
        writer.writeframes(pcm(wave_of(rate), bits, channels))
    samples = load_wav(path)
    assert samples.dtype == np.int16
    assert len(samples) == 4000
    assert level_dbm0(samples[400:-400]) == pytest.approx(DBM0, abs=0.2)
    wanted = sine_peak(DBM0) * np.sin(2 * np.pi * 1000 * np.arange(4000) / 8000)
    assert np.corrcoef(samples[400:-400], wanted[400:-400])[0, 1] > 0.998


def test_two_channels_are_mixed_to_one(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    path.write_bytes(wav(np.array([1000, 3000, -200, 0], dtype="<i2").tobytes(), channels=2))
    assert load_wav(path).tolist() == [2000, -100]


def test_extensible_pcm_as_many_programs_write_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    guid = struct.pack("<H", 1) + bytes.fromhex("000000001000800000aa00389b71")
    extra = struct.pack("<HHI", 22, 24, 4) + guid
    path.write_bytes(wav(pcm(wave_of(8000), 24), bits=24, kind=0xFFFE, extra=extra))
    assert level_dbm0(load_wav(path)) == pytest.approx(DBM0, abs=0.2)


GOOD = wav(pcm(wave_of(8000), 16))


@pytest.mark.parametrize(
    ("content", "complaint", "advice"),
    [
        (b"", "is empty", "copy it again"),
        (GOOD[:3], "is not a WAV file", "16-bit PCM WAV"),
        (GOOD[:20], "has a damaged header", "copy it again"),
        (GOOD[:36], "has a damaged header", "copy it again"),
        (GOOD[:44], "ends before that", "copy it again"),
        (GOOD[:-100], "ends before", "copy it again"),
        (GOOD[:40] + b"\xff\xff\xff\xff" + GOOD[44:], "ends before that", "copy it again"),
        (GOOD[:40] + b"\xf0\xff\xff\x7f" + GOOD[44:], "ends before that", "copy it again"),
        (GOOD[:40] + b"\x00\x00\x00\x00", "contains no sound", "record it again"),
        (b"ID3\x04\x00" + bytes(500), "is not a WAV file but MP3", "16-bit PCM WAV"),
        (b"\xff\xfb\x90\x64" + bytes(500), "is not a WAV file but MP3", "16-bit PCM WAV"),
        (b"OggS" + bytes(500), "is not a WAV file but Ogg", "16-bit PCM WAV"),
        (b"hello, I am a text", "is not a WAV file", "16-bit PCM WAV"),
        (bytes(5000), "is not a WAV file", "16-bit PCM WAV"),
        (wav(np.zeros(800, dtype="<f4").tobytes(), bits=32, kind=3), "floating point", "16-bit PCM WAV"),
        (wav(bytes(800), bits=8, kind=7), "µ-law", "16-bit PCM WAV"),
        (wav(bytes(800), bits=8, kind=85), "format 85", "16-bit PCM WAV"),
        (wav(bytes(800), rate=4000), "4000 samples a second", "8000 to 48000"),
        (wav(bytes(800), rate=192000), "192000 samples a second", "8000 to 48000"),
        (wav(bytes(800), rate=0), "0 samples a second", "8000 to 48000"),
        (wav(bytes(800), bits=64), "64 bits", "16-bit PCM WAV"),
        (wav(bytes(800), channels=0), "", "16-bit PCM WAV"),
        (wav(bytes(8000 * 660), bits=8), "lasts 11 minutes", "10 minutes or less"),
    ],
)
def test_a_bad_file_is_refused_with_what_is_wrong_and_what_to_do(
    tmp_path: Path, content: bytes, complaint: str, advice: str
) -> None:
    path = tmp_path / "greeting.wav"
    path.write_bytes(content)
    with pytest.raises(AudioFileError) as refused:
        load_wav(path)
    message = str(refused.value)
    assert message.startswith("greeting.wav ")
    assert complaint in message
    assert advice in message


def test_no_damage_and_no_cut_of_the_header_causes_another_error(tmp_path: Path) -> None:
    path = tmp_path / "greeting.wav"
    damaged = [GOOD[:at] + bytes([value]) + GOOD[at + 1 :] for at in range(44) for value in (0, 1, 0x7F, 0xFF)]
    refused = 0
    for content in damaged + [GOOD[:cut] for cut in range(60)]:
        path.write_bytes(content)
        try:
            load_wav(path)
        except AudioFileError:
            refused += 1
    assert refused > 60 + 80


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match=r"gone.wav cannot be read \(No such file"):
        load_wav(tmp_path / "gone.wav")
    with pytest.raises(AudioFileError, match="cannot be read"):
        load_wav(tmp_path)


def test_a_device_is_no_sound_file() -> None:
    with pytest.raises(AudioFileError, match="zero is a device, which may have no end"):
        load_wav(Path("/dev/zero"))
