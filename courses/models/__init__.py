"""Courses and what people do with them."""

from courses.models.catalogue import (
    CompletionRequirement,
    Course,
    CourseVersion,
    GradeItem,
    Lesson,
    LessonPart,
    Module,
    Objective,
    SourceReference,
)
from courses.models.enrollment import Enrollment, LessonCompletion
from courses.models.grade import GradeEntry, JpEntry
from courses.models.orders import Assignment, UnitCourseRollup

__all__ = [
    "Assignment",
    "CompletionRequirement",
    "Course",
    "CourseVersion",
    "Enrollment",
    "GradeEntry",
    "GradeItem",
    "JpEntry",
    "Lesson",
    "LessonCompletion",
    "LessonPart",
    "Module",
    "Objective",
    "SourceReference",
    "UnitCourseRollup",
]
