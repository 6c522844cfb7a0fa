"""A SIP worker: the process that runs the SIP library, PJSUA2, and the only place that imports it.

Begin with `process.py`, the loop of the process. `useragent.py` has accounts and calls, `usercall.py` is one call,
`streamport.py` moves its sound, `library.py` and `sockets.py` do what the library does not offer in Python, and
`forkserver.py` is the process that workers are forked from.
"""
