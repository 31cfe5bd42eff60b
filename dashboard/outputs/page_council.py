"""Finding a council by any spelling, and its profile: what it is, what it took part in, and where its numbers stand."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from dashboard.caption import period
from dashboard.dimensions import COUNCIL, COUNCIL_TYPE, PROJECT, REGION
from dashboard.figure import Answer, Figure, answer
from dashboard.names import Council, Found, Part, council_named, councils_like, parts_of
from dashboard.outputs.page_parts import text
from dashboard.release import Release
from dashboard.selection import Selection, to_address
from dashboard.style import counted, pounds
from dashboard.topics.council import COUNCIL_PROFILE, IN_GROUP


def chosen_council(release: Release, selection: Selection) -> Council | None:
    """The one council that a selection is restricted to; None where it is restricted to none or to several."""
    codes = selection.values(COUNCIL)
    return council_named(release, codes[0]) if len(codes) == 1 else None


def search(release: Release, selection: Selection) -> None:
    """A field that takes any spelling, and a link to the profile of each council that it may mean."""
    typed = st.text_input("Find a council", key="find_council", placeholder="Any spelling or code: Leeds CC, E08000035")
    if typed and typed.strip():
        st.html(found_html(councils_like(release, typed), selection))


def found_html(found: list[Found], selection: Selection) -> str:
    """What a search found, as a list of links; or that nothing is near."""
    if not found:
        return (
            '<p class="si-hint" role="status">No council is spelt like that. Try a part of its name, or its code.</p>'
        )
    said = "No council is spelt so; perhaps you mean one of these" if found[0].nearly else "Councils that fit"
    items = "".join(f"<li>{_link(one.code, one.name, selection)} <span>{_known(one)}</span></li>" for one in found)
    return f'<div class="si-found" role="status"><p>{said}:</p><ul>{items}</ul></div>'


def _known(one: Found) -> str:
    until = f", until {_day(one.end_date)}" if one.end_date else ""
    return text((counted(one.projects, "project") if one.projects else "no project in this collection") + until)


def _link(code: str, name: str, selection: Selection) -> str:
    address = urlencode(to_address(selection.restricted(COUNCIL, (code,)).restricted(PROJECT, ())))
    return f'<a href="?{text(address)}" target="_self">{text(name)}</a>'


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}" if day else ""


def facts(release: Release, council: Council, selection: Selection) -> str:
    """What is known of a council, and its part in each of its projects, as HTML."""
    labels = release.labels_of(COUNCIL_TYPE)
    where = f"{labels.get(council.type, council.type)}{f', {council.region}' if council.region else ''}"
    listed = [("Type and region", text(where)), ("Code", text(council.code))]
    if council.end_date:
        after = ", ".join(_link(code, name, selection) for code, name in council.successors)
        listed.append(("Existed until", text(_day(council.end_date)) + (f"; followed by {after}" if after else "")))
    if council.predecessors:
        before = ", ".join(_link(code, name, selection) for code, name in council.predecessors)
        listed.append(("Took over from", before))
    power = council.spending_power_gbp
    listed.append(("Core spending power, 2015-16", text(pounds(power) if power is not None else "no figure published")))
    listed.append(("Its group", text(_group(release, council))))
    items = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in listed)
    return f'<dl class="si-facts">{items}</dl>{_parts(parts_of(release, council.code), selection)}'


def _group(release: Release, council: Council) -> str:
    labels = release.labels_of(COUNCIL_TYPE)
    base = release.base((), group_of(council, Selection(release.manifest["collection"])))
    where = f" in {council.region}" if council.region else ""
    return f"{labels.get(council.type, council.type)}{where}: {counted(base.of_projects, 'project')} in this collection"


def group_of(council: Council, selection: Selection) -> Selection:
    """The same selection over the councils of its type and region instead of the one council."""
    wider = selection.restricted(COUNCIL, ()).restricted(COUNCIL_TYPE, (council.type,))
    return wider.restricted(REGION, (council.region,) if council.region else ())


def _parts(found: Sequence[Part], selection: Selection) -> str:
    if not found:
        return '<p class="si-empty">This council has no project in this collection.</p>'
    rows = "".join(_part(one, selection) for one in found)
    headings = "".join(f'<th scope="col">{name}</th>' for name in ("Project", "Part in it", "Share", "Together with"))
    return (
        '<h2 class="si-message">Its projects</h2><div class="si-scroll" tabindex="0" role="region" '
        'aria-label="Its projects"><table class="si-table"><caption>Its projects</caption>'
        f"<thead><tr>{headings}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _part(one: Part, selection: Selection) -> str:
    address = urlencode(to_address(selection.restricted(PROJECT, (one.project_ref,))))
    share = f"{one.share.normalize():f}%" if one.share is not None else "not apportioned: stands under its lead"
    share = share if one.others else "all of it"
    together = ", ".join(one.others) or "nobody"
    return (
        f'<tr><th scope="row"><a href="?{text(address)}" target="_self">{text(one.title)}</a></th>'
        f"<td>{text(one.role.capitalize())}</td><td>{text(share)}</td><td>{text(together)}</td></tr>"
    )


def answers(release: Release, council: Council, selection: Selection) -> list[Answer]:
    """The answers of the profile's figures; those that compare are asked of the council's group."""
    suitable = [figure for figure in COUNCIL_PROFILE.figures if figure.suits(release)]
    return [_answer(figure, release, council, selection) for figure in suitable]


def _answer(figure: Figure, release: Release, council: Council, selection: Selection) -> Answer:
    if figure not in IN_GROUP:
        return answer(figure, release, selection)
    return answer(figure, release, group_of(council, selection).restricted(PROJECT, ()), council.code)


def showing_profile(release: Release, council: Council, selection: Selection) -> str:
    """The sentence under a council's name, and whose pounds stand there beside its own."""
    whole = [
        one for one in parts_of(release, council.code) if one.others and one.role == "lead" and not one.apportioned
    ]
    as_lead = " Of joint projects that it leads, and whose shares are not recorded, the whole sum stands here."
    sentence = f"Showing what {council.name} reported, alone and in its shares of joint projects, {period(selection)}."
    return sentence + (as_lead if whole else "")
