"""The hardware-in-the-loop kit: a gateway as telephone exchange and telephones, a unit under test, and this instrument
between the two. See docs/hil.md; `copperdesk hil` runs it."""
