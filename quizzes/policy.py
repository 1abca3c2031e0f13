"""How to get from a row of this room to its unit and its owner."""

from accounts.access import Policy

BANK = Policy(unit="unit")
QUESTION = Policy(unit="bank__unit")
# Answers are the person's own business; HR sees grades, not answers.
ATTEMPT = Policy(owner="person")
REVIEW_CARD = Policy(owner="person")
# That an answer came late, and when: HR may let it count. Never her own.
LATE_ATTEMPT = Policy(unit="person__unit")
# Reports count follow-ups of groups; their questions and answers stay the person's.
FOLLOW_UP = Policy(unit="person__unit", owner="person")
# Granted by those who manage the person; she reads her own on the quiz page.
ACCOMMODATION = Policy(unit="person__unit")
FOLLOW_UP_ITEM = Policy(owner="follow_up__person")
# What a person is told about her own scores.
NOTICE = Policy(owner="person")
