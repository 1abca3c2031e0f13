"""Let attempts that failed be found by when they were handed in: rests that end."""

from django.db import migrations, models

from lib.beside import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("quizzes", "0012_sharing")]

    operations = [
        AddIndexBeside(
            model_name="attempt",
            index=models.Index(
                fields=["submitted_at"],
                condition=models.Q(
                    percent__lt=models.F("pass_mark"), state="submitted"
                ),
                name="attempt_failed_by_time",
            ),
        )
    ]
