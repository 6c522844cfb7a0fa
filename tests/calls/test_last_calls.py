"""The number dialled last is dialled again, and whoever called last is told and called back."""

from __future__ import annotations

from tests.calls.world import GREETED, MAIN, World

JANE = "4075550177"
OUT_SECONDS = 20.0
"""Until a number outside rings: dial tone here, the digits, dial tone there, the digits again."""


async def gives_up(here: World, **options: str) -> None:
    """Jane calls Maria, and gives up while it rings."""
    jane = here.subscriber(JANE, "JANE ROE", **options)
    await jane.dials(MAIN)
    await jane.presses("101", at=GREETED)
    await here.phone("fxs-1").rings()
    jane.hangs_up()
    await here.all_is_free()


async def test_the_number_dialled_last_outside_is_dialled_again(here: World) -> None:
    jane, maria = here.subscriber(JANE), here.phone("fxs-1")
    for number, called in ((f"9{JANE}", jane), ("102", here.phone("fxs-2"))):
        await maria.dials(number)
        await called.rings(OUT_SECONDS)
        await maria.puts_down()
    await maria.dials("*68")
    await maria.hears("one-moment")
    await jane.rings(OUT_SECONDS)
    maria.hangs_up()
    tom = await here.phone("fxs-2").dials("*68")
    await tom.hears("nothing-dialled", "goodbye")
    await here.all_is_free()


async def test_a_caller_who_gave_up_is_told_and_called_back_by_one_key(here: World) -> None:
    await gives_up(here)
    as_dialled = here.subscriber(f"1{JANE}")
    maria = await here.phone("fxs-1").dials("*69")
    await maria.hears("last-caller", "called-at")
    await maria.presses("1", at="call-last-back-menu")
    await as_dialled.rings(OUT_SECONDS)
    maria.hangs_up()
    await here.all_is_free()
    ruth = await here.phone("fxs-3").dials("*69")
    await ruth.hears("nobody-called", "goodbye")


async def test_a_private_caller_is_told_with_the_time_and_cannot_be_called_back(here: World) -> None:
    await gives_up(here, caller_id="private")
    maria = await here.phone("fxs-1").dials("*69")
    await maria.hears("last-caller-private", "called-at", "cannot-call-back", "goodbye")
    maria.hangs_up()
    await here.all_is_free()


async def test_a_colleague_is_told_by_name(here: World) -> None:
    tom = await here.phone("fxs-2").dials("101")
    await here.phone("fxs-1").rings()
    tom.hangs_up()
    await here.all_is_free()
    maria = await here.phone("fxs-1").dials("*64")
    await maria.hears("last-caller-name", "called-at", "goodbye")
    await maria.puts_down()
    await maria.dials("*69")
    await maria.presses("1", at="call-last-back-menu")
    await tom.rings()
    maria.hangs_up()
    await here.all_is_free()


async def test_a_caller_with_an_emergency_number_is_told_and_not_called_back(here: World) -> None:
    forger = here.subscriber("911", "POLICE")
    await forger.dials(MAIN)
    await forger.presses("101", at=GREETED)
    await here.phone("fxs-1").rings()
    forger.hangs_up()
    await here.all_is_free()
    maria = await here.phone("fxs-1").dials("*69")
    await maria.hears("last-caller", "called-at", "cannot-call-back", "goodbye")
