import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0001_initial'),
        ('quizzes', '0005_item_analysis'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('day', models.PositiveSmallIntegerField()),
                ('due_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('points', models.DecimalField(blank=True, decimal_places=6, max_digits=8, null=True)),
                ('max_points', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='courses.enrollment')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FollowUpItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('follow_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='quizzes.followup')),
                ('question_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quizzes.questionversion')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='ReviewCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('due_at', models.DateTimeField()),
                ('stability', models.FloatField(blank=True, null=True)),
                ('difficulty', models.FloatField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answers', models.PositiveIntegerField(default=0)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_cards', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_cards', to='quizzes.question')),
            ],
        ),
        migrations.CreateModel(
            name='ReviewMiss',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noted_at', models.DateTimeField()),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review_miss', to='quizzes.attemptitem')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_misses', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_misses', to='quizzes.question')),
            ],
        ),
        migrations.CreateModel(
            name='ReviewPreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_off', models.BooleanField(default=False)),
                ('rests_until', models.DateField(blank=True, null=True)),
                ('changed_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_preferences', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['person', 'due_at'], name='followup_open_by_person'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.UniqueConstraint(fields=('enrollment', 'day'), name='followup_once_per_moment'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(('day__in', (30, 90))), name='followup_day_is_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('due_at'))), name='followup_opens_then_closes'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('max_points__isnull', True), ('points__isnull', True)), models.Q(('answered_at__isnull', False), ('max_points__gte', 1), ('points__gte', 0), ('points__lte', models.F('max_points'))), _connector='OR'), name='followup_answered_has_time_and_score'),
        ),
        migrations.AddConstraint(
            model_name='followupitem',
            constraint=models.UniqueConstraint(fields=('follow_up', 'position'), name='followupitem_position_once'),
        ),
        migrations.AddConstraint(
            model_name='followupitem',
            constraint=models.UniqueConstraint(fields=('follow_up', 'question_version'), name='followupitem_question_once'),
        ),
        migrations.AddIndex(
            model_name='reviewcard',
            index=models.Index(fields=['person', 'due_at'], name='reviewcard_due_by_person'),
        ),
        migrations.AddConstraint(
            model_name='reviewcard',
            constraint=models.UniqueConstraint(fields=('person', 'question'), name='reviewcard_once_per_question'),
        ),
        migrations.AddConstraint(
            model_name='reviewcard',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answers', 0), ('difficulty__isnull', True), ('stability__isnull', True)), models.Q(('answered_at__isnull', False), ('answers__gte', 1), ('difficulty__gte', 1), ('difficulty__lte', 10), ('stability__gt', 0)), _connector='OR'), name='reviewcard_answered_has_memory'),
        ),
        migrations.AddIndex(
            model_name='reviewmiss',
            index=models.Index(fields=['person', 'question'], name='reviewmiss_of_card'),
        ),
        migrations.AddConstraint(
            model_name='reviewpreference',
            constraint=models.UniqueConstraint(fields=('person',), name='reviewpreference_once_per_person'),
        ),
        migrations.AddConstraint(
            model_name='reviewpreference',
            constraint=models.CheckConstraint(condition=models.Q(('is_off', False), ('rests_until__isnull', True), _connector='OR'), name='reviewpreference_off_or_resting'),
        ),
    ]

