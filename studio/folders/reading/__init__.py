"""Course folders: Markdown and YAML in, values or a complete list of problems out."""

from studio.folders.reading.folder import (
    BankContent,
    CourseFolder,
    WrittenCourse,
    as_folder,
    read_folder,
    read_written,
)
from studio.folders.reading.problems import FolderRefused
from studio.lessons.pictures import ImageContent

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
