import secrets

from hypothesis import given
from hypothesis import strategies as st

from certificates.verification_code import (
    ALPHABET,
    display,
    new_code,
    normalise_code,
)
from tests.every_case import every_case

codes = st.text(alphabet=ALPHABET, min_size=10, max_size=10)


def test_the_alphabet_is_32_characters_without_those_that_look_alike():
    assert len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("ILOU")


def test_the_first_and_the_last_code_spell_out_the_ends_of_the_alphabet():
    assert new_code(lambda count: b"\x00" * count) == "0000000000"
    assert new_code(lambda count: b"\xff" * count) == "ZZZZZZZZZZ"


def test_every_random_bit_of_the_fifty_reaches_the_code():
    def one_bit(bit):
        return new_code(lambda count: (1 << bit).to_bytes(count, "big"))

    seen = {one_bit(bit) for bit in range(56)}
    assert len(seen) == 51  # the six lowest bits are left over


@given(st.binary(min_size=7, max_size=7))
def test_a_new_code_is_already_normal(random):
    code = new_code(lambda count: random)
    assert len(code) == 10
    assert normalise_code(code) == code
    assert normalise_code(display(code)) == code


def test_codes_come_from_the_system_s_random_source():
    assert new_code() != new_code()
    assert new_code.__defaults__ == (secrets.token_bytes,)


def test_a_code_is_shown_in_two_groups():
    assert display("7KQ4M2XD9R") == "7KQ4M-2XD9R"


@every_case(
    "typed",
    [
        "7KQ4M-2XD9R",
        "7KQ4M2XD9R",
        " 7kq4m 2xd9r ",
        "7kq4m–2xd9r",
        "7KQ4M\N{NO-BREAK SPACE}2XD9R",
        "7K-Q4-M2-XD-9R\n",
        "7KQ4M.2XD9R",
    ],
)
def test_the_ways_people_type_a_code_lead_to_the_same_code(typed):
    assert normalise_code(typed) == "7KQ4M2XD9R"


def test_letters_read_for_digits_are_taken_as_those_digits():
    assert normalise_code("oOiIl-L2345") == "0011112345"
    assert normalise_code("oIl00-11111") == "0110011111"


@every_case(
    "typed", ["", "7KQ4M", "7KQ4M-2XD9RX", "7KQ4M-2XD9U", "7KQ4M-2XD9?", "７KQ4M2XD9R"]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert normalise_code(typed) is None


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(typed):
    once = normalise_code(typed)
    assert once is None or normalise_code(once) == once


@given(codes, codes)
def test_two_codes_are_never_taken_for_each_other(one, other):
    assert (normalise_code(one) == normalise_code(other)) is (one == other)
