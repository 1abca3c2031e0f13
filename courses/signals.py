"""The one signal of the project; a second one needs a decision record."""

from django.dispatch import Signal

# Sent by `courses.actions.progress` inside the transaction in which an enrolment
# becomes complete (`is_new`), once per enrolment, and in those in which the final grade
# of a complete one rises. Arguments: enrollment_id, is_new.
enrollment_completed = Signal()
