"""Every file."""

from tests.question_files import documents, qti, tables

FILES = (*tables.FILES, *documents.FILES, *qti.FILES)
