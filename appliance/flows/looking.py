"""Looking for somebody, at desks and outside, while the caller waits: the same for everybody who is looked for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial

from appliance.calls.call import Call
from appliance.calls.reaching import Reached
from appliance.calls.waiting import Conversation, Pressed
from appliance.flows.screening import announcement, ask, last_words
from appliance.office.phrase import Phrase, Recorded, Sayable, phrase
from appliance.office.search import Search

TO_MESSAGE, TO_OPERATOR = "#", "0"
LONGEST_NAME_SECONDS = 4.0
BEHIND_THE_NAME_SECONDS = 1.0
"""Who has said a name and is silent for so long has said it all."""


async def look_for(call: Call, search: Search, *, keys: str = TO_MESSAGE + TO_OPERATOR) -> Reached | Pressed:
    """Look for whoever is in the search. keys: by which the caller may stop waiting."""
    screened = [number for number in search.numbers if number.screened]
    whom = search.label or call.company.name or call.office.name
    async with _spoken_name(call, search) as name:
        if call.known_name:
            for language in {number.language or call.office.language for number in screened}:
                call.services.announcer.get_ready(call.known_name, language)
        conversation = Conversation(
            explain=partial(explain, search.whom, keys),
            keys=keys,
            ask=partial(ask, call, partial(announcement, call, whom, name)),
            before_silence=[phrase("line-will-be-silent")],
            after_silence=[phrase("back-again")],
            last_words=last_words,
        )
        return await call.look_for(search, conversation)


def note_left_out(call: Call, search: Search) -> None:
    """Who is not rung for not wanting to be disturbed, as steps of the call's record."""
    for name in search.left_out:
        call.record.step(f"{name} does not want to be disturbed")


def explain(whom: str, keys: str, times: int) -> Sequence[Sayable]:
    """What a caller hears after each quarter of a minute. Who wants the operator has asked for nobody by name."""
    news = [phrase("still-nobody")]
    if TO_OPERATOR in keys:
        news = [phrase("still-trying", name=whom), phrase("still-looking", name=whom), *news]
    return [news[times % len(news)], _what_to_press(keys)]


def _what_to_press(keys: str) -> Phrase:
    return phrase("while-waiting" if TO_OPERATOR in keys else "while-waiting-for-operator")


@asynccontextmanager
async def _spoken_name(call: Call, search: Search) -> AsyncIterator[Recorded | None]:
    """The caller's name in the caller's own voice, where somebody wants to be told it and nobody knows it.

    Not one with keys in it: they would be played to the cell phone's voicemail, which heeds keys, and a line that
    returns them would seem to accept the call.
    """
    asks = any(number.screened and (number.person is None or number.person.ask_name) for number in search.numbers)
    if not asks or not call.from_outside or call.who.contact is not None:
        yield None
        return
    await call.answer()
    await call.caller.play(phrase("say-your-name"))
    recording = None
    with suppress(OSError):  # A broken disk keeps nobody from being connected.
        recording = await call.record_own(
            call.company.general_mailbox, LONGEST_NAME_SECONDS, trim=True, pause_seconds=BEHIND_THE_NAME_SECONDS
        )
    try:
        call.caller.leg.forget_digits()
        await call.caller.play(phrase("trying-to-connect"))
        spoken = recording is not None and recording.speech_seconds > 0 and not recording.keys
        yield Recorded(recording.path) if recording is not None and spoken else None
    finally:
        if recording is not None:
            with suppress(OSError):  # It is set aside when the unit is started again.
                await call.mail.discard(recording.path)
