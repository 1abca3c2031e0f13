"""The table of docs/question-files.md: every file, and what reading makes of it.

`python -m tests.question_files.report` writes it anew.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from tests.question_files.all_files import FILES
from tests.question_files.file import Outcome, outcome_of

PAGE = Path(__file__).parents[2] / "docs" / "question-files.md"
BEGIN, END = "<!-- table of files -->", "<!-- end of table -->"
_LONGEST = 90


def table_of_files(outcomes: Mapping[str, Outcome]) -> str:
    """Return the table, with the sums of its columns in the last row."""
    rows = [_row(name, outcome) for name, outcome in outcomes.items()]
    sums = [sum(row[at] for row in rows) for at in (1, 2, 3)]
    lines = ["| file | read | refused | wrong | why the first one is refused |"]
    lines.append("|---|---|---|---|---|")
    lines += [
        f"| {name} | {read} | {refused} | {wrong} | {reason} |"
        for name, read, refused, wrong, reason in rows
    ]
    lines.append(f"| {len(rows)} files | {sums[0]} | {sums[1]} | {sums[2]} | |")
    return "\n".join(lines)


def _row(name: str, outcome: Outcome) -> tuple[str, int, int, int, str]:
    reason = " ".join(outcome.reason.split()).replace("|", "\\|")
    if len(reason) > _LONGEST:
        reason = f"{reason[:_LONGEST].rsplit(' ', 1)[0]} …"
    return name, outcome.read, outcome.refused, len(outcome.wrong), reason


def table_on_page() -> str:
    """Return the table as it stands on the page."""
    found = re.search(f"{BEGIN}\n(.*?)\n{END}", PAGE.read_text("utf-8"), re.DOTALL)
    return found[1] if found else ""


def main() -> None:
    """Write the table to the page."""
    text = PAGE.read_text("utf-8")
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    table = table_of_files({file.name: outcome_of(file) for file in FILES})
    page = f"{before}{BEGIN}\n{table}\n{END}{after}"
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
