from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0005_item_analysis")]
    operations: list = []
