"""Every change of state in this room."""

from courses.actions.authoring import (
    check_is_draft,
    copy_version,
    create_course,
    discard_draft,
    update_lesson,
    write_version,
)
from courses.actions.deadlines import (
    change_holiday,
    declare_outage,
    extend_deadline,
)
from courses.actions.drafts import (
    RESERVED_KEYS,
    delete_course,
    keep_retired_lesson,
    rewrite_draft,
    start_course,
    take_retired_lesson,
)
from courses.actions.enrollment import enroll, withdraw
from courses.actions.files import (
    add_file,
    check_budget,
    copy_files,
    delete_unused_files,
    describe_file,
    name_files,
    remove_file,
)
from courses.actions.groups import (
    archive_group,
    archive_program,
    save_group,
    save_program,
)
from courses.actions.jp_log import enter_jp
from courses.actions.locks import lock_course, lock_enrollment, lock_enrollments
from courses.actions.new_parts import read_new_parts
from courses.actions.orders import (
    OrderContent,
    OrderTarget,
    assign_course,
    cancel_assignment,
    give_orders,
    undo_orders,
)
from courses.actions.planned import (
    PlannedContent,
    cancel_planned,
    end_planned,
    plan_publication,
)
from courses.actions.progress import (
    append_grade,
    complete_lesson,
    record_grade,
    update_completion,
)
from courses.actions.publishing import publish_beside_draft, publish_version
from courses.actions.reading import note_place
from courses.actions.references import note_reference, share_course
from courses.actions.reviews import (
    CommentSubject,
    ask_review,
    comment_draft,
    decide_review,
    settle_comment,
    withdraw_review,
)
from courses.actions.rollups import recount_moved, refresh_rollup, wrong_rollups
from courses.actions.telling import tell_of_new_parts
from courses.actions.writing import (
    Typed,
    close_writing,
    keep_writing,
    sweep_writings,
)

__all__ = [
    "RESERVED_KEYS",
    "CommentSubject",
    "OrderContent",
    "OrderTarget",
    "PlannedContent",
    "Typed",
    "add_file",
    "append_grade",
    "archive_group",
    "archive_program",
    "ask_review",
    "assign_course",
    "cancel_assignment",
    "cancel_planned",
    "change_holiday",
    "check_budget",
    "check_is_draft",
    "close_writing",
    "comment_draft",
    "complete_lesson",
    "copy_files",
    "copy_version",
    "create_course",
    "decide_review",
    "declare_outage",
    "delete_course",
    "delete_unused_files",
    "describe_file",
    "discard_draft",
    "end_planned",
    "enroll",
    "enter_jp",
    "extend_deadline",
    "give_orders",
    "keep_retired_lesson",
    "keep_writing",
    "lock_course",
    "lock_enrollment",
    "lock_enrollments",
    "name_files",
    "note_place",
    "note_reference",
    "plan_publication",
    "publish_beside_draft",
    "publish_version",
    "read_new_parts",
    "record_grade",
    "recount_moved",
    "refresh_rollup",
    "remove_file",
    "rewrite_draft",
    "save_group",
    "save_program",
    "settle_comment",
    "share_course",
    "start_course",
    "sweep_writings",
    "take_retired_lesson",
    "tell_of_new_parts",
    "undo_orders",
    "update_completion",
    "update_lesson",
    "withdraw",
    "withdraw_review",
    "write_version",
    "wrong_rollups",
]
