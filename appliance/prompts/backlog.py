"""What of a language is spoken in the background, while calls are taken already: names of a large office, and what a
start has left of the prompts.

A thousand names take minutes of work at the first start. What somebody wants to hear now goes before all others.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from appliance.clock import off_loop
from appliance.prompts.language import Language
from appliance.prompts.synthesis import RunningSpeaker, SynthesisFailed
from appliance.prompts.voice import Voice

log = logging.getLogger(__name__)

HURRY_SECONDS: Final = 3.0
"""How long somebody waits for a name. It takes 0.2 s; some seconds more while the voice is being loaded."""

MOST_FAILURES: Final = 3
"""So many texts in a row that are not spoken are the voice's fault, and not theirs."""


class Backlog:
    """The texts of one language that are still to be spoken, in the order in which they were added.

    path: where the cache keeps a text's clip. keep: given each text once its clip is there; it may block, and is called
    off the loop. progress: called after each.
    """

    def __init__(
        self,
        language: Language,
        voice: Voice,
        path: Callable[[str], Path],
        *,
        keep: Callable[[str], object],
        progress: Callable[[], None],
    ) -> None:
        self.total = 0
        """How many texts there were, with those that are spoken."""
        self._language = language
        self._voice = voice
        self._path = path
        self._keep = keep
        self._progress = progress
        self._waiting: dict[str, asyncio.Future[None]] = {}
        """Done once a text is spoken, or will not be."""
        self._wanted: list[str] = []
        """Those of them that somebody waits for."""
        self._failures = 0
        """So many speakers, one after the other, have failed by their first text."""
        self._running: asyncio.Task[None] | None = None
        self._speaker: RunningSpeaker | None = None

    @property
    def left(self) -> int:
        """How many are not spoken yet."""
        return len(self._waiting)

    def __contains__(self, text: object) -> bool:
        return text in self._waiting

    def __iter__(self) -> Iterator[str]:
        return iter(self._waiting)

    def add(self, texts: Iterable[str]) -> None:
        """Have these spoken, too."""
        loop = asyncio.get_running_loop()
        new = [text for text in texts if text not in self._waiting]
        self._waiting |= {text: loop.create_future() for text in new}
        self.total += len(new)
        if self._waiting and (self._running is None or self._running.done()):
            self._running = loop.create_task(self._speak_all(), name="speaks names")

    async def hurry(self, texts: Iterable[str]) -> None:
        """Have these spoken first, and wait for them, but no longer than somebody waits."""
        waited_for = [self._waiting[text] for text in texts if text in self._waiting]
        self._wanted += [text for text in texts if text in self._waiting]
        if waited_for:
            await asyncio.wait(waited_for, timeout=HURRY_SECONDS)

    async def close(self) -> None:
        """Speak nothing more."""
        if self._running is not None:
            self._running.cancel()
            if self._speaker is not None:
                self._speaker.stop()
            with suppress(asyncio.CancelledError):
                await self._running

    async def _speak_all(self) -> None:
        self._failures = 0
        try:
            while self._waiting:
                self._speaker = await off_loop(RunningSpeaker, self._language, self._voice)
                await self._speak_with(self._speaker)
                self._end(self._speaker)
        except (SynthesisFailed, OSError) as error:  # Whoever says one of them reports what is missing.
            log.error("names are not spoken: %s", error)
        finally:
            for future in self._waiting.values():
                future.cancel()
            self._waiting.clear()
            if self._speaker is not None:
                self._end(self._speaker)

    async def _speak_with(self, speaker: RunningSpeaker) -> None:
        """Speak all that is waiting, or until this speaker fails. SynthesisFailed after `MOST_FAILURES` in a row.

        A speaker fails by a text that it cannot speak, or when the memory is short. That text is left out: another
        speaker goes on with the others.
        """
        while self._waiting:
            text = self._wanted.pop(0) if self._wanted else next(iter(self._waiting))
            if text not in self._waiting:
                continue
            try:
                await off_loop(speaker.speak, text, self._path(text))
            except SynthesisFailed:
                self._failures += 1
                if self._failures >= MOST_FAILURES:
                    raise
                self._waiting.pop(text).cancel()
                log.warning("a name is not spoken: the voice has failed")
                return
            self._failures = 0
            await off_loop(self._keep, text)
            self._waiting.pop(text).set_result(None)
            self._progress()

    def _end(self, speaker: RunningSpeaker) -> None:
        speaker.stop()
        asyncio.get_running_loop().run_in_executor(None, speaker.close)  # Nobody has to wait for it.
        self._speaker = None
