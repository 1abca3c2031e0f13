"""How to get from a row of this room to its unit and its owner."""

from accounts.access import Policy

CERTIFICATE = Policy(unit="person__unit", owner="person")
WORK = Policy(unit="enrollment__person__unit")
CORRECTION = Policy(unit="certificate__person__unit")
# Who looks after certificates: what failed, and corrections.
CORRECT = "certificates.correct_certificate"
OUTSIDE = Policy(unit="person__unit", owner="person")
# Who recognises what people learned elsewhere, and who may see the paper.
DECIDE_OUTSIDE = "certificates.decide_outside"
VIEW_OUTSIDE = "certificates.view_outside"
