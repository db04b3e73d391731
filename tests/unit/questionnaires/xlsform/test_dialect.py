"""What the words of a sheet mean: looked up each time, so that nothing of a file is kept."""

import tracemalloc

from questionnaires.xlsform.dialect import heading, spoken


def test_words_of_a_file_are_not_kept() -> None:
    heading("label::English (en)", "survey", double_colon=True)
    spoken("select_one colours")
    tracemalloc.start()

    for number in range(100):
        heading(f"{number}{'x' * 10_000}", "survey", double_colon=True)
        spoken(f"select_one {number}{'x' * 10_000}")
    taken, _ = tracemalloc.get_traced_memory()

    tracemalloc.stop()
    assert taken < 100_000
