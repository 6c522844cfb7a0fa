"""The unit as a thing of metal: what is connected to it, whether a port works, and the buttons on it."""
