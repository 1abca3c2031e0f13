"""Pictures and other files of courses.

Bytes lie in the site's storage under the SHA-256 of what they are, once however many
courses use them (`courses.file_store`). A course gives them names, which its authors
write; a published version says which of them its lessons show.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models.catalogue import Course, CourseVersion


class StoredFile(models.Model):
    """A file in storage; `digest` is the hash of its bytes.

    `width` and `height` are those of a picture that is no drawing, else 0. Nobody
    deletes it but `delete_unused_files`, once nothing refers to it any more.

    Personal data: whatever authors put into pictures, sound and films.
    """

    digest = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.digest[:12]}.{self.ending}"


class FileRendition(models.Model):
    """A WebP of a stored picture, `width` pixels wide: what pages show.

    Personal data: as `StoredFile`.
    """

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="renditions")
    digest = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["width"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "width"], name="filerendition_width_once_per_file"
            )
        ]

    def __str__(self) -> str:
        return f"{self.digest[:12]} {self.width}"


class CourseFile(models.Model):
    """A file under the name by which authors of a course write it: `images/alur.svg`.

    `alt` says in words what a picture shows; it goes into the text where the picture
    is put there.

    Personal data: who uploaded it, as an internal id.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="names")
    alt = models.CharField(_("teks pengganti"), max_length=400, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "name"], name="coursefile_name_once_per_course"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> str:
        """The folder in which it lies: `images` or `files`."""
        return self.name.partition("/")[0]

    @property
    def filename(self) -> str:
        """Its name in that folder."""
        return self.name.partition("/")[2]


class PublishedFile(models.Model):
    """A file that the lessons of a published version show: learners may see it.

    Personal data: none.
    """

    version = models.ForeignKey(
        CourseVersion, models.CASCADE, related_name="published_files"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="publications")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "file"], name="publishedfile_once_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id}:{self.file_id}"
