"""What the modem says while it carries a fax: the library's pieces, told apart into result codes and received data.

Received data is shielded (ITU-T T.31 §7.2): DLE comes twice, and DLE ETX ends it. Faults change it here.
"""

from __future__ import annotations

from hw.sim.modem.faults import ModemFaults

DLE, ETX = 0x10, 0x03
END = bytes([DLE, ETX])
RESULTS = {"OK", "CONNECT", "NO CARRIER", "ERROR", "NO DIALTONE", "BUSY", "NO ANSWER", "+FCERROR", "+FRH:3"}
FINAL = RESULTS - {"CONNECT"}
_REVERSED = bytes(int(f"{octet:08b}"[::-1], 2) for octet in range(256))


class CarrierData:
    """Received data, from CONNECT to DLE ETX. frames: it is one HDLC frame, and not a page."""

    def __init__(self, faults: ModemFaults, *, frames: bool) -> None:
        self._faults = faults
        self._frames = frames
        self._shielded = False
        self._frame = bytearray()
        self.over = False
        """DLE ETX has come."""

    def take(self, piece: bytes) -> bytes:
        """What is said of this piece; of a frame whose checksum is changed, nothing before its end."""
        plain, changed = self._unshielded(piece), bytearray()
        if self._frames and self._faults.checksum != "right":
            self._frame += plain
            if self.over:
                changed += _with_checksum(bytes(self._frame), wrong=self._faults.checksum == "wrong")
        elif not self._frames and self._faults.reversed_bits:
            changed += plain.translate(_REVERSED)
        else:
            return piece
        return bytes(changed).replace(bytes([DLE]), bytes([DLE, DLE])) + (END if self.over else b"")

    def _unshielded(self, piece: bytes) -> bytes:
        plain = bytearray()
        for octet in piece:
            if not self._shielded:
                self._shielded = octet == DLE
                if octet != DLE:
                    plain.append(octet)
                continue
            self._shielded = False
            if octet == ETX:
                self.over = True
            else:
                plain.append(octet)
        return bytes(plain)


def _with_checksum(frame: bytes, *, wrong: bool) -> bytes:
    body, checksum = frame[:-2], frame[-2:]
    return body + bytes(octet ^ 0x55 for octet in checksum) if wrong else body
