"""How to get from a row of this room to its unit and its owner."""

from accounts.access import Policy

BANK = Policy(unit="unit")
QUESTION = Policy(unit="bank__unit")
# Answers are the person's own business; HR sees grades, not answers.
ATTEMPT = Policy(owner="person")
