"""The control socket, by which the command line and the web pages reach the daemon."""

from appliance.control.blocking import BlockingClient
from appliance.control.client import ControlClient
from appliance.control.errors import ControlError
from appliance.control.lock import AlreadyRunning, DataFolderLock
from appliance.control.params import Param
from appliance.control.server import ControlServer

__all__ = [
    "AlreadyRunning",
    "BlockingClient",
    "ControlClient",
    "ControlError",
    "ControlServer",
    "DataFolderLock",
    "Param",
]
