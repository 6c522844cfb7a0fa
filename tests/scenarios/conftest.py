"""What the scenarios share: the fixed clips, in memory once for all of them, and the telephones that a unit lends."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from appliance.clock import run_virtual
from appliance.control.errors import ControlError
from appliance.control.params import check
from appliance.ear.clipbook import ClipBook
from appliance.officewords import office_languages, office_words
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.prompts.voice import espeak_voice
from appliance.prompts.wording import free_texts
from appliance.scenario.environment import Environment, fixed_clips
from appliance.scenario.officefile import office_reader
from appliance.scenario.parser import parse
from appliance.testphone.service import TestPhones


@pytest.fixture(scope="session")
def prompts() -> PromptLibrary:
    """Every fixed clip, in the voice that an office has."""
    library = PromptLibrary(default_cache())
    run_virtual(lambda: library.prepare([], [language("en")]))
    return library


@pytest.fixture(scope="session")
def base(prompts: PromptLibrary) -> ClipBook:
    return fixed_clips(prompts)


@pytest.fixture(scope="session")
def spoken() -> PromptLibrary:
    """Every fixed clip, in the voice that speaks most quickly: a natural one would take minutes.

    A scenario has its own words spoken when it begins, if the cache lacks them; `tests/spoken.py` has filled it.
    """
    library = PromptLibrary(default_cache(), espeak_voice)
    run_virtual(lambda: library.prepare([], [language("en")]))
    return library


@pytest.fixture(scope="session")
def spoken_base(spoken: PromptLibrary) -> ClipBook:
    """The fixed clips, and those of the example office, in which nine of ten scenarios are: each has few of its own."""
    said = office_words(parse("wait 1s\n", "none", office_reader(Path())).office)
    run_virtual(lambda: spoken.prepare(said, [language("en")]))
    book = fixed_clips(spoken)
    for text in free_texts(said):
        book.add(text, spoken.texts(language("en"))[text])
    return book


class Socket:
    """Stands in for the control socket, both ends of it: keeps what is offered and published, and answers calls."""

    def __init__(self):
        self.methods, self.topics, self.events, self.watches = {}, {}, [], []
        self.deaf = False

    def method(self, name, handler, declared):
        self.methods[name] = handler, declared

    def topic(self, name, state):
        self.topics[name] = state

    def publish(self, _topic, event):
        self.events.append(event)
        if self.deaf and "sound" in event:
            return
        for watch in self.watches:
            watch.put_nowait(json.loads(json.dumps(event)))

    def cut(self):
        """The daemon is gone."""
        self.methods = None
        for watch in self.watches:
            watch.put_nowait(ControlError("connection-lost", "gone"))

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        self.watches.clear()

    async def call(self, method, /, **params):
        if self.methods is None:
            raise ControlError("connection-lost", "gone")
        handler, declared = self.methods[method]
        return json.loads(json.dumps(await handler(check(declared, params))))

    async def watch(self, topic):
        self.watches.append(events := asyncio.Queue())
        yield json.loads(json.dumps(self.topics[topic]()))
        while True:
            event = await events.get()
            if isinstance(event, ControlError):
                raise event
            yield event


@pytest.fixture
def socket():
    return Socket()


@pytest.fixture
def phones(prompts, base, tmp_path, socket):
    """The telephones that a running unit lends, offered on `socket`."""
    return lent(prompts, base, tmp_path, socket)


@asynccontextmanager
async def lent(prompts, base, folder, socket):
    scene = parse("wait 1s\n", "none", office_reader(folder))
    environment = Environment(scene, prompts, base, folder / "data", folder, keep_sound=False)
    await environment.open()
    library = PromptLibrary(default_cache())
    await library.prepare(office_words(environment.office), office_languages(environment.office))
    phones = TestPhones(environment.exchange, library, environment.plan)
    phones.offer(socket)
    try:
        yield phones
    finally:
        await phones.close()
        await environment.close()
