"""Give rows to the pictures that lay in storage without any.

Courses kept each picture twice: under its hash, for pages, and under the name that
authors write, below the course's key. From now on names are rows. Pictures that were
published are told by the pages that show them.
"""

import re
from hashlib import sha256

from django.core.files.storage import default_storage
from django.db import migrations
from django.utils import timezone

FOLDER = "course-images"
SHOWN = re.compile(r"/gambar/([0-9a-f]{64})\.svg")


def _names(course_key):
    try:
        _folders, names = default_storage.listdir(f"{FOLDER}/{course_key}/images")
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(name for name in names if name.endswith(".svg"))


def _read(path):
    try:
        with default_storage.open(path) as file:
            return file.read()
    except FileNotFoundError:
        return None


def _stored(apps, digest, size, now):
    files = apps.get_model("courses", "StoredFile")
    row, _is_new = files.objects.get_or_create(
        digest=digest, defaults={"ending": "svg", "size": size, "created_at": now}
    )
    return row


def adopt_names(apps, now):
    course_files = apps.get_model("courses", "CourseFile")
    for course in apps.get_model("courses", "Course").objects.iterator():
        for name in _names(course.key):
            data = _read(f"{FOLDER}/{course.key}/images/{name}")
            if data is None:
                continue
            digest = sha256(data).hexdigest()
            if not default_storage.exists(f"{FOLDER}/{digest}.svg"):
                with default_storage.open(
                    f"{FOLDER}/{course.key}/images/{name}"
                ) as file:
                    default_storage.save(f"{FOLDER}/{digest}.svg", file)
            course_files.objects.get_or_create(
                course=course,
                name=f"images/{name}",
                defaults={
                    "file": _stored(apps, digest, len(data), now),
                    "created_at": now,
                },
            )


def adopt_published(apps, now):
    published = apps.get_model("courses", "PublishedFile")
    versions = apps.get_model("courses", "CourseVersion").objects.filter(
        state="published"
    )
    parts = apps.get_model("courses", "LessonPart").objects
    for version in versions.iterator():
        pages = parts.filter(lesson__version=version).values_list("html", flat=True)
        shown = set(SHOWN.findall(version.plan_html))
        for page in pages.iterator():
            shown.update(SHOWN.findall(page))
        for digest in sorted(shown):
            data = _read(f"{FOLDER}/{digest}.svg") or b""
            published.objects.get_or_create(
                version=version, file=_stored(apps, digest, len(data), now)
            )


def adopt(apps, _schema_editor):
    now = timezone.now()
    adopt_names(apps, now)
    adopt_published(apps, now)


class Migration(migrations.Migration):

    dependencies = [("courses", "0008_course_files")]

    operations = [migrations.RunPython(adopt, migrations.RunPython.noop)]
