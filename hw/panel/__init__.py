"""What can be seen, heard and pressed at the unit itself: LEDs, a buzzer, buttons, and any other lamp by a program."""
