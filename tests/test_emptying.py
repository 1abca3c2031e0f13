"""What a test has committed is gone before the next one."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from tests.emptying import MADE_BY_DJANGO, empty_tables
from tests.scene import make_scene


def test_every_table_that_a_scene_fills_is_emptied(transactional_db, now):
    kinds = ContentType.objects.count()
    make_scene(now=now)

    empty_tables()

    left = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._base_manager.exists()
    }
    assert left <= MADE_BY_DJANGO
    assert ContentType.objects.count() == kinds
