"""The one signal of the project; a second one needs a decision record."""

from django.dispatch import Signal

# Sent by `courses.actions.progress` inside the transaction in which an enrolment
# becomes complete, once per enrolment. Arguments: enrollment_id.
enrollment_completed = Signal()
