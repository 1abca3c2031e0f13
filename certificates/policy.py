"""How to get from a row of this room to its unit and its owner."""

from accounts.access import Policy

CERTIFICATE = Policy(unit="person__unit", owner="person")
