from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0002_question_pillar_and_tags")]
    operations: list = []
