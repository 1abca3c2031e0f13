"""Tables in files: written for people and systems, read from uploads."""

from lib.spreadsheets.columns import Column, Kind, Sheet
from lib.spreadsheets.problems import SpreadsheetProblem
from lib.spreadsheets.reading import Table, TableRow, read_table
from lib.spreadsheets.writing import XLSX_TYPE, write_csv, write_xlsx

__all__ = [
    "XLSX_TYPE",
    "Column",
    "Kind",
    "Sheet",
    "SpreadsheetProblem",
    "Table",
    "TableRow",
    "read_table",
    "write_csv",
    "write_xlsx",
]
