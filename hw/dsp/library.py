"""Loads the shared libraries, all with one cffi parser in ABI mode, so that no compiler is needed.

Each module beside this one declares the few C functions it uses, grouped per header, and loads its library here.
Samples are passed by address; nothing is copied item by item.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from cffi import FFI

from hw.audio import Samples

ffi = FFI()

_DEBIAN_PACKAGES = {"libspandsp.so.2": "libspandsp2", "libspeexdsp.so.1": "libspeexdsp1"}


class LibraryMissing(ImportError):
    """A shared library is not installed; the message names the Debian package that has it."""


def load(soname: str) -> Any:
    """The shared library of this name, ready to call. Raises LibraryMissing."""
    try:
        return ffi.dlopen(soname)
    except OSError as error:
        package = _DEBIAN_PACKAGES.get(soname, soname)
        raise LibraryMissing(f"{soname} cannot be loaded: install the Debian package {package} ({error})") from error


def spandsp() -> Any:
    """libspandsp 0.0.6, as in Debian 12: tone receivers, modems, packet-loss concealment."""
    return load("libspandsp.so.2")


def speexdsp() -> Any:
    """libspeexdsp 1.2: echo cancellation and resampling."""
    return load("libspeexdsp.so.1")


def readable(samples: Samples) -> Any:
    """The address of these samples as `int16_t *`, for functions that only read them."""
    return ffi.from_buffer("int16_t[]", np.ascontiguousarray(samples, dtype=np.int16))


def writable(samples: Samples) -> Any:
    """The address of these samples as `int16_t *`, for functions that change them. They must be contiguous."""
    return ffi.from_buffer("int16_t[]", samples, require_writable=True)
