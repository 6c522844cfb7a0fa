"""The SIP library: brought up without a sound device or threads, and what it lacks in Python done in C.

All of it runs on the worker's one thread.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pjsua2
from pjsua2 import _pjsua2

from hw.sip.worker.streamport import StreamClock

LIBRARY = ctypes.PyDLL(_pjsua2.__file__)
"""The library's C functions, which the wheel exports beside those of pjsua2. None of those called here waits for
anything, so they are called without releasing the interpreter's lock."""

_MANY_CALLS = 32
_SAMPLES_A_FRAME, _BITS = 160, 16
_POOL_BYTES = 1000


def start(endpoint: Any) -> None:
    """Initialize and start the endpoint, with no transport yet."""
    endpoint.libCreate()
    config = pjsua2.EpConfig()
    config.logConfig.level = config.logConfig.consoleLevel = 0
    config.uaConfig.threadCnt = 0
    config.uaConfig.mainThreadOnly = True
    config.uaConfig.maxCalls = _MANY_CALLS
    config.uaConfig.userAgent = "Copperdesk"
    config.medConfig.threadCnt = 0
    config.medConfig.hasIoqueue = False
    config.medConfig.clockRate = 8000
    config.medConfig.audioFramePtime = 20
    config.medConfig.ecTailLen = 0
    config.medConfig.noVad = True
    endpoint.libInit(config)
    endpoint.libStart()


class Bridge:
    """The library's conference bridge. The library puts every stream into it, though we take the sound another way.

    The bridge does what it is told only when its clock ticks. Without a clock it would never remove a stream that is
    over, and take no more after 254 calls; with one it would take the frames of the streams. So in place of each stream
    it is given a port of silence, and a tick now and then. To be made after the library is started.
    """

    def __init__(self) -> None:
        functions = LIBRARY
        functions.pjsua_set_no_snd_dev.restype = functions.pjsua_pool_create.restype = ctypes.c_void_p
        functions.pjsua_pool_create.argtypes = (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_size_t)
        functions.pjmedia_null_port_create.argtypes = (ctypes.c_void_p, *(ctypes.c_uint,) * 4, ctypes.c_void_p)
        self._master = StreamClock(LIBRARY, functions.pjsua_set_no_snd_dev())
        self._silence = ctypes.c_void_p()
        pool = functions.pjsua_pool_create(b"silence", _POOL_BYTES, _POOL_BYTES)
        shape = (8000, 1, _SAMPLES_A_FRAME, _BITS)
        status = functions.pjmedia_null_port_create(pool, *shape, ctypes.addressof(self._silence))
        if status != 0 or not self._silence.value:
            raise RuntimeError("the SIP library gives no port of silence")

    def keep_from(self, created: Any) -> int:
        """Give the bridge silence in place of a new stream. Returns the address of the stream's pjmedia_port.

        created: what onStreamCreated was told. Its field pPort says what the bridge gets. Python can read it but not
        set it to an address, so it is written in the structure itself. RuntimeError for a build of the library in which
        the structure is another.
        """
        port = int(created.pPort)
        place = ctypes.c_void_p.from_address(int(created.this) + _PORT_OFFSET)
        if place.value != port:
            raise RuntimeError("this build of pjsua2 tells of streams in another way")
        place.value = self._silence.value
        return port

    def tick(self) -> None:
        """Have the bridge do what it was told since the last tick."""
        self._master.tick()


class _StreamCreated(ctypes.Structure):
    """pj::OnStreamCreatedParam (pjsua2/call.hpp)."""

    _fields_ = (
        ("stream", ctypes.c_void_p),
        ("streamIdx", ctypes.c_uint),
        ("destroyPort", ctypes.c_bool),
        ("pPort", ctypes.c_void_p),
    )


_PORT_OFFSET = _StreamCreated.pPort.offset


def offer_codecs(endpoint: Any, codecs: Sequence[str]) -> None:
    """Offer these alone, such as PCMU, the preferred first, all at 8 kHz."""
    for codec in endpoint.codecEnum2():
        name = codec.codecId.partition("/")[0]
        wanted = codec.codecId.startswith(f"{name}/8000/1") and name in codecs
        endpoint.codecSetPriority(codec.codecId, 255 - codecs.index(name) if wanted else 0)


def only_sound(setting: Any) -> None:
    """Have a call (its CallSetting) carry one stream of sound, and neither video nor, from 2.17 on, real-time text."""
    setting.audioCount, setting.videoCount = 1, 0
    if hasattr(setting, "textCount"):
        setting.textCount = 0


def most_calls() -> int:
    """How many calls this build carries, whatever was asked of it. Ask after `start`."""
    return int(LIBRARY.pjsua_call_get_max_count())


def has_system_tls() -> bool:
    """Whether TLS here is the system's own OpenSSL, which is kept up to date, and not one packed with the library."""
    maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")
    used = {line.split()[-1] for line in maps.splitlines() if "/libssl" in line}
    return bool(used) and all(path.startswith(("/usr/lib/", "/lib/")) for path in used)


def answer_in_dialogue(event: Any, status: int) -> bool:
    """Answer a request within a call at once, before the library does: some it can only answer with 500.

    event: what onCallTsxState was told, of a request just received. False where it belongs to no call.
    """
    functions = LIBRARY
    functions.pjsip_tsx_get_dlg.restype = ctypes.c_void_p
    functions.pjsip_tsx_get_dlg.argtypes = (ctypes.c_void_p,)
    functions.pjsip_dlg_respond.argtypes = (*(ctypes.c_void_p,) * 2, ctypes.c_int, *(ctypes.c_void_p,) * 3)
    dialogue = functions.pjsip_tsx_get_dlg(int(event.tsx.pjTransaction))
    if not dialogue:
        return False
    received = int(event.src.rdata.pjRxData)
    return bool(functions.pjsip_dlg_respond(dialogue, received, status, None, None, None) == 0)
