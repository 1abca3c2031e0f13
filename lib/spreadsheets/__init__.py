"""Tables in files: written for people and systems, read from uploads."""

from lib.spreadsheets.columns import Column, Kind, Sheet, column_letter
from lib.spreadsheets.number_formats import TypedCell
from lib.spreadsheets.problems import SpreadsheetProblem, TooManyRows
from lib.spreadsheets.reading import Grid, Table, TableRow, read_grid, read_table
from lib.spreadsheets.writing import XLSX_TYPE, write_csv, write_xlsx

__all__ = [
    "XLSX_TYPE",
    "Column",
    "Grid",
    "Kind",
    "Sheet",
    "SpreadsheetProblem",
    "Table",
    "TableRow",
    "TooManyRows",
    "TypedCell",
    "column_letter",
    "read_grid",
    "read_table",
    "write_csv",
    "write_xlsx",
]
