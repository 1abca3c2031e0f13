"""Read one plan."""

from courses.models import ActionPlan, Enrollment


def find_plan(enrollment: Enrollment) -> dict[str, str]:
    """Return what she wrote, as a form begins with it; nothing yet is empty."""
    plan = ActionPlan.objects.filter(enrollment=enrollment).first()
    return {"text": plan.text, "outcome": plan.outcome} if plan else {}
