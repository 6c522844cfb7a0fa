"""Recording to disk: what is kept, whatever happens."""

from __future__ import annotations

import asyncio
import errno
import wave
from io import FileIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from appliance.media.engine import Engine
from appliance.media.recorder import FinishedRecording, Recorder
from appliance.store.disk import Disk
from appliance.store.wav import repair
from appliance.wav import writer as wavwriter
from appliance.wav.measuring import WavError, measure
from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, SILENCE, Frame, Samples

NOISE = np.random.default_rng(7)


def talk(frames: int) -> list[Frame]:
    """Loud noise, which counts as speech; every frame is another."""
    return list(NOISE.integers(-6000, 6000, (frames, FRAME_SAMPLES), dtype=np.int16))


def read(path: Path) -> Samples:
    with wave.open(str(path)) as reader:
        assert reader.getparams()[:3] == (1, 2, 8000)
        return np.frombuffer(reader.readframes(reader.getnframes()), dtype="<i2")


async def recorded(
    path: Path, frames: list[Frame], trim_seconds: float = 0.0, longest: float = 180
) -> FinishedRecording:
    """Record these frames as they come in from a line."""
    engine = Engine()
    await engine.start()
    port = engine.open("a", lambda _frame: None)
    recorder = Recorder(path, longest_seconds=longest)
    port.tap(recorder)
    for frame in frames:
        port.deliver(frame)
        await asyncio.sleep(0.02)
    port.untap(recorder)
    result = await recorder.stop(trim_seconds)
    await engine.close()
    return result


@pytest.mark.parametrize("frames", [1, 24, 25, 26, 200])
async def test_every_sample_is_in_the_file(tmp_path: Path, frames: int) -> None:
    path, said = tmp_path / "m.wav", talk(frames)
    result = await recorded(path, said)
    assert np.array_equal(read(path), np.concatenate(said))
    assert (result.path, result.failed) == (path, None)
    assert result.seconds == pytest.approx(frames * 0.02)


async def test_every_five_seconds_it_is_safe_from_a_power_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, safe = tmp_path / "m.wav", []
    monkeypatch.setattr(wavwriter.os, "fsync", lambda _file: safe.append(len(read(path)) / SAMPLE_RATE))
    await recorded(path, talk(600))
    assert safe == [5, 10, 12]


async def test_nothing_said_is_a_valid_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "m.wav"
    result = await recorded(path, [])
    assert (len(read(path)), result.seconds, result.speech_seconds) == (0, 0, 0)


async def test_speech_is_counted_apart_from_silence(tmp_path: Path) -> None:
    frames = [SILENCE] * 100 + talk(100) + [SILENCE] * 100
    result = await recorded(tmp_path / "m.wav", frames)
    assert result.seconds == pytest.approx(6)
    # The receiver needs 40 ms to be sure of a beginning and 300 ms to be sure of an end.
    assert result.speech_seconds == pytest.approx(2.3, abs=0.1)


async def test_the_tail_is_trimmed_from_sound_and_speech(tmp_path: Path) -> None:
    path, said = tmp_path / "m.wav", talk(100)
    result = await recorded(path, said, trim_seconds=0.505)
    assert np.array_equal(read(path), np.concatenate(said)[: 16000 - 4040])
    assert result.seconds == pytest.approx(1.495)
    assert result.speech_seconds == pytest.approx(1.48, abs=0.05)


async def test_trimming_more_than_there_is_leaves_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "m.wav"
    assert (await recorded(path, talk(10), trim_seconds=5)).seconds == 0
    assert len(read(path)) == 0


async def test_it_stops_by_itself_at_the_longest_length(tmp_path: Path) -> None:
    path = tmp_path / "m.wav"
    recorder = Recorder(path, longest_seconds=1.0)
    for number, frame in enumerate(talk(80)):
        assert recorder.done.done() == (number >= 50)
        recorder.feed(frame)
    assert (recorder.seconds, (await recorder.stop()).seconds) == pytest.approx((1.0, 1.0))
    assert len(read(path)) == 8000


