"""A USB modem beside a line: it tells who calls where the line's card cannot, and sends and receives faxes.

Bytes from the modem go through `text_protocol.py`, which makes lines of them, and `parser_protocol.py`, which makes
events of the lines; both take any bytes, cut anywhere. `dialogue_protocol.py` decides what to ask next: it sets a modem
up, checks it now and then, and says when it has gone mute. All three are sans-I/O. `driver.py` is the one task that
finds the modem, opens it, carries out the dialogue, and recovers a modem that hangs. What it needs of the machine is a
`ModemBus` (`bus.py`): `usb.py` finds modems in sysfs and resets them, and `serialport.py` opens them.

What differs between models is data in `profiles/`. docs/modem.md tells what to buy and how it is wired.
"""
