"""What a book of phrases holds: each pattern of a sentence once, none of them left out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasebook:
    """The patterns of one language; what stands in braces is put there by whoever speaks.

    Patterns are made so that nothing in braces has to be bent: a label stands in quotes, a question
    is called by its number, a count follows a colon, an «at least» or the like.
    """

    # Between parts, with the spaces that belong there.
    comma: str
    or_: str
    and_: str
    nor_between: str
    nor: str
    """Before the last of several that all are denied."""
    chain_or: str
    chain_and: str
    """Between whole conditions."""
    followed_by: str
    quoted: str
    brackets: str

    # When it is asked, accepted, offered, published.
    asked_if: str
    asked_unless: str
    always_asked: str
    never_asked: str
    accepted_if: str
    only_chosen_in: str
    only_for_which: str
    published_if: str
    asked: str
    checked: str
    options: str
    published: str
    """What depends on answers where more cannot be said."""
    depending_on_answers: str
    depending_on_a_rule: str
    depending_on_earlier: str
    depending_on: str

    # Conditions.
    always: str
    never: str
    is_: str
    is_not: str
    is_neither: str
    place: str
    """Where options are chosen; of the question itself it is left out."""
    chosen: str
    all_chosen: str
    not_chosen: str
    none_chosen: str
    compared: str
    in_some_row: str
    in_no_row: str
    contains: str
    contains_not: str
    starts_with: str
    starts_not_with: str
    ends_with: str
    ends_not_with: str

    # What is said of an answer.
    equals: str
    differs: str
    less: str
    not_less: str
    at_most: str
    not_at_most: str
    more: str
    not_more: str
    at_least: str
    not_at_least: str
    before: str
    not_before: str
    until: str
    not_until: str
    after: str
    not_after: str
    since: str
    not_since: str
    answered: str
    not_answered: str
    answered_not_zero: str
    zero_or_not_answered: str
    confirmed: str
    not_confirmed: str

    # How many: of one, and of several.
    option_count: str
    options_count: str
    row_count: str
    rows_count: str
    character_count: str
    characters_count: str
    no_quantity: str
    at_least_one: str
    at_most_one: str
    exactly_one: str
    at_least_many: str
    at_most_many: str
    exactly_many: str

    # What is spoken of.
    answer_to: str
    own_answer: str
    own_question: str
    """What a question calls its answer, and itself."""
    column_in: str
    field_of: str
    calculated_from: str
    the_option: str
    the_options: str
    """The option that a condition is about, and what is known of it."""
    plus: str
    minus: str
    times: str
    divided_by: str
    negative: str
    today: str
    tomorrow: str
    yesterday: str
    now: str
    days_after: str
    day_after: str
    days_before: str
    day_before: str
    position: str
    sum_: str
    smallest: str
    largest: str
    number_of_options: str
    number_of_rows: str
    number_of_cells: str
    number_of_characters: str
    whole_part: str
    new_year_given: str
    new_year_given_in: str
    else_: str
    rounded: str
    first_option: str
    day: str
    first_of_month: str
    thousands: str
    """Between groups of three digits."""
    months: tuple[str, ...]
    """As they stand in a date, from January."""
