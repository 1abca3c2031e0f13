"""People and units from a sheet that HR uploads.

Five steps, and only the last one writes:

1. `lib.spreadsheets.read_grid` turns the hostile file into rows of text;
2. `layout` finds the titles, says what each column is and leaves out sums and
   signatures; what is not sure HR is asked, once an agency (`columns_said`);
3. `sheet.read_people` judges every cell, knowing nothing of the database;
4. `planning.plan_import` compares the rows with what is stored and says what would
   change and which rows are refused;
5. `accounts.actions.importing.apply_import` makes the same plan again under lock and
   carries it out whole, or not at all; without refused rows where HR agreed
   (`leaving_out`).

A large sheet goes the same way in the hands of a worker: `drafts` keeps it, `planned`
holds its preview and what was agreed row by row, `actions.people_drafts` reads it and
`actions.applying_drafts` carries it out in parts (decision 0059).

The file's columns and the values they take are in `columns` (DOMAIN §2.6).
"""
