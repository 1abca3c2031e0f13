"""The index of what is taught: which word stands where."""

from django.db import models

from courses.models.catalogue import Course, CourseVersion
from lib.fields import BytewiseCharField


class SearchPlace(models.Model):
    """Something that a search opens: a course (no `lesson_key`), or a lesson of it.

    A derivation of the course's current version, made anew at every publication
    (`courses.search.indexing`). `rules` is the number of the rules that made it.

    Personal data: none.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="search_places")
    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="+")
    lesson_key = models.SlugField(max_length=80, blank=True)
    # The lesson's place in its version, 0 for the course itself.
    sequence = models.PositiveIntegerField(default=0)
    rules = models.PositiveIntegerField()

    class Meta:
        ordering = ["course", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "lesson_key"], name="searchplace_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id}:{self.lesson_key}"


class SearchWord(models.Model):
    """A word that stands somewhere, folded. Kept when it stands nowhere any more.

    Personal data: none.
    """

    word = BytewiseCharField(max_length=48, unique=True)

    def __str__(self) -> str:
        return self.word


class SearchStem(models.Model):
    """A candidate for the root of a word (`courses.search.stems`). A derivation.

    Personal data: none.
    """

    word = models.ForeignKey(SearchWord, models.CASCADE, related_name="stems")
    stem = BytewiseCharField(max_length=48)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stem", "word"], name="searchstem_once_per_word"
            )
        ]

    def __str__(self) -> str:
        return self.stem


class SearchPosting(models.Model):
    """A word stands in a place: in its title (part 0), or its nth part. A derivation.

    `weight` says how much it tells there.

    Personal data: none.
    """

    place = models.ForeignKey(SearchPlace, models.CASCADE, related_name="postings")
    word = models.ForeignKey(
        SearchWord, models.CASCADE, related_name="postings", db_index=False
    )
    part = models.PositiveSmallIntegerField()
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["word", "place", "part"], name="searchposting_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.word_id} @ {self.place_id}#{self.part}"
