"""How long messages wait is noted for the figures."""

from __future__ import annotations

from tests.calls.around import leave
from tests.calls.hearing import until
from tests.calls.world import World


def noted(here: World) -> int:
    with here.appliance.calls.reading() as log:
        (number,) = log.execute("SELECT count(*) FROM messages_heard WHERE heard > received").fetchone()
    return int(number)


async def test_a_message_is_noted_once_when_it_is_first_heard(here: World) -> None:
    await leave(here, "maria")
    assert noted(here) == 0
    maria = await here.phone("fxs-1").dials("8500")
    await maria.presses("7391#", at="enter-pin")
    await maria.hears("message-menu")
    maria.hangs_up()
    await until(lambda: noted(here) == 1)
    await here.all_is_free()
    (heard,) = await here.appliance.mail.messages("maria")
    await here.appliance.mail.delete(heard)
    assert noted(here) == 1
