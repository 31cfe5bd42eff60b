"""Pieces of the page as HTML: header, tiles, tables, footer. All text from returns is escaped here."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

from dashboard.caption import (
    EVIDENCE,
    REASONS,
    close_of,
    coverage,
    evidence_sentence,
    headings_of,
    lead_of,
    left_out_sentences,
    missing_from,
    numbers_of,
    release_sentence,
    within,
)
from dashboard.charts.whole import SHARE
from dashboard.dimensions import OBSERVATION, STANDING
from dashboard.figure import Answer
from dashboard.measures import Measure
from dashboard.query import takes_prices
from dashboard.release import Base, Release
from dashboard.style import counted, money, number, number_in_full, plain_text, pounds


def text(value: object) -> str:
    """Any text as HTML text: nothing in it is markup."""
    return escape(plain_text(str(value)), quote=True)


def header(release: Release, base: Base, stage: str) -> str:
    """One line: name, collection, release and date, coverage, lines held and quarantined."""
    lines = release.manifest["lines"]
    kept = f"{counted(lines['held'], 'line')} held and {lines['quarantined']:,} quarantined in the whole release"
    parts = [
        f"<strong>{text(release.manifest['collection'].capitalize())} collection</strong>",
        text(release_sentence(release)),
        text(coverage(base, stage, "savings")),
        text(kept),
    ]
    return (
        '<div class="si-head"><span class="si-name">Savings Impact</span>'
        + "".join(f"<span>{part}</span>" for part in parts)
        + "</div>"
    )


def banner(release: Release) -> str:
    """What nobody may miss about a collection; empty for ordinary returns."""
    if release.illustrative:
        return (
            '<div class="si-banner si-made-up" role="note"><strong>ILLUSTRATIVE</strong> Everything on this page is '
            "made up. No council reported it. Do not quote it.</div>"
        )
    if release.examples:
        return (
            '<div class="si-banner" role="note"><strong>A handful of published examples</strong> The LGA chose them. '
            "They are not a trend, a ranking of councils, or an average of the programme.</div>"
        )
    return ""


def problem(words: str) -> str:
    """What was wrong with an address, and what is shown instead."""
    return f'<div class="si-banner si-problem" role="alert">{text(words)}</div>'


def tiles(answer: Answer) -> str:
    """The measures of an answer side by side, each with its base, coverage and evidence."""
    row = answer.table.rows[0] if answer.table.rows else {}
    cells = [_tile(answer, measure, row.get(measure.id)) for measure in answer.figure.measures]
    return f'<div class="si-tiles" role="list">{"".join(cells)}</div>'


def _tile(answer: Answer, measure: Measure, value: Decimal | None) -> str:
    base = answer.base_of(measure)
    silent = "none of a single year" if takes_prices(measure, answer.selection) else "none reported"
    shown = silent if value is None else number(value, measure.unit)
    exact = "" if value is None else f' title="{number_in_full(value, measure.unit)}"'
    behind = f"{counted(base.projects, 'project')}, {counted(base.councils, 'council')}"
    stage = measure.stage or answer.selection.stage
    stage_class = f"si-stage-{stage} si-kind-{measure.kind}"
    return (
        f'<div class="si-tile {stage_class}" role="listitem"><div class="si-label">{text(measure.label)}</div>'
        f'<div class="si-value{"" if value is not None else " si-none"}"{exact}>{text(shown)}</div>'
        f'<div class="si-base">{text(behind)}; {base.reported:,} of {base.of_projects:,} reported</div>'
        f"{evidence_strip(base)}</div>"
    )


def evidence_strip(base: Base) -> str:
    """How well the value is evidenced: a bar in segments, with its words for who cannot see it."""
    known = dict(base.by_evidence)
    total = sum(known.values(), start=Decimal(0))
    if total <= 0:
        return ""
    words = evidence_sentence(base)
    segments = "".join(
        f'<span class="si-ev-{grade}" style="flex-grow:{known[grade] / total:.4f}"></span>'
        for grade in EVIDENCE
        if known.get(grade)
    )
    named = f'aria-label="Evidence: {text(words)}" title="{text(words)}"'
    return f'<div class="si-evidence" role="img" {named}>{segments}</div>'


def figure_head(answer: Answer) -> str:
    """The message, and under it what the figure is in the words of statistics."""
    return (
        f'<h2 class="si-message" id="{answer.figure.id}">{text(answer.words.headline)}</h2>'
        f'<p class="si-statistical">{text(answer.statistical_title)}</p>'
    )


def table(answer: Answer, links: Sequence[str] = ()) -> str:
    """The whole table: labels, numbers to the penny where they have pence, and the base of each row.

    `links` are addresses, one a row, of the page that shows that row alone; an empty one is none.
    """
    found = answer.table
    split = [dimension for dimension in found.by if dimension is not STANDING or len(found.by) > 1]
    numbers = [heading for measure in found.measures for heading in headings_of(measure)]
    numbers += ["Projects", "Councils"] if found.based else []
    headings = "".join(f'<th scope="col">{text(d.label)}</th>' for d in split)
    headings += "".join(f'<th scope="col" class="si-number">{text(name)}</th>' for name in numbers)
    headings += "".join(f'<th scope="col"{_side(name)}>{text(label)}</th>' for name, label in found.details)
    rows = "".join(
        f"<tr>{_row(answer, row, address)}</tr>"
        for row, address in zip(found.rows, links or [""] * len(found.rows), strict=True)
    )
    return (
        f'<div class="si-scroll" tabindex="0" role="region" aria-label="Table: {text(answer.statistical_title)}">'
        f'<table class="si-table"><caption>{text(answer.statistical_title)}</caption>'
        f"<thead><tr>{headings}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def cards(answer: Answer) -> str:
    """The rows of an answer one below the other, each with its amount as worded and all that is known of it."""
    found = answer.table
    items = []
    for row in found.rows:
        label = found.label(found.by[-1], row[found.by[-1].id])
        facts = "".join(
            f'<dt>{text(heading)}</dt><dd class="si-fact-{name}">{_detail(name, row.get(name))}</dd>'
            for name, heading in found.details
            if row.get(name) not in (None, "") and name != "bound"
        )
        items.append(
            f'<li class="si-claim"><p class="si-claim-amount">{text(_worded(row, found.measures[0]))}</p>'
            f'<div><p class="si-claim-label">{text(label)}</p><dl>{facts}</dl></div></li>'
        )
    return f'<ol class="si-claims">{"".join(items)}</ol>'


def _worded(row: Mapping[str, Any], measure: Measure) -> str:
    amount = row[measure.id]
    stated = money(amount, prose=True) if amount is not None else row.get("counted") or "no amount"
    stated += " a year" if row.get("basis") == "per_year" else ""
    return stated if row.get("bound") in (None, "exact") else f"{row['bound']} {stated}"


def _row(answer: Answer, row: Mapping[str, Any], address: str) -> str:
    found = answer.table
    labels = [text(found.label(d, row[d.id])) for d in found.by]
    if address:
        place = found.by.index(OBSERVATION) if OBSERVATION in found.by else 0
        labels[place] = f'<a href="{text(address)}" target="_self">{labels[place]}</a>'
    cells = [f'<th scope="row">{label}</th>' for label in labels[:1]] + [f"<td>{label}</td>" for label in labels[1:]]
    cells += [f'<td class="si-number">{text(cell)}</td>' for m in found.measures for cell in numbers_of(row, m)]
    if found.based:
        cells += [f'<td class="si-number">{row[name]:,}</td>' for name in ("projects", "councils")]
    cells += [_detail_cell(name, row.get(name)) for name, _ in found.details]
    return "".join(cells)


def _detail_cell(name: str, value: object) -> str:
    wide = ' class="si-wide"' if len(str(value)) > 40 else _side(name)
    return f"<td{wide}>{_detail(name, value)}</td>"


def _side(name: str) -> str:
    """Shares stand to the right, as numbers do."""
    return ' class="si-number"' if name == SHARE else ""


def _detail(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return pounds(value)
    if name == "why":
        return text(in_words(str(value)))
    if name.endswith("_url"):
        return link(str(value))
    return text(str(value).replace("_", " ") if name in ("basis", "bound", "scope", "stage") else value)


def in_words(why: str) -> str:
    """Why a line does not count: the finding's own words, or the reason in words."""
    reason = REASONS.get(why)
    return f"{reason[0].upper()}{reason[1:]}." if reason else why


