"""Messages written down: how long the recogniser's process takes for a message, and how much memory it takes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

import numpy as np

from appliance.prompts.languages import language
from appliance.prompts.synthesis import say_to_wav
from appliance.prompts.voice import best_voice
from appliance.wav.clip import write_clip
from appliance.wav.loading import load_wav
from hw.audio import SAMPLE_RATE
from tests.bench.figure import Figure

SAID = "It's Tom. The meeting on Tuesday is moved to three o'clock. Could you bring the documents about the building?"
SECONDS = (10, 60)
MOST_MB = 300.0


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        spoken = Path(folder) / "spoken.wav"
        say_to_wav(SAID, spoken, language("en"), best_voice(language("en")))
        sound = load_wav(spoken)
        recordings = []
        for seconds in SECONDS:
            recordings.append(Path(folder) / f"{seconds}.wav")
            write_clip(recordings[-1], np.resize(sound, seconds * SAMPLE_RATE))
        with subprocess.Popen(
            [sys.executable, "-m", "appliance.transcript.writer"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            first = _seconds_for(recordings[0], process.stdin, process.stdout)
            took = [_seconds_for(recording, process.stdin, process.stdout) for recording in recordings]
            memory = _most_megabytes(process.pid)
            process.stdin.close()
    found = [Figure("transcript: the recogniser's process is ready", first - took[0], "s")]
    for seconds, one in zip(SECONDS, took, strict=True):
        factor = one / seconds
        found.append(Figure(f"transcript: a message of {seconds} s, to its length", factor, "", "<= 1", factor <= 1))
    return [*found, Figure("transcript: most memory", memory, "MB", f"<= {MOST_MB:g}", memory <= MOST_MB)]


def _seconds_for(recording: Path, asked: IO[str], answers: IO[str]) -> float:
    began = time.perf_counter()
    asked.write(f"{recording}\n")
    asked.flush()
    text: str = json.loads(answers.readline())["text"]
    if "meeting" not in text:
        raise RuntimeError(f"what was said was not written down: {text!r}")
    return time.perf_counter() - began


def _most_megabytes(pid: int) -> float:
    status = (Path("/proc") / str(pid) / "status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
