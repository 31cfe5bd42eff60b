"""The words of the field, explained where they are used: below each figure, on hover or focus."""

from dashboard.figure import Answer
from dashboard.glossary import terms_in
from dashboard.outputs.page_parts import text

MOST = 8
"""Words that are explained below one figure: those that it uses first."""


def words(answer: Answer) -> str:
    """The words that a figure uses; the meaning of each shows beside them while it is pointed at, or has the focus."""
    used = terms_in((answer.statistical_title, answer.words.headline, answer.caption))[:MOST]
    items = "".join(
        f'<button type="button" class="si-term" aria-describedby="{name}">{text(term.name)}</button>'
        f'<span class="si-meaning" role="tooltip" id="{name}">{text(term.name)}: {text(term.meaning)}</span>'
        for name, term in ((f"word-{answer.figure.id}-{place}", term) for place, term in enumerate(used))
    )
    return f'<div class="si-terms"><span>Words:</span>{items}</div>' if items else ""
