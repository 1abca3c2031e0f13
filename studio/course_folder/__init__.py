"""Course folders: Markdown and YAML in, values or a complete list of problems out."""

from studio.course_folder.folder import BankContent, CourseFolder, read_folder
from studio.course_folder.images import ImageContent
from studio.course_folder.problems import FolderProblem, FolderRefused

__all__ = [
    "BankContent",
    "CourseFolder",
    "FolderProblem",
    "FolderRefused",
    "ImageContent",
    "read_folder",
]
