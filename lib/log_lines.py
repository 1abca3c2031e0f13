"""How the log is written: for people in lines, for machines in JSON, never with a NIP.

Messages of libraries are not ours to word: a database repeats the row that it refuses.
So what looks like somebody's number or address is blotted out where lines are written.
"""

import json
import logging
import re
from datetime import UTC, datetime

from lib import log_context

# A birth date comes first: a fraction of a second has as many digits.
_NIP = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"[ .]?\d{6}[ .]?\d[ .]?\d{3}(?!\d)"
)
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Of an address that was asked for: what was searched stands after the question mark.
_QUERY = re.compile(r"(/[^\s?'\"<>]*)\?[^\s'\"<>]+")
_PASSWORD = re.compile(r"(?<=://)([^:@/\s]*):[^@\s]+(?=@)")


# With one of these in it, what somebody sent would look like a line of its own.
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _in_signs(found: re.Match[str]) -> str:
    return found.group().encode("unicode_escape").decode()


def blotted(text: str) -> str:
    """Return `text` without numbers of people, mailboxes, searches and passwords."""
    text = _PASSWORD.sub(r"\1:***", text)
    text = _NIP.sub("[nip]", text)
    text = _MAILBOX.sub("[surel]", text)
    return _QUERY.sub(r"\1?…", text)


class LineFormatter(logging.Formatter):
    """One line for people: level, logger, message, then what it is about."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with the traceback below it where there is one."""
        about = " ".join(f"{key}={said}" for key, said in log_context.current().items())
        message = _BREAKS.sub(_in_signs, record.getMessage())
        line = f"{record.levelname} {record.name}: {message}"
        line += f" [{about}]" if about else ""
        return blotted(_with_traceback(self, record, line))


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time in UTC, level, logger, message, ids, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; it holds no line break."""
        said: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname,
            "logger": record.name,
            "message": blotted(record.getMessage()),
        }
        # A line is written by the thread that it is about.
        said |= log_context.current()
        if traceback := _with_traceback(self, record, ""):
            said["traceback"] = blotted(traceback)
        return json.dumps(said, ensure_ascii=False, default=str)


def _with_traceback(
    formatter: logging.Formatter, record: logging.LogRecord, head: str
) -> str:
    if record.exc_info and not record.exc_text:
        record.exc_text = formatter.formatException(record.exc_info)
    parts = [head, record.exc_text or ""]
    if record.stack_info:
        parts.append(formatter.formatStack(record.stack_info))
    return "\n".join(part for part in parts if part)
