"""The stand-in of a modem talks as its model does, and knows of a call what the wires tell, and no more."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from hw.sim.modem.commandline import commands
from hw.sim.modem.faults import Cure, ModemFaults
from hw.sim.modem.model import MODELS
from hw.sim.modem.standin import StandInModem
from tests.hw.simmodems import HERE, THERE, WHEN, Desk, MemoryPort, SimModemWorld, modems
from tests.hw.simworld import JANE

BLOCK = ["DATE = " + WHEN[0], "TIME = " + WHEN[1], f"NMBR = {JANE}", "NAME = JANE ROE"]
FRAME = b"\xff\x13\x80\x00\xee\xf8"
DLE_ETX = b"\x10\x03"


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("ATE0V1Q0X4", ["E0", "V1", "Q0", "X4"]),
        ("atz", ["Z"]),
        ("AT", []),
        ("AT&F1E0&C1&D2S0=0", ["&F1", "E0", "&C1", "&D2", "S0=0"]),
        ("ATS7=60+FCLASS=1;+FAE=0", ["S7=60", "+FCLASS=1", "+FAE=0"]),
        ("ATDT9,555 0100;", ["DT9,5550100;"]),
        ("ATE=1", ["E=1"]),
        ("AT#CID=1", ["#CID=1"]),
        ("ATS0?", ["S0?"]),
        ("AT?", None),
        ("HELLO", None),
    ],
)
def test_a_line_is_cut_into_its_commands(line: str, cut: list[str] | None) -> None:
    assert commands(line) == cut


async def test_each_model_tells_who_it_is_and_that_it_faxes() -> None:
    for model, told in MODELS.items():
        async with modems(model) as world:
            here = world.here
            assert here.asks("ATE0")[-1] == "OK", model
            assert here.asks("ATI3") == [*told.answers["I3"], "OK"]
            classes = here.asks("AT+FCLASS=?")
            assert "1" in classes[0].split(","), model
            assert classes[1:] == ["OK"], model
            assert here.asks("AT+FCLASS=1") == ["OK"]
            assert here.asks("AT+FRM=?") == ["24,48,72,73,74,96,97,98,121,122,145,146", "OK"]
            assert here.asks("AT+FCLASS?") == ["1", "OK"]
            assert here.asks("AT+NONSENSE=1") == ["ERROR"]
            assert here.asks("ATE=1") == (["ERROR"] if model == "usr5637" else ["OK"]), model


async def test_what_is_written_comes_back_until_echo_is_off_and_reset_brings_it_back() -> None:
    async with modems() as world:
        assert world.here.asks("ATE0S0?") == ["ATE0S0?\r", "000", "OK"]
        assert world.here.asks("ATS0=2") == ["OK"]
        assert world.here.asks("ATS0?") == ["002", "OK"]
        assert world.here.asks("ATZ") == ["OK"]
        assert world.here.asks("ATS0?") == ["ATS0?\r", "000", "OK"]


async def test_it_measures_the_line_and_adds_what_its_diodes_take() -> None:
    async with modems("cx93010", "usr5637") as world:
        world.here.asks("ATE0")
        assert world.here.asks("AT-TRV") == ["49.4", "OK"]
        world.exchange.fault(f"modem {HERE}", "cut")
        assert world.here.asks("AT-TRV") == ["1.4", "OK"]
        assert world.there.asks("AT-TRV")[-1] == "ERROR"


async def test_who_calls_is_told_behind_the_first_ring_as_read_from_the_line() -> None:
    async with modems() as world:
        assert world.here.asks("ATE0+VCID=1")[-1] == "OK"
        await world.call(world.jane, HERE)
        await world.here.told("RING\r\n")
        assert world.here.lines() == []
        assert await world.here.told("RING\r\n") == [*BLOCK, "RING"]
        world.jane.hang_up()


@pytest.mark.parametrize(
    ("model", "switch", "told"),
    [
        ("cx93010", "+VCID=1", BLOCK),
        ("cx93010", "#CID=1", BLOCK),
        ("rockwell", "#CID=1", [line.replace(" = ", "=") for line in BLOCK]),
        ("cx93010-mute", "+VCID=1", []),
        ("usr5637", "+VCID=0", []),
        ("usr5637", "+VCID=2", ["801D01083033303430393330020735353530313939" + "07084A414E4520524F45"]),
    ],
)
async def test_who_calls_is_told_as_each_model_tells_it(model: str, switch: str, told: list[str]) -> None:
    async with modems(model) as world:
        assert world.here.asks(f"ATE0{switch}")[-1] == "OK"
        await world.call(world.jane, HERE)
        await world.here.told("RING\r\n")
        said = await world.here.told("RING\r\n")
        if switch == "+VCID=2":
            said = [said[0][:-2], said[1]]  # Without the checksum.
        assert said == [*told, "RING"]
        world.jane.hang_up()


async def test_a_caller_who_hides_the_number_is_private() -> None:
    async with modems() as world:
        world.exchange.lines[JANE].shown = "private"
        world.here.asks("ATE0+VCID=1")
        await world.call(world.jane, HERE)
        await world.here.told("RING\r\n")
        said = await world.here.told("RING\r\n")
        assert said[2:] == ["NMBR = P", "NAME = P", "RING"]
        world.jane.hang_up()


async def test_a_distinctive_ring_is_told_by_its_letter() -> None:
    async with modems(ring=(0.8, 0.4, 0.8, 4.0)) as world:
        assert world.here.asks("ATE0-SDR=7")[-1] == "OK"
        await world.call(world.jane, HERE)
        assert await world.here.told("RING") == ["RING B"]
        world.jane.hang_up()


async def test_it_rings_beside_the_card_on_the_same_line_and_the_card_can_answer() -> None:
    async with modems() as world:
        loop = world.exchange.lines["5550100"].loop
        beside = StandInModem(MODELS["usr5637"], loop, world.plan, Path("/dev/ttyACM9"), made=MemoryPort)
        desk = Desk(beside)
        desk.asks("ATE0+VCID=1")
        await world.call(world.jane, "5550100")
        await desk.told("RING\r\n")
        assert await desk.told("RING\r\n") == [*BLOCK, "RING"]
        assert world.trunks[0].caller_ids[0].number == JANE
        world.trunks[0].port.seize()
        await asyncio.sleep(1)
        assert not loop.ringing
        assert not beside.off_hook
        beside.unplug()


async def test_it_answers_by_itself_at_the_ring_it_was_told() -> None:
    async with modems() as world:
        world.fax_mode()
        world.here.asks("ATS0=2")
        await world.call(world.jane, HERE)
        assert await world.here.told("CONNECT\r\n") == ["RING", "RING", "CONNECT"]
        assert world.here.modem.off_hook


async def test_a_frame_goes_over_the_line_from_one_modem_to_the_other() -> None:
    async with modems() as world:
        await world.connected()
        world.there.writes(FRAME + DLE_ETX)
        await world.here.told("CONNECT\r\n")
        await world.there.told("OK\r\n")
        frame = (await world.here.heard(DLE_ETX)).split(DLE_ETX)[0]
        assert frame.startswith(FRAME)
        assert len(frame) == len(FRAME) + 2, "and the two octets of FCS"
        await world.here.told("OK\r\n")


@pytest.mark.parametrize(("checksum", "octets"), [("wrong", 2), ("absent", 0)])
async def test_a_checksum_may_be_wrong_or_absent(checksum: str, octets: int) -> None:
    async with modems() as world:
        world.here.modem.faults.checksum = checksum  # type: ignore[assignment]
        await world.connected()
        world.there.writes(FRAME + DLE_ETX)
        await world.here.told("CONNECT\r\n")
        frame = (await world.here.heard(DLE_ETX)).split(DLE_ETX)[0]
        assert frame.startswith(FRAME)
        assert len(frame) == len(FRAME) + octets


async def test_a_busy_line_is_told_by_its_tone_and_a_dead_one_by_its_silence() -> None:
    async with modems() as world:
        world.fax_mode()
        world.bob.lift()
        world.here.writes(b"ATDT5550188\r")
        assert await world.here.told("BUSY\r\n") == ["BUSY"]
        assert not world.here.modem.off_hook
        world.exchange.fault(f"modem {HERE}", "cut")
        world.here.writes(b"ATDT5550188\r")
        assert await world.here.told("NO DIALTONE\r\n") == ["NO DIALTONE"]


async def test_who_does_not_answer_as_a_fax_is_given_up_in_the_time_of_register_7() -> None:
    async with modems() as world:
        world.fax_mode()
        world.here.asks("ATS7=30")
        begun = asyncio.get_running_loop().time()
        world.here.writes(f"ATDT{JANE}\r".encode())
        assert await world.here.told("NO CARRIER\r\n") == ["NO CARRIER"]
        assert 29 < asyncio.get_running_loop().time() - begun < 31
        assert not world.here.modem.off_hook


async def test_an_octet_while_it_dials_ends_the_call() -> None:
    async with modems() as world:
        world.fax_mode()
        world.here.writes(f"ATDT{JANE}\r".encode())
        await asyncio.sleep(0.5)
        world.here.writes(b"\r")
        assert world.here.lines() == ["NO CARRIER"]
        assert not world.here.modem.off_hook


async def test_a_far_end_that_hangs_up_is_told() -> None:
    async with modems() as world:
        await world.connected()
        await world.here.told("CONNECT\r\n")
        world.there.modem.unplug()
        assert (await world.here.told("NO CARRIER\r\n", 20))[-1] == "NO CARRIER"
        await asyncio.sleep(2)
        assert not world.here.modem.off_hook


async def test_closing_the_port_ends_the_call() -> None:
    async with modems() as world:
        await world.connected()
        world.there.port.closed()
        assert not world.there.modem.off_hook


async def test_a_carrier_that_is_refused_or_never_answered() -> None:
    async with modems() as world:
        world.fax_mode()
        assert world.here.asks("AT+FRM=96") == ["ERROR"], "on hook"
        await world.connected()
        await world.here.told("CONNECT\r\n")
        world.there.writes(FRAME + DLE_ETX)
        await world.here.told("OK\r\n")
        world.here.modem.faults.silent_carriers = frozenset({96})
        world.here.writes(b"AT+FRM=96\r")
        await asyncio.sleep(10)
        assert world.here.lines() == []


async def test_result_codes_may_come_late_twice_never_or_with_noise() -> None:
    async with modems() as world:
        desk, faults = world.here, world.here.modem.faults
        desk.asks("ATE0")
        faults.late_s = 3.0
        assert desk.asks("AT") == []
        await asyncio.sleep(3.1)
        assert desk.lines() == ["OK"]
        faults.late_s, faults.twice = 0.0, True
        assert desk.asks("AT") == ["OK", "OK"]
        faults.twice, faults.noise = False, b"\xff\x00"
        assert desk.asks("AT") == ["\xff\x00", "OK"]
        faults.noise, faults.mute = b"", True
        assert desk.asks("AT") == []
        faults.mute, faults.refuses_answer = False, True
        assert desk.asks("ATA") == ["ERROR"]


@pytest.mark.parametrize(
    ("hangs", "cured"),
    [
        ("closing", ["closing", "reset", "unplugging"]),
        ("reset", ["reset", "unplugging"]),
        ("unplugging", ["unplugging"]),
    ],
)
def test_what_brings_it_back_that_hangs(hangs: Cure, cured: list[Cure]) -> None:
    cures: list[Cure] = ["closing", "reset", "unplugging"]
    for done in cures:
        faults = ModemFaults(hangs=hangs)
        faults.cure(done)
        assert (not faults.hangs) == (done in cured), done


async def test_it_hangs_until_it_is_unplugged_and_comes_back_with_factory_settings_under_another_name() -> None:
    async with modems() as world:
        desk = world.here
        desk.asks("ATE0+VCID=1")
        desk.modem.faults.hangs = "unplugging"
        assert desk.asks("AT") == []
        desk.port.closed()
        assert desk.asks("AT") == []
        old = desk.port
        desk.modem.unplug()
        assert not old.plugged
        desk.modem.plug_in(old.link.with_name("ttyACM7"))
        assert desk.port.link.name == "ttyACM7"
        assert desk.asks("AT+VCID?") == ["AT+VCID?\r", "0", "OK"]


@pytest.mark.parametrize("state", ["idle", "ringing", "dial tone", "dialling", "answered", "sending", "receiving"])
async def test_it_is_unplugged_in_every_state_and_the_line_is_free(state: str) -> None:
    async with modems() as world:
        desk = world.there
        match state:
            case "ringing":
                await world.call(world.jane, THERE)
                await desk.told("RING\r\n")
            case "dial tone" | "dialling":
                world.fax_mode()
                desk.writes(f"ATDT{JANE}\r".encode())
                await asyncio.sleep(0.2 if state == "dial tone" else 2.0)
            case "answered":
                await world.connected()
            case "sending":
                await world.connected()
                desk.writes(FRAME + DLE_ETX)
            case "receiving":
                await world.connected()
                desk.writes(FRAME + DLE_ETX)
                await desk.told("OK\r\n")
                desk.writes(b"AT+FRH=3\r")
        desk.modem.unplug()
        await asyncio.sleep(1)
        assert not world.exchange.lines[THERE].loop.held
        desk.modem.plug_in()
        assert desk.asks("AT")[-1] == "OK"


async def page_sent(world: SimModemWorld, data: bytes) -> bytes:
    """A page from HERE to THERE at 9600 bit/s, behind a frame the other way: what THERE is given of it."""
    await world.connected()
    world.there.writes(FRAME + DLE_ETX)
    await world.there.told("OK\r\n")
    await world.here.told("OK\r\n")
    world.there.writes(b"AT+FRM=96\r")
    world.here.writes(b"AT+FTM=96\r")
    await world.here.told("CONNECT\r\n")
    for at in range(0, len(data), 512):
        world.here.writes(data[at : at + 512])
    await asyncio.sleep(5)
    world.here.writes(DLE_ETX)
    await world.here.told("OK\r\n")
    return (await world.there.heard(DLE_ETX)).partition(b"CONNECT\r\n")[2]


LINE = bytes(range(0x20, 0x80))
PAGE = b"\0" * 20 + LINE * 4


async def test_a_page_comes_as_it_was_or_with_its_bits_reversed() -> None:
    async with modems() as world:
        assert PAGE.strip(b"\0") in await page_sent(world, PAGE)
    async with modems() as world:
        world.there.modem.faults.reversed_bits = True
        reversed_page = bytes(int(f"{octet:08b}"[::-1], 2) for octet in PAGE.strip(b"\0"))
        assert reversed_page in (await page_sent(world, PAGE)).replace(b"\x10\x10", b"\x10")


async def test_it_asks_for_a_pause_and_where_nobody_heeds_it_data_is_lost() -> None:
    long = PAGE * 10
    async with modems() as world:
        assert (await page_sent(world, long)).count(LINE) == 40
        assert world.here.port.pauses[:2] == [True, False]
    async with modems() as world:
        world.here.modem.faults.overruns = True
        come = await page_sent(world, long)
        assert world.here.port.pauses == []
        assert 20 < come.count(LINE) < 40