def link(address: str) -> str:
    """A link to a source, called by its host; other text than a https address stays text."""
    if not address.startswith("https://"):
        return text(address)
    host = address.removeprefix("https://").partition("/")[0]
    return f'<a href="{text(address)}" rel="noreferrer noopener" target="_blank">{text(host)}</a>'


def caption(answer: Answer) -> str:
    """The caption under a figure: its base and source; what is in the numbers and what is not opens below."""
    inside, missing = within(answer), missing_from(answer)
    parts = [f"Left out for {counted(len(missing), 'reason')}"] if missing else []
    parts += ["what the numbers hold" if parts else "What the numbers hold"] if inside else []
    items = "".join(f"<li>{text(sentence)}</li>" for sentence in (*missing, *inside))
    more = f"<details><summary>{' and '.join(parts)}</summary><ul>{items}</ul></details>" if parts else ""
    words = " ".join([*lead_of(answer), *close_of(answer)])
    return f'<div class="si-caption"><p>{text(words)}</p>{more}</div>'


def about(answer: Answer) -> str:
    """What the figure measures, what it refuses, everything that was left out, and how to cite it."""
    measures = "".join(
        f"<dt>{text(measure.label)}</dt><dd>{text(measure.definition)} {text(measure.refuses)}</dd>"
        for measure in answer.figure.measures
    )
    outs = "".join(f"<li>{text(sentence)}</li>" for sentence in left_out_sentences(answer))
    left_out = f"<h3>Not in these numbers</h3><ul>{outs}</ul>" if outs else ""
    return (
        f'<div class="si-about"><p>{text(answer.figure.question)}</p><dl>{measures}</dl>{left_out}'
        f"<h3>In words</h3><p>{text(answer.words.alt)}</p>"
        f"<h3>To cite</h3><p>{text(citation(answer))}</p></div>"
    )


