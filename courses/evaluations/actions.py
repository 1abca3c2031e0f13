"""Answering an evaluation without leaving a trace, and rewriting its form."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Unit, User
from courses.actions.locks import lock_enrollment
from courses.evaluations.fetching import agency_of, may_evaluate
from courses.evaluations.wording import EvaluationWording
from courses.exceptions import EvaluationNotPossible
from courses.models import (
    Enrollment,
    EvaluationAnswer,
    EvaluationForm,
    EvaluationGiven,
    EvaluationPile,
)
from lib.transactions import atomic_with_retry

# So many answers begin to count together.
STEP = 5


@dataclass(frozen=True)
class EvaluationContent:
    """What somebody says: a score for every statement, a text for every prompt."""

    scores: Sequence[int]
    texts: Sequence[str]


@atomic_with_retry
def give_evaluation(
    *,
    enrollment_id: int,
    form_number: int,
    content: EvaluationContent,
    chance: random.Random,
) -> bool:
    """Keep an answer to the form that was read; False where she has answered already.

    There is no `now`: a time would tell who it was. Raises EvaluationNotPossible before
    the certificate.
    """
    enrollment = lock_enrollment(enrollment_id)
    if EvaluationGiven.objects.filter(enrollment=enrollment).exists():
        return False
    if not may_evaluate(enrollment.pk):
        raise EvaluationNotPossible(
            "no_certificate", _("Evaluasi terbuka setelah sertifikat Anda terbit.")
        )
    pile = _lock_pile(enrollment, form_number)
    EvaluationGiven.objects.create(enrollment=enrollment)
    EvaluationAnswer.objects.create(
        id=_any_key(chance),
        pile=pile,
        **{f"score_{at}": score for at, score in enumerate(content.scores, start=1)},
        **{f"text_{at}": text for at, text in enumerate(content.texts, start=1)},
    )
    _count_full_steps(pile, chance)
    return True


def _lock_pile(enrollment: Enrollment, form_number: int) -> EvaluationPile:
    agency = agency_of(enrollment.course)
    form = _stored_form(agency, form_number)
    EvaluationPile.objects.bulk_create(
        [EvaluationPile(course=enrollment.course, form=form)], ignore_conflicts=True
    )
    piles = EvaluationPile.objects.select_for_update(no_key=True)
    pile: EvaluationPile = piles.get(course=enrollment.course_id, form=form)
    return pile


def _stored_form(agency: Unit, number: int) -> EvaluationForm:
    """Return the form of a number, else the newest; the one we ship is made first."""
    _store_shipped(agency)
    forms = EvaluationForm.objects.filter(unit=agency)
    form: EvaluationForm = forms.filter(number=number).first() or forms.latest("number")
    return form


def _store_shipped(agency: Unit) -> None:
    shipped = EvaluationWording()
    form = EvaluationForm(
        unit=agency,
        number=1,
        statements=list(shipped.statements),
        prompts=list(shipped.prompts),
    )
    if not EvaluationForm.objects.filter(unit=agency).exists():
        EvaluationForm.objects.bulk_create([form], ignore_conflicts=True)


def _count_full_steps(pile: EvaluationPile, chance: random.Random) -> None:
    """Let waiting answers count once they are `STEP`, written anew in any order.

    New rows with new keys: neither the order on the disk nor the transaction says
    any more which came with which person.
    """
    waiting = EvaluationAnswer.objects.filter(pile=pile, is_counted=False)
    rows = list(waiting.order_by("pk"))
    if len(rows) < STEP:
        return
    waiting.delete()
    chance.shuffle(rows)
    for row in rows:
        row.pk, row.is_counted = _any_key(chance), True
    EvaluationAnswer.objects.bulk_create(rows)


def _any_key(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


@atomic_with_retry
def rewrite_evaluation(
    *, agency: Unit, wording: EvaluationWording, seen: int, by: User, now: datetime
) -> EvaluationForm:
    """Ask something else from now on; the same words again change nothing.

    `seen` is the number of the form that was read. Raises EvaluationNotPossible where
    somebody rewrote it meanwhile.
    """
    _store_shipped(agency)
    forms = EvaluationForm.objects.filter(unit=agency)
    newest: EvaluationForm = forms.latest("number")
    said = (list(wording.statements), list(wording.prompts))
    if (newest.statements, newest.prompts) == said:
        return newest
    form = EvaluationForm(
        unit=agency,
        number=seen + 1,
        statements=said[0],
        prompts=said[1],
        written_by=by,
        written_at=now,
    )
    # Of two at once the number lets one through.
    EvaluationForm.objects.bulk_create([form], ignore_conflicts=True)
    stored: EvaluationForm | None = forms.filter(number=seen + 1).first()
    if stored is None or (stored.statements, stored.prompts) != said:
        raise EvaluationNotPossible(
            "changed",
            _(
                "Formulir ini baru saja diubah orang lain. Muat ulang halaman, lalu "
                "ulangi perubahan Anda."
            ),
        )
    audit.record("courses.evaluation.rewritten", stored, by=by, now=now)
    return stored
