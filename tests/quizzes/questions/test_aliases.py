"""What options are called in the form of a graded attempt."""

from hypothesis import given
from hypothesis import strategies as st

from lib.markdown.blocks import KEY
from quizzes.questions.aliases import Aliases

keys = st.from_regex(KEY, fullmatch=True)
orders = st.lists(keys, unique=True, max_size=12)


@given(orders, st.data())
def test_a_form_in_aliases_says_what_it_says_in_keys(order, data):
    aliases = Aliases(order)
    chosen = data.draw(st.lists(keys | st.just("-"), max_size=4))
    plain = {f"answer-{key}": chosen for key in order} | {"answer": chosen}

    hidden = {
        "answer" if name == "answer" else f"answer-{aliases.alias_of(name[7:])}": [
            aliases.alias_of(key) for key in said
        ]
        for name, said in plain.items()
    }

    assert aliases.said(hidden) == plain
    assert aliases.said(plain) == plain


@given(orders)
def test_an_alias_shows_nothing_but_the_place_in_the_order(order):
    aliases = Aliases(order)

    assert [aliases.alias_of(key) for key in order] == [
        f"_{place}" for place in range(len(order))
    ]


def test_what_is_no_option_keeps_its_name():
    assert Aliases(["a"]).said({"answer-1": ["benar"], "answer-_7": ["_7"]}) == {
        "answer-1": ["benar"],
        "answer-_7": ["_7"],
    }
