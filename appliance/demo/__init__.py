"""A unit to look at: an example office on the built-in exchange, with people who call now and then.

`people.py` says who does what, over the control socket as `copperdesk phone` does; `running.py` begins the unit in a
folder of its own and takes all of it away. docs/support.md tells how it is used.
"""
