"""People and units from a sheet that HR uploads.

Four steps, and only the last one writes:

1. `lib.spreadsheets.read_table` turns the hostile file into rows of text;
2. `sheet.read_people` judges every cell, knowing nothing of the database;
3. `planning.plan_import` compares the rows with what is stored and says what would
   change and which rows are refused;
4. `accounts.actions.importing.apply_import` makes the same plan again under lock and
   carries it out whole, or not at all.

The file's columns and the values they take are in `columns` (DOMAIN §2.6).
"""
