"""Which quizzes of before ask their whole bank: those that draw nothing."""

import importlib

from django.apps import apps

from quizzes.models import Quiz, QuizSlot

migration = importlib.import_module("quizzes.migrations.0010_whole_quiz_drafts")


def test_quizzes_without_a_draw_are_marked(course):
    empty = Quiz.objects.create(key="kosong", title="Kosong", purpose="practice")
    mixed = Quiz.objects.create(key="campur", title="Campur", purpose="practice")
    named = QuizSlot.objects.filter(question__isnull=False).first()
    for number, question in enumerate((named.question, None), 1):
        QuizSlot.objects.create(
            quiz=mixed,
            key=f"s{number}",
            position=number,
            bank=named.bank,
            question=question,
        )
    Quiz.objects.update(asks_all=False)

    migration.mark_those_that_ask_all(apps, None)

    marked = Quiz.objects.filter(asks_all=True)
    assert list(marked.values_list("key", flat=True)) == ["pretest"]
    assert not Quiz.objects.get(pk=empty.pk).asks_all