def citation(answer: Answer) -> str:
    """How to cite a figure: its title, its permanent id, and the release."""
    return (
        f"Savings Impact, “{answer.statistical_title}” (figure {answer.figure.id}), {release_sentence(answer.release)}."
    )


def footer(release: Release) -> str:
    """Method, sources, and what these numbers are not."""
    returns = "".join(
        f"<li>{text(one['file'])} (SHA-256 {one['sha256'][:12]})</li>" for one in release.manifest["returns"]
    )
    return (
        '<footer class="si-foot"><p>These are not official statistics. Amounts are claims, reported by councils and '
        "not audited, unless an evidence grade says otherwise; “achieved” means that a council said so. A total "
        "names its stage and never adds two; savings and income are kept apart; per-year amounts never enter totals. "
        "Lines that are implausible or contradicted are held until a person decides.</p>"
        f"<details><summary>Sources of this release</summary><ul>{returns}</ul></details>"
        f"<p>{text(release_sentence(release))}, content {release.manifest['content_hash'][:12]}, built by version "
        f"{text(release.manifest['code_version'])}. Contains mySociety data, CC BY 4.0; public sector information "
        "licensed under the Open Government Licence v3.0; OS and ONS data © Crown copyright and database right "
        "2016.</p></footer>"
    )
