"""What the papers say of their own: each phrase once, none of them left out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPhrases:
    """The phrases of one language; numbers and names are put where braces stand."""

    # The frame of the page.
    skip: str
    help: str
    form: str
    codebook: str
    languages: str

    # The head of the blank form.
    to_print: str
    lead: str
    lead_with_core: str
    institution: str
    shows_all: str
    personal: str
    at_the_end: str
    picture_here: str
    rows: str

    # Where an answer is written.
    tick_one: str
    tick_all: str
    tick_one_in_rows: str
    tick_all_in_rows: str
    nothing_else: str
    ring_one: str
    rank_all: str
    rank_top: str
    whole_number: str
    number: str
    number_between: str
    number_in_steps: str
    day: str
    month: str
    year: str
    hour: str
    minute: str
    latitude: str
    longitude: str
    attach: str
    one_row_each: str
    rows_at_least: str
    rows_at_most: str
    rows_between: str
    continue_: str
    key_one: str
    key_several: str

    # The codebook.
    codebook_of: str
    codebook_lead: str
    codebook_corrects: str
    codebook_about: str
    contents: str
    choice_lists: str
    options_of: str
    columns: str
    name: str
    more: str
    hint: str
    guidance: str
    refused_message: str
    required_message: str
    routing: str
    group_routing: str
    check: str
    options: str
    publication: str
    calculated: str
    suggested: str
    suggested_anew: str
    synthesis_column: str
    concept: str
    source: str
    short_label: str
    replaces: str
    because: str
    parameters: str
    least_rows: str
    most_rows: str
    core: str
    read_only: str
    alone: str
