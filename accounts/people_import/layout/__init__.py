"""How an office lays out its sheet: where its titles stand, what its columns are.

`headings` knows what offices call the columns, `guessing` finds the titles and says
what each column is, `rows` tells people from totals and signatures. Nothing here knows
the database; `accounts.people_import.columns_said` keeps what HR said of a sheet.
"""
