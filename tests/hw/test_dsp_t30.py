"""The library's fax terminal as it is bound, and what is kept away from it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hw.audio import FRAME_SAMPLES, Frame
from hw.dsp.faxmodems import FaxModems, FaxSignal, ModemStatus
from hw.dsp.library import ffi
from hw.dsp.t30 import T30, T30Set, completion_text
from hw.dsp.t30guard import NOT_HEARD, FrameKind, after_page, kind_of, let_through

HEADERS = Path("/usr/include/spandsp")
STRUCTURES = {"t30_stats_t": "t30_stats_t", "fsk_spec_t": "fsk_spec_t"}
CONSTANTS = {
    **{f"T30_MODEM_{signal.name}": signal.value for signal in FaxSignal},
    **{f"SIG_STATUS_{status.name}": status.value for status in ModemStatus},
    **{f"T4_{kind.name}" if kind.name in ("FCD", "RCP") else f"T30_{kind.name}": kind.value for kind in FrameKind},
    "T30_FRONT_END_SEND_STEP_COMPLETE": 0,
    "T30_SUPPORT_V27TER": 0x01,
    "T30_SUPPORT_V29": 0x02,
    "T30_SUPPORT_V17": 0x04,
    "T30_SUPPORT_T4_1D_COMPRESSION": 0x02,
    "T30_SUPPORT_T4_2D_COMPRESSION": 0x04,
    "T30_SUPPORT_T6_COMPRESSION": 0x08,
    "T30_SUPPORT_STANDARD_RESOLUTION": 0x01,
    "T30_SUPPORT_FINE_RESOLUTION": 0x02,
    "T30_SUPPORT_SUPERFINE_RESOLUTION": 0x04,
    "T30_SUPPORT_R8_RESOLUTION": 0x20000,
    "T30_SUPPORT_215MM_WIDTH": 0x01,
    "T30_SUPPORT_UNLIMITED_LENGTH": 0x10000,
    "T30_SUPPORT_A4_LENGTH": 0x20000,
    "T30_SUPPORT_US_LETTER_LENGTH": 0x80000,
    "T30_SUPPORT_US_LEGAL_LENGTH": 0x100000,
    "T30_SUPPORT_IDENTIFICATION": 0x01,
    "T30_SUPPORT_SUB_ADDRESSING": 0x10,
    "T4_COMPRESSION_ITU_T6": 3,
    "FSK_V21CH2": 1,
    "FSK_FRAME_MODE_SYNC": 1,
    "MODEM_CONNECT_TONES_FAX_CNG": 1,
    "MODEM_CONNECT_TONES_ANS": 2,
    "T30_ERR_OK": 0,
    "T30_ERR_CANNOT_TRAIN": 6,
    "T30_ERR_RETRYDCN": 48,
    "T30_ERR_CALLDROPPED": 49,
    "T30_ERR_CSA_UNACCEPTABLE": 61,
}


@pytest.fixture(scope="module")
def header(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, int]]:
    """What a C program says that is compiled with the headers of the library."""
    if not HEADERS.exists():
        pytest.skip("Debian's package libspandsp-dev is not installed")
    folder = tmp_path_factory.mktemp("spandsp")
    lines = [f'printf("\\"{name}\\": %ld, ", (long) {name});' for name in CONSTANTS]
    for name in STRUCTURES:
        lines.append(f'printf("\\"{name}\\": %zu, ", sizeof({name}));')
        lines += [f'printf("\\"{name}.{field}\\": %zu, ", offsetof({name}, {field}));' for field, _ in fields_of(name)]
    program = (
        "#include <stdio.h>\n#include <stddef.h>\n#define SPANDSP_EXPOSE_INTERNAL_STRUCTURES\n"
        "#include <spandsp.h>\n#include <spandsp/t30_fcf.h>\n"
        'int main(void) { printf("{"); ' + "\n".join(lines) + ' printf("\\"end\\": 0}"); return 0; }\n'
    )
    (folder / "told.c").write_text(program)
    subprocess.run(["cc", "-w", "-o", folder / "told", folder / "told.c", "-lspandsp", "-ltiff"], check=True)
    told: dict[str, int] = json.loads(subprocess.run([folder / "told"], capture_output=True, check=True).stdout)
    return {"told": told}


def fields_of(structure: str) -> list[tuple[str, int]]:
    fields = ffi.typeof(structure).fields
    assert fields is not None
    return [(name, field.offset) for name, field in fields]


def test_numbers_and_structures_are_those_of_the_header(header: dict[str, dict[str, int]]) -> None:
    told = header["told"]
    assert {name: told[name] for name in CONSTANTS} == CONSTANTS
    for name in STRUCTURES:
        assert told[name] == ffi.sizeof(name)
        assert {field: told[f"{name}.{field}"] for field, _ in fields_of(name)} == dict(fields_of(name))


@pytest.mark.parametrize("kind", FrameKind)
@pytest.mark.parametrize("turn", [0, 1])
def test_a_frame_with_nothing_in_it_never_reaches_the_library_where_that_needs_more(kind: FrameKind, turn: int) -> None:
    given = let_through(bytes((0xFF, 0x13, kind | turn)))
    needs = {FrameKind.FCD, FrameKind.PPS, FrameKind.PPR, FrameKind.EOR, FrameKind.CTC, FrameKind.DIS, FrameKind.DTC}
    needs |= {FrameKind.DCS, FrameKind.CSI, FrameKind.CIG, FrameKind.TSI, FrameKind.PWD, FrameKind.SEP}
    needs |= {FrameKind.PSA, FrameKind.SUB, FrameKind.SID}
    understood = kind_of(bytes((0xFF, 0x13, kind | turn)))
    assert (given is None) == (understood is None or understood in needs | NOT_HEARD)


@pytest.mark.parametrize("wrong", [b"", b"\xff", b"\xff\x13", b"\x00\x13\x8c", b"\xff\x99\x8c", b"\xff\x13\x77"])
def test_what_is_no_frame_is_not_let_through(wrong: bytes) -> None:
    assert let_through(wrong) is None


def test_the_question_behind_a_page_is_understood_with_and_without_error_correction() -> None:
    assert after_page(bytes((0xFF, 0x13, FrameKind.EOP | 1))) is FrameKind.EOP
    assert after_page(bytes((0xFF, 0x13, FrameKind.PPS, FrameKind.MPS | 1, 0, 0, 9))) is FrameKind.MPS
    assert after_page(bytes((0xFF, 0x13, FrameKind.PPS, 0, 0, 0, 9))) is None
    assert after_page(bytes((0xFF, 0x13, FrameKind.MCF))) is None


kinds = st.sampled_from([*FrameKind, 0xFF, 0x00])
frames = st.builds(
    lambda control, kind, turn, carried: bytes((0xFF, control, int(kind) | turn)) + carried,
    st.sampled_from([0x03, 0x13]),
    kinds,
    st.sampled_from([0, 1]),
    st.binary(max_size=300),
)


class _Line:
    """A terminal that is told frames as if its modems had heard them, at any moment of a fax."""

    def __init__(self, tmp_path: Path, *, calling: bool, begun: int) -> None:
        page = tmp_path / "page.tif"
        self.machine = T30(
            T30Set(
                calling=calling,
                identity="1",
                receive_into=str(tmp_path / "in.tif"),
                send_from=str(page) if calling and page.exists() else "",
            )
        )
        self.silence: Frame = np.zeros(FRAME_SAMPLES, dtype=np.int16)
        self.run(begun)

    def run(self, ticks: int) -> None:
        for _ in range(ticks):
            self.machine.feed(self.silence)
            self.machine.next()

    def hears(self, frame: bytes) -> None:
        self.machine.modems.status_heard(ModemStatus.CARRIER_UP, True)
        self.machine.modems.status_heard(ModemStatus.FRAMING_OK, True)
        self.machine.modems.frame_heard(frame)
        self.machine.modems.status_heard(ModemStatus.CARRIER_DOWN, True)


DCS_ECM = bytes((0xFF, 0x13, FrameKind.DCS, 0x00, 0x22, 0xF8, 0x44))


@settings(max_examples=60)
@given(st.lists(frames, min_size=1, max_size=12), st.sampled_from([10, 150, 400]), st.booleans())
def test_no_frame_at_any_moment_harms_the_library(
    tmp_path_factory: pytest.TempPathFactory, said: list[bytes], begun: int, announced: bool
) -> None:
    line = _Line(tmp_path_factory.mktemp("fuzz"), calling=False, begun=begun)
    if announced:
        line.hears(DCS_ECM)
        line.machine.modems.status_heard(ModemStatus.TRAINING_SUCCEEDED, False)
        line.run(5)
    for frame in said:
        line.hears(frame)
        line.run(3)
    line.machine.terminate()
    assert line.machine.completion is not None


@pytest.mark.proof
@pytest.mark.parametrize("kind", FrameKind)
@pytest.mark.parametrize("calling", [False, True])
def test_frames_of_every_kind_and_length_harm_nothing(tmp_path: Path, kind: FrameKind, calling: bool) -> None:
    random = np.random.default_rng(kind)
    for length in (0, 1, 2, 3, 4, 5, 19, 20, 21, 32, 33, 64, 255, 256, 257, 258, 300, 390):
        line = _Line(tmp_path, calling=calling, begun=200)
        line.hears(DCS_ECM)
        line.run(3)
        for turn in (0, 1):
            line.hears(bytes((0xFF, 0x13, kind | turn)) + random.bytes(length))
            line.run(3)
        line.machine.terminate()


def test_an_end_has_a_text() -> None:
    assert completion_text(0) == "OK"
    assert completion_text(49) == "The call dropped prematurely"


def test_what_a_listener_raises_comes_out_of_the_modems() -> None:
    modems = FaxModems()

    def fails(_frame: bytes | None) -> None:
        raise ZeroDivisionError

    far = FaxModems()
    modems.frame_heard = fails
    modems.receive(FaxSignal.V21)
    far.send_frame(bytes((0xFF, 0x13, FrameKind.DCN)))
    far.send(FaxSignal.V21)
    far.step_sent = lambda: far.send_frame(b"")
    said = [far.next() for _ in range(150)]
    with pytest.raises(ZeroDivisionError):
        modems.feed(np.concatenate(said))
