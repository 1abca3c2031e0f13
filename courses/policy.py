"""How to get from a row of this room to its unit and its owner."""

from accounts.access import Policy

# Authoring is scoped by the course's unit …
COURSE = Policy(unit="unit")
# … everything about a learner by the learner's membership, never by the course.
ENROLLMENT = Policy(unit="person__unit", owner="person")
# Orders, groups, programmes and outages by the unit they are for.
OF_UNIT = Policy(unit="unit")
# What learners ask, by the unit of the course: its authors answer.
INQUIRY = Policy(unit="course__unit")
# Mails to a person by her membership; she does not see the list.
MAIL = Policy(unit="person__unit")
