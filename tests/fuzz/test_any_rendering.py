"""Whatever a finance officer makes of a programme: no wrong value is loaded, and no line is lost."""

import pytest
from judged import faults
from made import rendering

SEEDS = 160
TOGETHER = 80


@pytest.mark.parametrize("first", range(0, SEEDS, TOGETHER))
def test_what_is_loaded_of_any_rendering_is_true(first: int):
    assert faults([rendering(seed) for seed in range(first, first + TOGETHER)]) == []
