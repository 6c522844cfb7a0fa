"""The library's own sockets, found by their address, and the kernel's filter on them.

The library gives no access to its sockets, so they are looked for among this process's descriptors. A filter lets
only packets of known addresses through: what anybody else sends is dropped by the kernel, unanswered and unread, at
no cost to the calls, and counted (socket(7), SO_ATTACH_FILTER; a classic BPF program as in bpf(4)).
"""

from __future__ import annotations

import ctypes
import ipaddress
import os
import socket
import stat
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

_SO_ATTACH_FILTER = 26
_SO_MEMINFO = 55
_MEMINFO = struct.Struct("9I")
_MEMINFO_DROPS = 8

_LOAD_WORD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JUMP_IF_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_RETURN = 0x06  # BPF_RET | BPF_K
_IP_SOURCE = 0xFFF00000 + 12  # SKF_NET_OFF: counted from the IP header, where the source address stands at 12.
_INSTRUCTION = struct.Struct("HBBI")

MOST_ADDRESSES = 250
"""How many addresses a filter can hold, as a jump in it reaches 255 instructions."""


def udp_sockets(address: str, ports: range) -> Iterator[socket.socket]:
    """This process's UDP sockets bound to the address on one of the ports, each to be closed by the taker."""
    for descriptor in list(_sockets()):
        found = socket.socket(fileno=os.dup(descriptor))
        if found.type == socket.SOCK_DGRAM and found.family == socket.AF_INET:
            here, port = found.getsockname()
            if here == address and port in ports:
                yield found
                continue
        found.close()


def listeners(address: str) -> Iterator[socket.socket]:
    """This process's sockets that listen for TCP connections to the address, each to be closed by the taker."""
    for descriptor in list(_sockets()):
        found = socket.socket(fileno=os.dup(descriptor))
        if found.type == socket.SOCK_STREAM and found.family == socket.AF_INET:
            listens = found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
            if listens and found.getsockname()[0] == address:
                yield found
                continue
        found.close()


def _sockets() -> Iterator[int]:
    """The descriptors of this process that are sockets."""
    for name in os.listdir("/proc/self/fd"):
        with suppress(OSError):  # One of them was open only while they were listed.
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                yield int(name)


def accept_only(guarded: socket.socket, addresses: Sequence[str]) -> None:
    """Let the socket receive from these IPv4 addresses alone. For a listening one that holds for its connections too.

    ValueError for too many, OSError if refused.
    """
    program = _program(addresses)
    code = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: the count of instructions, and where they are.
    argument = struct.pack("HL", len(program) // _INSTRUCTION.size, ctypes.addressof(code))
    guarded.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, argument)


def stop_listening(listener: socket.socket) -> None:
    """Have a listening socket take no more connections from anybody. Its owner is not told."""
    listener.shutdown(socket.SHUT_RDWR)


def drain(guarded: socket.socket) -> None:
    """Throw away what came before the filter was there."""
    with suppress(BlockingIOError):
        while True:
            guarded.recv(65536, socket.MSG_DONTWAIT)


def dropped(guarded: socket.socket) -> int:
    """How many packets the kernel has not given to this socket, for the filter or for want of room."""
    counters = guarded.getsockopt(socket.SOL_SOCKET, _SO_MEMINFO, _MEMINFO.size)
    return int(_MEMINFO.unpack(counters)[_MEMINFO_DROPS])


def _program(addresses: Iterable[str]) -> bytes:
    numbers = sorted({int(ipaddress.IPv4Address(address)) for address in addresses})
    if len(numbers) > MOST_ADDRESSES:
        raise ValueError(f"{len(numbers)} addresses are to be served; {MOST_ADDRESSES} fit")
    code = [_INSTRUCTION.pack(_LOAD_WORD, 0, 0, _IP_SOURCE)]
    for place, number in enumerate(numbers):
        code.append(_INSTRUCTION.pack(_JUMP_IF_EQUAL, len(numbers) - place, 0, number))
    code.append(_INSTRUCTION.pack(_RETURN, 0, 0, 0))
    code.append(_INSTRUCTION.pack(_RETURN, 0, 0, 0xFFFFFFFF))
    return b"".join(code)
