"""What the unit asks and tells the machine it runs on: its network, its name and its clock."""
