"""Labels beside marks, moved up and down as little as it takes for none to overlap."""

from collections.abc import Sequence


def set_apart(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """The middles of labels of these sizes, between two ends, each as near to where it is wanted as its neighbours let.

    Labels keep the order of their wishes. They must fit: their sizes add up to no more than the room between the ends.
    """
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    before, gaps = 0.0, []
    for place in order:
        gaps.append(before + sizes[place] / 2)
        before += sizes[place]
    # Less the room of all labels before it, a label only has to stand no lower than the one before.
    level = _rising([wanted[place] - gap for place, gap in zip(order, gaps, strict=True)])
    found = [0.0] * len(wanted)
    for place, gap, middle in zip(order, gaps, level, strict=True):
        found[place] = min(max(middle, low), high - before) + gap
    return found


def _rising(values: Sequence[float]) -> list[float]:
    """The nearest values, by least squares, none of which is lower than the one before: neighbours are pooled."""
    pools: list[tuple[float, int]] = []
    for value in values:
        total, many = value, 1
        while pools and pools[-1][0] * many >= total * pools[-1][1]:
            more, others = pools.pop()
            total, many = total + more, many + others
        pools.append((total, many))
    return [total / many for total, many in pools for _ in range(many)]
