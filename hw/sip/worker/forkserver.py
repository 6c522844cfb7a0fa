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
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches this process too, but the unit ends its workers.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # Nobody waits for a worker, so that the kernel shall reap it.
    gc.collect()
    gc.freeze()  # The collector writes into objects it looks at. What is loaded now it leaves alone: it stays shared.
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
        # At a normal exit the library would tidy up, and use objects that Python has freed before.
        os._exit(0)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
