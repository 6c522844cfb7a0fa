from __future__ import annotations

import gc
import resource
from collections.abc import Callable

import numpy as np
import pytest

from hw.audio import SILENCE
from hw.callerid.fsk import Fsk, FskReceiver, JclipReceiver, fsk_samples
from hw.dsp import library
from hw.dsp.echo import EchoCanceller
from hw.dsp.plc import Concealer
from hw.dsp.resample import resample


@pytest.mark.parametrize(
    ("soname", "package"), [("libspandsp.so.2", "libspandsp2"), ("libspeexdsp.so.1", "libspeexdsp1")]
)
def test_a_missing_library_names_its_debian_package(soname: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise OSError(f"cannot load library '{name}'")

    monkeypatch.setattr(library.ffi, "dlopen", missing)
    with pytest.raises(library.LibraryMissing, match=f"install the Debian package {package} "):
        library.load(soname)


def test_samples_are_passed_by_address() -> None:
    samples = np.arange(160, dtype=np.int16)
    assert int(library.ffi.cast("uintptr_t", library.readable(samples))) == samples.ctypes.data
    assert int(library.ffi.cast("uintptr_t", library.writable(samples))) == samples.ctypes.data


def test_a_frame_that_must_not_be_changed_is_not_given_out_for_writing() -> None:
    with pytest.raises(ValueError, match="read-only"):
        library.writable(SILENCE)


def _receive(receiver: FskReceiver | JclipReceiver) -> None:
    receiver.feed(MESSAGE[4000:4160])


MESSAGE = fsk_samples(b"\x04\x09" + b"05111852" + b"P", Fsk.BELL202)

USES: dict[str, Callable[[], object]] = {
    "bell202": lambda: _receive(FskReceiver()),
    "jclip": lambda: _receive(JclipReceiver()),
    "concealer": lambda: Concealer().received(SILENCE),
    "echo": lambda: EchoCanceller().cancel(SILENCE, SILENCE),
    "resample": lambda: resample(SILENCE, 22050, 8000),
}


@pytest.mark.parametrize(
    ("use", "times"), [("bell202", 10000), ("jclip", 10000), ("concealer", 10000), ("echo", 2000), ("resample", 2000)]
)
def test_what_is_made_and_dropped_thousands_of_times_leaves_no_memory_behind(use: str, times: int) -> None:
    for _ in range(200):
        USES[use]()
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(times):
        USES[use]()
    gc.collect()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 4096
