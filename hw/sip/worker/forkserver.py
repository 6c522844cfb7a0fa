"""The process that workers are forked from, so that they share the memory of what they all have loaded.

    python -m hw.sip.worker.forkserver SOCKET

For each worker the unit sends, on SOCKET, its number of slots with two descriptors: the worker's end of its link, and
its frame memory. The fork server has loaded the SIP library, but has started nothing of it.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys

from hw.sip.framememory import FrameMemory
from hw.sip.worker.process import Worker


def serve(orders: socket.socket) -> None:
    """Fork a worker for each order until the unit is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the unit, which then ends its workers.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # Nobody waits for a worker: the kernel clears it away.
    gc.collect()
    gc.freeze()  # What is loaded now is never looked at by the collector, and so stays shared.
    while True:
        data, descriptors, _, _ = socket.recv_fds(orders, 16, 2)
        if not data:
            return
        if os.fork() == 0:
            orders.close()
            _be_worker(*descriptors, slots=int(data))
        for descriptor in descriptors:
            os.close(descriptor)


def _be_worker(link: int, memory: int, *, slots: int) -> None:
    try:
        worker = Worker(socket.socket(fileno=link), FrameMemory(memory, slots))
        worker.run()
        worker.close()
    finally:
        # The library's own tidying up at exit expects objects that Python has already taken away.
        os._exit(0)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
