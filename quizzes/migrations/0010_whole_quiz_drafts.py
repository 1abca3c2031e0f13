"""A draft may hold a whole quiz; a quiz says whether it asks all of its bank.

Until now every quiz without a draw did so.
"""

import django.db.models.deletion
from django.db import migrations, models


def mark_those_that_ask_all(apps, schema_editor):
    slots = apps.get_model("quizzes", "QuizSlot").objects
    quizzes = apps.get_model("quizzes", "Quiz").objects
    drawn = slots.filter(question__isnull=True).values("quiz")
    fixed = slots.filter(question__isnull=False).values("quiz")
    quizzes.filter(pk__in=fixed).exclude(pk__in=drawn).update(asks_all=True)


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0005_course_from_nothing'),
        ('quizzes', '0009_enemies_and_expected_difficulty'),
    ]

    operations = [
        migrations.AddField(
            model_name='quiz',
            name='asks_all',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark_those_that_ask_all, migrations.RunPython.noop),
        migrations.AddField(
            model_name='quizdraft',
            name='asks_all',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='quizdraft',
            name='bank',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='quizzes.questionbank'),
        ),
        migrations.AddField(
            model_name='quizdraft',
            name='lines',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='quizdraft',
            name='purpose',
            field=models.CharField(blank=True, choices=[('pretest', 'Pre-test'), ('posttest', 'Post-test'), ('practice', 'Latihan'), ('assessment', 'Asesmen diri')], max_length=12),
        ),
        migrations.AddField(
            model_name='quizdraft',
            name='title',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddConstraint(
            model_name='quizdraft',
            constraint=models.CheckConstraint(condition=models.Q(('purpose', ''), ('bank__isnull', False), _connector='OR'), name='quizdraft_whole_quiz_has_a_bank'),
        ),
    ]
