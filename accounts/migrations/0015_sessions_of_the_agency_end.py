"""Let sessions be found by the session at the agency's provider that began them."""

from django.db import migrations, models

from lib.beside import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0014_sheet_columns_are_remembered")]

    operations = [
        migrations.AddField(
            model_name="knownsession",
            name="agency_session",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=64
            ),
        ),
        AddIndexBeside(
            model_name="knownsession",
            index=models.Index(
                fields=["agency_session"],
                condition=~models.Q(agency_session=""),
                name="known_session_of_agency",
            ),
        ),
    ]
