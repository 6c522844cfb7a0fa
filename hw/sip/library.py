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

LIBRARY = ctypes.PyDLL(_pjsua2.__file__)
"""The library with its C functions, which the wheel exports beside those of pjsua2. None of those called here waits, so
the interpreter's lock is kept."""

_MANY_CALLS = 32


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
    endpoint.audDevManager().setNoDev()


def offer_codecs(endpoint: Any, codecs: Sequence[str]) -> None:
    """Offer these alone, such as PCMU, the preferred first, all at 8 kHz."""
    for codec in endpoint.codecEnum2():
        name = codec.codecId.partition("/")[0]
        wanted = codec.codecId.startswith(f"{name}/8000/1") and name in codecs
        endpoint.codecSetPriority(codec.codecId, 255 - codecs.index(name) if wanted else 0)


def most_calls() -> int:
    """How many calls this build carries, whatever was asked of it. Ask after `start`."""
    return int(LIBRARY.pjsua_call_get_max_count())


def has_system_tls() -> bool:
    """Whether TLS here is the system's own OpenSSL, which is kept up to date, and not one packed with the library."""
    maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")
    used = {line.split()[-1] for line in maps.splitlines() if "/libssl" in line}
    return bool(used) and all(path.startswith(("/usr/lib/", "/lib/")) for path in used)


def answer_in_dialogue(event: Any, status: int) -> bool:
    """Answer a request within a call at once, before the library does, which knows no more than 500 for some.

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
