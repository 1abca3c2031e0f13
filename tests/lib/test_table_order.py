"""Tables sort by their heads, and an address that makes no sense sorts them too."""

from lib.table_order import SortableColumn, TableOrder

ROWS = [("c", 2), ("a", None), ("b", 2), ("d", 1)]
ORDER: TableOrder[tuple[str, int | None]] = TableOrder(
    columns=[
        SortableColumn("nama", "Nama", lambda row: row[0], is_number=False),
        SortableColumn("nilai", "Nilai", lambda row: row[1]),
    ],
    default="nilai",
    among_equals="nama",
)


def names(order: str) -> str:
    return "".join(row[0] for row in ORDER.in_order(ROWS, order))


def test_rows_stand_by_the_column_asked_for_and_by_name_among_equals():
    assert names("nama") == "abcd"
    assert names("-nama") == "dcba"
    assert names("nilai") == "dbca"
    assert names("-nilai") == "bcda"


def test_an_unknown_order_is_the_default():
    for order in ("", "-", "ngawur", "-ngawur", "--nilai"):
        assert names(order) == names("nilai")
        assert ORDER.heads(order) == ORDER.heads("nilai")


def test_a_head_says_how_it_stands_and_turns_round():
    name, value = ORDER.heads("nilai")

    assert (name.direction, name.next_order) == ("", "nama")
    assert (value.direction, value.next_order) == ("ascending", "-nilai")
    assert ORDER.heads("-nilai")[1].direction == "descending"
    assert ORDER.heads("-nilai")[1].next_order == "nilai"
    assert [head.is_number for head in ORDER.heads("")] == [False, True]
