"""The built-in telephone: anybody at the machine can be a caller on the simulated exchange (`copperdesk phone`).

`service.py` is the daemon's side, `console.py` the command's. They talk over the control socket.
"""
