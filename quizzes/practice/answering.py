"""Practice checks inside a lesson: no attempt, no grade, no effect on completion."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import User
from lib.transactions import atomic_with_retry
from quizzes.bank.rows import question_view
from quizzes.exceptions import ResponseNotAccepted
from quizzes.models import PracticeResponse, QuestionVersion
from quizzes.practice.cards import refresh_card
from quizzes.questions import marking
from quizzes.questions.types import TYPES, UnreadableResponse

# What to do about a blank answer, by control.
_BLANK = {
    "choices": "Pilih satu jawaban dulu.",
    "rows": "Jawab sedikitnya satu baris dulu.",
    "order": "Tentukan urutannya dulu.",
    "gaps": "Isi sedikitnya satu celah dulu.",
    "text": "Tulis jawaban Anda dulu.",
    "marks": "Tandai satu bagian, atau pilih “Tidak ada” dulu.",
    "scenes": "Pilih tanggapan Anda dulu.",
}


@atomic_with_retry
def answer_practice(
    *,
    version: QuestionVersion,
    person: User,
    fields: Mapping[str, Sequence[str]],
    token: UUID,
    now: datetime,
) -> PracticeResponse:
    """Append an answer to a practice question and return it marked.

    From now on the question comes up in Ulangan. The same `token` twice gives the
    first row. Raises ResponseNotAccepted for a blank answer or an option of another
    question.
    """
    question = question_view(version)
    try:
        value = TYPES[version.type].parse(question, fields)
    except UnreadableResponse as unreadable:
        raise ResponseNotAccepted(
            "foreign_option",
            _("Pilihan itu bukan milik soal ini. Muat ulang halaman, lalu pilih lagi."),
        ) from unreadable
    if value is None:
        raise ResponseNotAccepted("blank", _(_BLANK[TYPES[version.type].control]))
    response, is_new = PracticeResponse.objects.get_or_create(
        person=person,
        token=token,
        defaults={
            "question_id": version.question_id,
            "question_version": version,
            "value": value,
            "fraction": marking.mark_response(question, value).fraction,
            "answered_at": now,
            "answered_on": now.astimezone(ZoneInfo(person.time_zone)).date(),
        },
    )
    if is_new:
        refresh_card(person_id=person.pk, question_id=version.question_id)
    return response
