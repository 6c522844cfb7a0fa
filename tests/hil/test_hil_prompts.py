"""Prompts are understood at the far end of the line: each is recognised from its sound."""

from __future__ import annotations

from collections.abc import Sequence

from appliance.flows.attendant import choices
from appliance.office.phrase import Words, phrase
from appliance.prompts import wording
from tests.hil.call import BenchCall, NotInTime
from tests.hil.figures import Figures
from tests.hil.rig import Rig


async def test_prompts_are_recognised(rig: Rig, figures: Figures) -> None:
    """A silent caller hears the whole menu, and that nothing was heard; a telephone hears what the mailbox asks."""
    missed: list[str] = []
    menu = [*choices(rig.office, rig.office.menu), phrase("did-not-hear")]
    texts = [text for said in menu for text in spoken(rig, said)]
    call = await rig.greeted(rig.trunks[0])
    await all_heard(call, texts, missed)
    call.press("*")
    await all_heard(call, spoken(rig, phrase("not-valid")), missed)
    count = len(texts) + 2
    if rig.stations and rig.bench.unit.mailbox:
        call = await rig.dialled(rig.stations[0], rig.bench.unit.mailbox)
        for step in rig.bench.unit.mailbox_steps:
            await all_heard(call, [step.hear], missed)
            call.press(step.press)
        count += len(rig.bench.unit.mailbox_steps)
    figures.add("prompts played", count, "prompts")
    figures.add("prompts not recognised", len(missed), limit="prompts_missed")
    assert not missed, f"not recognised: {missed}"


async def all_heard(call: BenchCall, texts: Sequence[str], missed: list[str]) -> None:
    for text in texts:
        try:
            await call.hears(text, seconds=20)
        except NotInTime:
            missed.append(text)


def spoken(rig: Rig, said: object) -> list[str]:
    """The texts of the clips that a sayable is spoken with."""
    if isinstance(said, Words):
        return [text for text, _pause in wording.of_words(said)]
    return [text for text, _pause in wording.of_phrase(said, None, rig.language)]  # type: ignore[arg-type]