async def test_stopping_twice_gives_the_same_answer_and_later_frames_are_ignored(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "m.wav", longest_seconds=10)
    recorder.feed(talk(1)[0])
    first = await recorder.stop()
    recorder.feed(talk(1)[0])
    assert first == await recorder.stop()
    assert len(read(tmp_path / "m.wav")) == FRAME_SAMPLES


async def test_a_stop_that_nobody_waits_for_any_more_still_closes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "m.wav"
    recorder = Recorder(path, longest_seconds=10)
    for frame in talk(10):
        recorder.feed(frame)
    stopping = asyncio.create_task(recorder.stop())
    await asyncio.sleep(0)
    stopping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stopping
    assert (await recorder.stop()).seconds == pytest.approx(0.2)
    assert len(read(path)) == 1600


async def test_while_recording_the_file_is_readable_and_at_most_half_a_second_behind(tmp_path: Path) -> None:
    path = tmp_path / "m.wav"
    recorder = Recorder(path, longest_seconds=10)
    lengths = []
    for frame in talk(120):
        recorder.feed(frame)
        await asyncio.sleep(0.02)
        lengths.append(len(read(path)) if path.exists() else 0)
    await recorder.stop()
    assert lengths == [4000 * ((frame + 1) // 25) for frame in range(120)]


class SmallDisk(FileIO):
    """A file on a disk that takes 20,001 bytes: first it writes less than asked, then it refuses."""

    def write(self, data: Any) -> int:
        room = 20001 - self.tell()
        if room <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(memoryview(data)[:room])


async def test_a_full_disk_stops_the_recording_and_keeps_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wavwriter, "FileIO", SmallDisk)
    path, said = tmp_path / "m.wav", talk(200)
    recorder = Recorder(path, longest_seconds=10)
    told: list[OSError] = []
    recorder.on_failed = told.append
    for frame in said:
        recorder.feed(frame)
        await asyncio.sleep(0.02)
    result, taken = await recorder.stop(), round(recorder.seconds / 0.02)
    assert result.failed is not None
    assert result.failed.errno == errno.ENOSPC
    assert told == [result.failed]
    # The third half second did not fit; no more was taken after it.
    assert taken == 75
    assert result.seconds * 8000 == len(read(path)) == (20001 - 44) // 2
    assert np.array_equal(read(path), np.concatenate(said)[: (20001 - 44) // 2])
    assert result.speech_seconds == pytest.approx(1.24, abs=0.05)


async def test_a_disk_full_from_the_beginning_is_reported() -> None:
    result = await recorded(Path("/dev/full"), talk(60))
    assert result.failed is not None
    assert (result.failed.errno, result.seconds, result.speech_seconds) == (errno.ENOSPC, 0, 0)


async def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    result = await recorded(tmp_path / "gone" / "m.wav", talk(60))
    assert isinstance(result.failed, FileNotFoundError)
    assert result.seconds == 0


async def test_a_recording_cut_at_any_byte_is_repaired_by_the_store_that_finds_it(tmp_path: Path) -> None:
    path, said = tmp_path / "m.wav", talk(1)
    await recorded(path, said)
    whole = path.read_bytes()
    assert len(whole) == 364
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        if cut < 44:
            with pytest.raises(WavError):
                measure(path)
            continue
        found = measure(path)
        repair(path, found, Disk())
        kept = (cut - 44) // 2
        assert found.seconds == kept / 8000
        assert np.array_equal(read(path), said[0][:kept])


async def test_stale_sizes_in_a_header_are_put_right(tmp_path: Path) -> None:
    path, said = tmp_path / "m.wav", talk(2)
    await recorded(path, said)
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + bytes(4) + whole[8:40] + bytes(4) + whole[44:])
    repair(path, measure(path), Disk())
    assert path.read_bytes() == whole
