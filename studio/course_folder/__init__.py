"""Course folders: Markdown and YAML in, values or a complete list of problems out."""

from studio.course_folder.folder import (
    BankContent,
    CourseFolder,
    WrittenCourse,
    as_folder,
    read_folder,
    read_written,
)
from studio.course_folder.images import ImageContent
from studio.course_folder.problems import FolderRefused

__all__ = [
    "BankContent",
    "CourseFolder",
    "FolderRefused",
    "ImageContent",
    "WrittenCourse",
    "as_folder",
    "read_folder",
    "read_written",
]
