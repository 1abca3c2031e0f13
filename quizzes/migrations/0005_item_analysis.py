import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0001_initial"),
        ("quizzes", "0004_repairs"),
    ]
    operations = [
        migrations.CreateModel(
            name="QuizStatistics",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quiz_key", models.SlugField(max_length=120)),
                ("selection", models.CharField(choices=[("first", "Percobaan pertama"), ("last", "Percobaan terakhir"), ("best", "Percobaan terbaik"), ("all", "Semua percobaan")], max_length=8)),
                ("computed_at", models.DateTimeField()),
                ("known_n", models.PositiveIntegerField()),
                ("known_points", models.DecimalField(decimal_places=3, max_digits=14)),
                ("n", models.PositiveIntegerField()),
                ("mean", models.FloatField(null=True)),
                ("median", models.FloatField(null=True)),
                ("sd", models.FloatField(null=True)),
                ("skewness", models.FloatField(null=True)),
                ("kurtosis", models.FloatField(null=True)),
                ("cic", models.FloatField(null=True)),
                ("error_ratio", models.FloatField(null=True)),
                ("standard_error", models.FloatField(null=True)),
                ("histogram", models.JSONField(default=list)),
                ("slots", models.JSONField(default=list)),
                ("course", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="quiz_statistics", to="courses.course")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("course", "quiz_key", "selection"), name="quizstatistics_once_per_selection")],
            },
        ),
        migrations.CreateModel(
            name="ItemStatistics",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slot_key", models.SlugField(blank=True, max_length=40)),
                ("n", models.PositiveIntegerField()),
                ("facility", models.FloatField(null=True)),
                ("sd", models.FloatField(null=True)),
                ("guess", models.FloatField(null=True)),
                ("intended_weight", models.FloatField(null=True)),
                ("effective_weight", models.FloatField(null=True)),
                ("discrimination", models.FloatField(null=True)),
                ("efficiency", models.FloatField(null=True)),
                ("quartiles", models.JSONField(default=list)),
                ("choices", models.JSONField(default=list)),
                ("suspicions", models.JSONField(default=list)),
                ("question_version", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="statistics", to="quizzes.questionversion")),
                ("quiz", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="items", to="quizzes.quizstatistics")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("quiz", "question_version"), name="itemstatistics_once_per_version")],
            },
        ),
    ]
