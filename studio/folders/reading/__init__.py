"""Course folders: Markdown and YAML in, values or a complete list of problems out."""

from studio.folders.reading.folder import (
    BankContent,
    CourseFolder,
    WrittenCourse,
    as_folder,
    as_written,
    read_folder,
    read_written,
)
from studio.folders.reading.problems import FolderRefused

__all__ = [
    "BankContent",
    "CourseFolder",
    "FolderRefused",
    "WrittenCourse",
    "as_folder",
    "as_written",
    "read_folder",
    "read_written",
]
