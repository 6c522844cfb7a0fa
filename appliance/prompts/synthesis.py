"""Starts the speaker's process for a list of texts and waits for its clips. Blocking: called off the loop."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Final

from appliance.prompts.language import Language
from appliance.prompts.voice import SynthesisFailed, Voice

__all__ = ["Synthesis", "SynthesisFailed", "say_to_wav"]

PATIENCE_SECONDS: Final = 125.0
"""A clip takes 0.1 s on a small machine, and the voice some seconds to load; this is patience with a busy machine."""


def _patience(process: subprocess.Popen[str]) -> Timer:
    """A timer that ends a process which does not speak its next clip."""
    patience = Timer(PATIENCE_SECONDS, process.kill)
    patience.daemon = True
    patience.start()
    return patience


class Synthesis:
    """One run of the speaker. `stop()` may come from another thread; `run()` then raises `SynthesisFailed`."""

    def __init__(self, language: Language, voice: Voice) -> None:
        self._language = language
        self._voice = voice
        self._process: subprocess.Popen[str] | None = None
        self._stopped = False

    def run(self, texts: Mapping[str, Path]) -> Iterator[str]:
        """Speak every text into its file; yields each text when its file is there.

        Raises `SynthesisFailed` when the speaker's process ends before all are spoken; it holds the last that it said.
        """
        voice = self._voice
        by_path = {str(path): text for text, path in texts.items()}
        with tempfile.TemporaryFile("w+", encoding="utf-8") as jobs, tempfile.TemporaryFile("w+") as errors:
            jobs.writelines(json.dumps({"text": text, "path": path}) + "\n" for path, text in by_path.items())
            jobs.seek(0)
            with subprocess.Popen(
                [sys.executable, "-m", "appliance.prompts.speaker", self._language.code, voice.engine, voice.model],
                stdin=jobs,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            ) as process:
                self._process = process
                if self._stopped:
                    process.kill()
                patience = _patience(process)
                try:
                    assert process.stdout is not None
                    for line in process.stdout:
                        patience.cancel()
                        patience = _patience(process)
                        yield by_path.pop(json.loads(line)["path"])
                finally:
                    patience.cancel()
                    process.kill()
            if by_path:
                errors.seek(0)
                said = errors.read().strip().splitlines()
                why = said[-1] if said else "its process was ended, as it took too long or too much memory"
                raise SynthesisFailed(f"{len(by_path)} of {len(texts)} texts were not spoken: {why}")

    def stop(self) -> None:
        """End the process at once."""
        self._stopped = True
        if self._process is not None:
            self._process.kill()


class RunningSpeaker:
    """The speaker's process, which speaks one text after the other as they are told. Its methods block, but `stop`,
    which may come from another thread; `close` it then."""

    def __init__(self, language: Language, voice: Voice) -> None:
        speaker = [sys.executable, "-m", "appliance.prompts.speaker", language.code, voice.engine, voice.model]
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        self._process = subprocess.Popen(speaker, stdin=pipe, stdout=pipe, stderr=nowhere, text=True)

    def speak(self, text: str, path: Path) -> None:
        """Speak a text into its file. Raises SynthesisFailed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        patience = _patience(self._process)
        try:
            self._process.stdin.write(json.dumps({"text": text, "path": str(path)}) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except (OSError, ValueError):  # It has ended, or was stopped.
            answer = ""
        finally:
            patience.cancel()
        if not answer:
            raise SynthesisFailed("the voice has ended early")

    def stop(self) -> None:
        """End the process at once. Does not wait until it has ended."""
        self._process.kill()

    def close(self) -> None:
        """Wait until the process has ended, which takes 0.1 s (2-core x86 machine): a voice is large."""
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # Something is still unsent.
                    pipe.close()


def say_to_wav(text: str, path: Path, language: Language, voice: Voice) -> None:
    """Speak `text` into a WAV file of 8 kHz, 16 bit, mono. Raises `SynthesisFailed`."""
    for _ in Synthesis(language, voice).run({text: path.absolute()}):
        pass
