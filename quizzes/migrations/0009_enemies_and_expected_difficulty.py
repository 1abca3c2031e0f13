"""What counts when papers are composed: expected difficulty, enemies, types."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quizzes', '0008_exact_scores'),
    ]

    operations = [
        migrations.CreateModel(
            name='EnemyPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'ordering': ['first', 'second'],
            },
        ),
        migrations.AddField(
            model_name='question',
            name='expected_trained',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='question',
            name='expected_untrained',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='quizslot',
            name='types',
            field=models.JSONField(default=list),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('expected_trained__isnull', True), ('expected_untrained__isnull', True)), models.Q(('expected_trained__isnull', False), ('expected_trained__lte', 100), ('expected_untrained__gte', 0), ('expected_untrained__isnull', False), ('expected_untrained__lte', models.F('expected_trained'))), _connector='OR'), name='question_expected_both_within_bounds'),
        ),
        migrations.AddField(
            model_name='enemypair',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='quizzes.question'),
        ),
        migrations.AddField(
            model_name='enemypair',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='quizzes.question'),
        ),
        migrations.AddConstraint(
            model_name='enemypair',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='enemypair_once'),
        ),
        migrations.AddConstraint(
            model_name='enemypair',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='enemypair_older_question_first'),
        ),
    ]
