"""What long work says of itself while it goes on."""

from collections.abc import Callable


class Step(str):
    """The name of a step of long work; `share` is how much of the whole is done as it begins, from 0 to 1."""

    __slots__ = ("share",)
    share: float

    def __new__(cls, name: str, share: float) -> "Step":
        """A step of this name."""
        step = super().__new__(cls, name)
        step.share = share
        return step


Progress = Callable[[str], None]
READING, JUDGING, PUBLISHING = Step("reading returns", 0), Step("judging lines", 0.5), Step("publishing", 0.9)


def reading(file: str, number: int, count: int) -> Step:
    """The step of reading one of several returns, `number` counted from 1."""
    return Step(f"reading {file} ({number} of {count})", JUDGING.share * (number - 1) / count)


def unwatched(_step: str) -> None:
    """Progress that nobody watches."""
