"""What efax tells is understood as it is meant, and it is called as it must be. The lines are what it has told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from appliance.fax.efaxcommand import ModemWays, header_line, receiving_command, sending_command, ways_of
from appliance.fax.efaxlog_protocol import (
    EfaxEvent,
    EfaxLog,
    FarEndKnown,
    ModemOnLine,
    PageConfirmed,
    PageMissed,
    PageWritten,
)
from appliance.fax.efaxpages import HEADER_ON_COARSE, HEADER_ON_FINE, split_pages
from appliance.fax.job import FaxCause, Receiving, Sending
from appliance.fax.pagefile import first_page
from hw.modem.profile import modem_models, modem_profile
from tests.fax import papers


def followed(text: str) -> tuple[EfaxLog, list[EfaxEvent]]:
    """A log with these lines, without what efax puts before each, and all that it told."""
    log = EfaxLog()
    return log, [event for line in text.strip().splitlines() for event in log.line(f"efax: 10:55 {line.strip()}")]


CONNECTED = """
    command  "DT5550199"
    response "CONNECT"
    connected
    response "OK"
    received UNKNOWN
    remote ID ->      +1 407 5550199
    command  "+FRH=3"
    response "CONNECT"
    response "OK"
    received DIS - answering capabilities
    session 196lpi 14.4kbps 8.5"/215mm  any   1D    -     -  0ms
    sent DCS - session format
    sent TCF - channel check of 2700 bytes
    command  "+FRH=3"
    response "CONNECT"
    response "OK"
    received CFR - channel OK
    command  "+FTM=146"
    response "CONNECT"
    sent 20+2287 lines, 9270+0 bytes, 5 s  14832 bps
    command  "+FTH=3"
    response "CONNECT"
    sent EOP - done
"""


def test_a_page_is_confirmed_by_a_frame_that_has_come() -> None:
    log, told = followed(CONNECTED + 'command "+FRH=3"\nresponse "CONNECT"\nresponse "OK"\nreceived MCF - page OK')
    assert told == [ModemOnLine(), FarEndKnown(), FarEndKnown(), PageConfirmed()]
    assert (log.pages, log.far_identity, log.bit_rate) == (1, "+1 407 5550199", 14400)
    assert log.cause(0, sending=True) is FaxCause.COMPLETE


def test_a_frame_from_before_that_efax_reads_again_confirms_nothing() -> None:
    log, _ = followed(CONNECTED + 'command "+FRH=3"\nresponse "OK"\nreceived MCF - page OK')
    assert log.pages == 0
    assert log.cause(3, sending=True) is FaxCause.SILENT


def test_a_received_page_is_told_before_it_is_confirmed() -> None:
    log, told = followed(
        """
        command  "A"
        response "CONNECT"
        fax call answered
        received 1810 lines, 2 errors
        received -> /faxes/page.001
        command  "+FRH=3"
        response "CONNECT"
        response "OK"
        received EOP - done
        wrote /faxes/page.001 as 1728x1810 pixel 204x196 dpi TIFF page (8846 bytes)
        command  "+FTH=3"
        sent MCF - page OK
        wrote /faxes/page.002 as 1728x0 pixel 204x196 dpi TIFF page (10 bytes)
        removed /faxes/page.002
        """
    )
    assert told == [ModemOnLine(), PageWritten("/faxes/page.001", last=True), PageConfirmed()]
    assert log.bad_rows == 2


def test_a_page_without_an_end_is_none() -> None:
    _, told = followed(
        """
        fax call answered
        received 526 lines, 1 errors
        wrote /faxes/page.001 as 1728x526 pixel 204x196 dpi TIFF page (2846 bytes)
        """
    )
    assert told == []


MISSED = 'command "+FRM=146"\ncommand "+FRH=3"\nresponse "OK"\nError: wrong response to receive-frame command'


def test_a_page_whose_carrier_was_not_found_is_told_before_efax_confirms_it() -> None:
    """As it was seen over a line with much noise: efax answered the sender's EOP with MCF, and had no page."""
    answered = 'command "A"\nresponse "CONNECT"\nfax call answered\nsent CFR - channel OK\nresponse "OK"\n'
    assert PageMissed() in followed(answered + MISSED)[1]
    again = 'command "+FRH=3"\nresponse "CONNECT"\nresponse "OK"\nreceived DCS - session format\n'
    assert PageMissed() not in followed(answered + again + MISSED)[1], "a training that was missed is tried again"
    came = 'command "+FRM=146"\nresponse "CONNECT"\nreceived 100 lines, 0 errors\n'
    frame_missed = 'command "+FRH=3"\nresponse "OK"\nError: wrong response to receive-frame command'
    assert PageMissed() not in followed(answered + came + frame_missed)[1]


