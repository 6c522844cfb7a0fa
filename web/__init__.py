"""The local web page, a process of its own that talks to the daemon through the control socket alone: docs/web.md."""
