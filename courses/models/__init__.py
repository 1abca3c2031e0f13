"""Courses and what people do with them."""

from courses.models.calendar import CalendarEntry, CalendarFeed
from courses.models.catalogue import (
    CompletionRequirement,
    Course,
    CourseVersion,
    GradeItem,
    Lesson,
    LessonPart,
    Module,
    Objective,
    ShareReach,
    SourceReference,
)
from courses.models.deadlines import DeadlineExtension, HolidayChange, Outage
from courses.models.drafts import LessonWriting, RetiredLesson
from courses.models.enrollment import Enrollment, LessonCompletion, ReadingPlace
from courses.models.evaluations import (
    EvaluationAnswer,
    EvaluationForm,
    EvaluationGiven,
    EvaluationPile,
)
from courses.models.files import (
    CourseFile,
    FileRendition,
    PublishedFile,
    StoredFile,
)
from courses.models.grade import CourseGrade, GradeEntry, JpEntry
from courses.models.groups import PeopleGroup, Program, ProgramCourse
from courses.models.history import LessonSave
from courses.models.inquiries import Inquiry
from courses.models.notes import ActionPlan, PartNote
from courses.models.orders import Assignment, OrderPerson, UnitCourseRollup
from courses.models.publications import NewPart, NewPartReading, PlannedPublication
from courses.models.references import CourseReference
from courses.models.reminders import Reminder, ReminderMail
from courses.models.reviews import AuthorMail, DraftReview, ReviewComment
from courses.models.search import (
    SearchPlace,
    SearchPosting,
    SearchStem,
    SearchWord,
)

__all__ = [
    "ActionPlan",
    "Assignment",
    "AuthorMail",
    "CalendarEntry",
    "CalendarFeed",
    "CompletionRequirement",
    "Course",
    "CourseFile",
    "CourseGrade",
    "CourseReference",
    "CourseVersion",
    "DeadlineExtension",
    "DraftReview",
    "Enrollment",
    "EvaluationAnswer",
    "EvaluationForm",
    "EvaluationGiven",
    "EvaluationPile",
    "FileRendition",
    "GradeEntry",
    "GradeItem",
    "HolidayChange",
    "Inquiry",
    "JpEntry",
    "Lesson",
    "LessonCompletion",
    "LessonPart",
    "LessonSave",
    "LessonWriting",
    "Module",
    "NewPart",
    "NewPartReading",
    "Objective",
    "OrderPerson",
    "Outage",
    "PartNote",
    "PeopleGroup",
    "PlannedPublication",
    "Program",
    "ProgramCourse",
    "PublishedFile",
    "ReadingPlace",
    "Reminder",
    "ReminderMail",
    "RetiredLesson",
    "ReviewComment",
    "SearchPlace",
    "SearchPosting",
    "SearchStem",
    "SearchWord",
    "ShareReach",
    "SourceReference",
    "StoredFile",
    "UnitCourseRollup",
]