def test_what_the_modem_does_behind_the_farewell_is_no_matter_of_the_fax() -> None:
    confirmed = CONNECTED + 'command "+FRH=3"\nresponse "CONNECT"\nresponse "OK"\nreceived MCF - page OK'
    log, _ = followed(confirmed + "\nsent DCN - disconnect")
    assert log.cause(3, sending=True) is FaxCause.COMPLETE
    log, _ = followed(confirmed)
    assert log.cause(3, sending=True) is not FaxCause.COMPLETE, "it was not said"


def test_whoever_has_confirmed_the_last_page_has_the_whole_fax_without_a_farewell() -> None:
    answered = """
        fax call answered
        command "+FRH=3"
        response "CONNECT"
        received %s - page is over
        command "+FTH=3"
        sent MCF - page OK
        command "+FRH=3"
        response "NO CARRIER"
    """
    assert followed(answered % "EOP")[0].cause(3, sending=False) is FaxCause.COMPLETE
    assert followed(answered % "MPS")[0].cause(3, sending=False) is not FaxCause.COMPLETE, "more pages were to come"


REFUSED = 'command "+FRH=3"\nresponse "CONNECT"\nresponse "OK"\nreceived RTN - page not OK'
CUT = 'command "+FRH=3"\nresponse "ERROR"\nError: wrong response to receive-frame command\nreceived EOP - done'
BYE = 'command "+FRH=3"\nresponse "CONNECT"\nresponse "OK"\nreceived DCN - disconnect'
UNTRAINED = "\n".join(line for line in CONNECTED.splitlines() if "CFR" not in line and "FTM" not in line)


@pytest.mark.parametrize(
    ("told", "exit_code", "cause"),
    [
        ('command "DT55"\nresponse "BUSY"\nWarning: number is busy', 1, FaxCause.BUSY),
        ("Warning: can't answer: can't lock device", 1, FaxCause.NO_LINE),
        ('command "DT55"\nresponse "NO DIALTONE"\nError: dial command failed', 2, FaxCause.NO_LINE),
        ('command "DT55"\nresponse "NO CARRIER"\nError: dial command failed', 2, FaxCause.NO_ANSWER),
        ('command "DT55"\nresponse "ERROR"\nError: dial command failed', 2, FaxCause.ENGINE),
        ('command "Q0V1"\nError: sync: modem not responding', 4, FaxCause.ENGINE),
        ("Error: terminating on signal 11", 5, FaxCause.ENGINE),
        ("", -9, FaxCause.ENGINE),
        (CONNECTED + "Error: fax device write: Input/output error", 3, FaxCause.ENGINE),
        (CONNECTED + CUT, 3, FaxCause.LINE_CUT),
        (CONNECTED + REFUSED, 2, FaxCause.PAGE_REFUSED),
        (CONNECTED + BYE, 2, FaxCause.FAR_END),
        (UNTRAINED, 3, FaxCause.TRAINING),
        ('command "DT55"\nresponse "CONNECT"\nconnected', 3, FaxCause.NOT_A_FAX),
    ],
)
def test_why_a_fax_failed_is_read_from_what_was_told(told: str, exit_code: int, cause: FaxCause) -> None:
    log, _ = followed(told)
    assert log.cause(exit_code, sending=True) is cause


def test_a_call_that_is_no_fax_and_a_modem_that_refuses_are_told_apart() -> None:
    log, _ = followed('command "A"\nresponse "NO CARRIER"\nError: unable to answer call')
    assert log.cause(3, sending=False) is FaxCause.NOT_A_FAX
    log, _ = followed('command "A"\nresponse "ERROR"\nError: unable to answer call')
    assert log.cause(3, sending=False) is FaxCause.ENGINE


