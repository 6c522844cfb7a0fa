"""Which frames of a far end are let through to the library's T.30, and in which shape.

The library trusts a frame's length in places where it must not: a frame of a page that has three bytes makes it copy
-1 bytes (https://github.com/freeswitch/spandsp/issues/38). What nobody needs is not let through at all.
"""

from __future__ import annotations

from enum import IntEnum

ADDRESS = 0xFF
CONTROLS = (0x03, 0x13)
"""The second byte of a frame: more will follow, or this is the last one (ITU-T T.30 §5.3.5)."""
HEADER = 3
"""Bytes of a frame before what it carries: address, control, and which frame it is."""


class FrameKind(IntEnum):
    """The third byte of a frame as the library numbers it (t30_fcf.h): T.30's bits in the order of the line, without
    the bit that says whose answer is awaited."""

    DIS = 0x80
    CSI = 0x40
    NSF = 0x20
    DTC = 0x81
    CIG = 0x41
    NSC = 0x21
    PWD = 0xC1
    SEP = 0xA1
    PSA = 0x61
    CIA = 0xE1
    ISP = 0x11
    DCS = 0x82
    TSI = 0x42
    NSS = 0x22
    SUB = 0xC2
    SID = 0xA2
    CTC = 0x12
    TSA = 0x62
    IRA = 0xE2
    CFR = 0x84
    FTT = 0x44
    CTR = 0xC4
    CSA = 0x24
    EOM = 0x8E
    MPS = 0x4E
    EOP = 0x2E
    PRI_EOM = 0x9E
    PRI_MPS = 0x5E
    PRI_EOP = 0x3E
    EOS = 0x1E
    PPS = 0xBE
    EOR = 0xCE
    RR = 0x6E
    MCF = 0x8C
    RTP = 0xCC
    RTN = 0x4C
    PIP = 0xAC
    PIN = 0x2C
    PPR = 0xBC
    RNR = 0xEC
    ERR = 0x1C
    FDM = 0xFC
    DCN = 0xFA
    CRP = 0x1A
    FNV = 0xCA
    TNR = 0xEA
    TR = 0x6A
    FCD = 0x06
    RCP = 0x86


_K = FrameKind
_KINDS = {int(kind): kind for kind in FrameKind}

NOT_HEARD = frozenset({_K.NSF, _K.NSC, _K.NSS, _K.CIA, _K.ISP, _K.TSA, _K.IRA, _K.CSA})
"""Facilities of makers, and addresses on the Internet: nothing of ours goes by them."""
_IDENTITIES = frozenset({_K.CSI, _K.CIG, _K.TSI, _K.PWD, _K.SEP, _K.PSA, _K.SUB, _K.SID})
_CAPABILITIES = frozenset({_K.DIS, _K.DTC, _K.DCS})
_LEAST_CAPABILITIES, _MOST_CAPABILITIES = 3, 19
"""Bytes of a DIS, DTC or DCS: T.30's first three are in each; the library has room for 22 with the header."""
_LONGEST_IDENTITY = 20
_BLOCK = 256
"""Bytes of a page in a frame, at the most (ITU-T T.30 A.3.2)."""
_LENGTHS = {
    _K.FCD: (2, 1 + _BLOCK),
    _K.PPS: (4, 4),
    _K.PPR: (32, 32),
    _K.EOR: (1, 1),
    _K.CTC: (2, 2),
    _K.FDM: (0, 64),
    _K.FNV: (0, 64),
}
"""What they carry, at the least and at the most, in bytes. FCD has its number before its data."""

_AFTER_PAGE = frozenset({_K.EOM, _K.MPS, _K.EOP, _K.PRI_EOM, _K.PRI_MPS, _K.PRI_EOP})


def kind_of(frame: bytes) -> FrameKind | None:
    """Which frame this is; None where it is none of T.30's, or no frame."""
    if len(frame) < HEADER or frame[0] != ADDRESS or frame[1] not in CONTROLS:
        return None
    return _KINDS.get(frame[2]) or _KINDS.get(frame[2] & 0xFE)


def let_through(frame: bytes) -> bytes | None:
    """What the library's T.30 is given of this frame; None: nothing."""
    kind = kind_of(frame)
    if kind is None or kind in NOT_HEARD:
        return None
    carried = len(frame) - HEADER
    if kind in _CAPABILITIES:
        return frame[: HEADER + _MOST_CAPABILITIES] if carried >= _LEAST_CAPABILITIES else None
    if kind in _IDENTITIES:
        return frame if 1 <= carried <= _LONGEST_IDENTITY else None
    if kind in _LENGTHS:
        least, most = _LENGTHS[kind]
        return frame if least <= carried <= most else None
    return frame[:HEADER]


def after_page(frame: bytes) -> FrameKind | None:
    """What the sender says, in this frame, comes behind the page: EOP none, MPS another one, EOM another of another
    kind. None: it says nothing of that, as in the middle of a page with error correction."""
    kind = kind_of(frame)
    if kind is FrameKind.PPS:
        kind = _KINDS.get(frame[HEADER] & 0xFE) if len(frame) > HEADER else None
    return kind if kind in _AFTER_PAGE else None
