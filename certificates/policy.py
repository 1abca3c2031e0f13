"""How to get from a row of this room to its unit and its owner."""

from accounts.access import Policy

CERTIFICATE = Policy(unit="person__unit", owner="person")
WORK = Policy(unit="enrollment__person__unit")
CORRECTION = Policy(unit="certificate__person__unit")
# Who looks after certificates: what failed, and corrections.
CORRECT = "certificates.correct_certificate"