def test_lines_of_other_kinds_are_passed_over() -> None:
    log = EfaxLog()
    assert log.line("") == log.line("\xff\x00") == log.line("efax: Mon Nov 30 02:10:46 2026 efax v 0.9a") == []


SENDING = Sending(Path("out.tif"), "+1 407 5550100", "ACME", most_bit_rate=9600)


def test_it_is_called_with_the_modems_ways_and_limits() -> None:
    command = sending_command("/dev/ttyACM0", "9,5550199", [Path("1.tif")], ModemWays("2.0", True), SENDING, "ACME")
    assert command[command.index("efax") :] == [
        *("efax", "-d", "/dev/ttyACM0", "-v", "ewinfc", "-o0h", "-l", "+1 407 5550100"),
        *("-c", "1,3,0,2,0,0,0,0", "-iS7=60", "-h", "ACME", "-t", "T9,5550199", "1.tif"),
    ]
    assert "--fsize=67108864" in command
    command = receiving_command("/dev/ttyACM0", "a%b", ModemWays(), Receiving(Path("in.tif"), "5550100"))
    assert command[-4:] == ["-c", "1,5,0,2,0,0,0,0", "-iS7=60", "-r", "a%%b"][-4:]
    command = sending_command("/dev/ttyACM0", "", [Path("1.tif")], ModemWays(), SENDING, "ACME")
    assert command[-6:] == ["-iX3", "-h", "ACME", "-t", "", "1.tif"]
    with pytest.raises(ValueError, match="no number"):
        sending_command("/dev/ttyACM0", "55; rm", [], ModemWays(), SENDING, "")


def test_every_model_of_modem_faxes_in_a_class_that_efax_has() -> None:
    ways = {model: ways_of(modem_profile(model)) for model in modem_models()}
    assert ways["usrobotics-usr5637"] == ModemWays("1", hardware_flow=False)
    assert ways["conexant-cx93010"] == ModemWays("1", hardware_flow=True)
    for way in ways.values():
        assert sending_command("/dev/ttyACM0", "1", [], way, SENDING, "")


def test_the_header_has_no_letter_that_efax_cannot_show_and_no_command_to_it() -> None:
    at = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    assert header_line("Zahnarzt Müller 100%n", at) == "2026-03-04 09:30   Zahnarzt Muller 100n   P. %d/%d"
    assert header_line("", at) == " "


def below_header(file: Path, white: int) -> papers.Page:
    """The page in a file below the lines that are left white for the header."""
    (page,) = papers.pages_of(file)
    assert not page[:white].any()
    return page[white:]


def test_pages_are_split_as_they_are_and_the_finest_are_halved(tmp_path: Path) -> None:
    first, second = papers.text(120), papers.dense(20)
    files = split_pages(papers.saved(tmp_path / "book.tif", [first, second]), tmp_path)
    assert len(files) == 2
    assert np.array_equal(below_header(files[0], HEADER_ON_FINE)[:120], first)
    assert np.array_equal(below_header(files[1], HEADER_ON_FINE), second)
    page = first_page(files[1])
    assert (page.rows, page.compression, page.options, page.y_per_unit) == (24, 3, 0, (196, 1))
    fine = np.repeat(first, 2, axis=0)
    fine[1] = True  # A line of black is not lost.
    (file,) = split_pages(papers.saved(tmp_path / "fine.tif", [fine], 391), tmp_path)
    halved = below_header(file, HEADER_ON_FINE)
    assert halved[0].all()
    assert np.array_equal(halved[1:120], first[1:])


def test_a_page_that_would_be_sent_in_less_than_a_second_is_filled_up_with_white(tmp_path: Path) -> None:
    page = papers.text(16)
    (file,) = split_pages(papers.saved(tmp_path / "short.tif", [page], 98), tmp_path)
    filled = below_header(file, HEADER_ON_COARSE)
    assert np.array_equal(filled[:16], page)
    assert not filled[16:].any()
    assert 8 * len(first_page(file).data) / 14400 > 1.2


def test_what_is_no_file_of_pages_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "broken.tif").write_bytes(b"no pages")
    with pytest.raises(OSError, match=r"."):
        split_pages(tmp_path / "broken.tif", tmp_path)
    (tmp_path / "page.001").write_bytes(b"")
    with pytest.raises(OSError, match="no page"):
        first_page(tmp_path / "page.001")
