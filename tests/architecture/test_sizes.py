"""The longest limits, not the average: a file or function that grows too long is split."""

from tests.architecture.sizes import (
    FILE_LIMIT,
    FUNCTION_LIMIT,
    file_sizes,
    function_sizes,
    table,
)


def test_no_function_is_longer_than_a_screen() -> None:
    """Aim at 40 lines; 60 is the limit."""
    sizes = function_sizes()

    too_long = [size for size in sizes if size.lines > FUNCTION_LIMIT]

    assert [] == too_long, table("Longest functions", sizes)


def test_no_file_holds_more_than_one_subject_can_fill() -> None:
    """400 lines are the limit."""
    sizes = file_sizes()

    too_long = [size for size in sizes if size.lines > FILE_LIMIT]

    assert [] == too_long, table("Longest files", sizes)


def test_the_measure_sees_this_function() -> None:
    """A measure that finds nothing would let everything pass."""
    names = [size.place.split()[-1] for size in function_sizes()]

    assert "test_the_measure_sees_this_function" in names
