"""From staged lines to the tables of a release: typed, judged, each with one fate, in set-based steps."""

from collections.abc import Sequence
from importlib.resources import files

import duckdb

from etl.claim_rules import VERDICT_COLUMNS, verdict_query
from etl.readings import read_councils
from etl.rules import HELD, HELD_RULES, KEY_RULES, LINE_RULES, OVERLAP_RULES, SERIES_RULES, THRESHOLDS, YEAR_RULES, Rule
from etl.values.council import Councils

PUBLISHED_TABLES = (
    "returns",
    "judged",
    "schedule",
    "shared",
    "schedule_cells",
    "shared_cells",
    "line_cells",
    "reach",
    "projects",
    "project_councils",
    "findings",
    "ignored_rows",
    "claims",
    "claim_verdicts",
    "decisions",
    "skill_areas",
    "councils",
    "council_spellings",
    "hexes",
    "deflators",
)


NO_RULE_ASKS = (
    *("line_id", "return_no", "sheet", "row", "cell_column", "given", "project_title", "grant_gbp", "council_cost_gbp"),
    *("source_title", "source_url", "notes", "publishable", "verdict_why", "amount_as_sent_gbp", "partner_councils"),
)
"""Columns that no rule of one line looks at or names: they are not made for lines about which nothing is to be said."""


def create(con: duckdb.DuckDBPyConnection, name: str, what: str = "temp table") -> int:
    """Makes the table or view of `tables/NAME.sql`, and gives the number of a table's rows.

    One file, one statement, one table, same name. `what` is temp table, temp view, table or view.
    """
    query = files("etl").joinpath("tables", f"{name}.sql").read_text("utf-8")
    made = con.execute(f"create {what} {name} as {query}")
    return made.fetchall()[0][0] if what.endswith("table") else 0


def build(
    con: duckdb.DuckDBPyConnection,
    councils: Councils,
    publishable: bool,
    examples: bool = False,
) -> None:
    """Makes every table of a release from the staged lines, `returns`, `ignored_rows` and the reference tables.

    `publishable` is what a blank cell of that column means in this collection; `examples` says that its projects are
    chosen examples.
    """
    con.execute("set variable publishable_by_default = ?", [publishable])
    con.execute("set variable examples = ?", [examples])
    con.execute("create macro financial_year(start) as start || '-' || lpad(((start + 1) % 100)::varchar, 2, '0')")
    create(con, "typed", what="temp view")
    read_councils(con, councils)
    there = _judge(con)
    _publishable_tables(con, "repeating" in there)


def _judge(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Makes `standings` and `findings` from `typed`, `council_readings` and `decisions`; gives what there is.

    Most lines are clean and stand alone under their key. Each step finds, in one narrow pass over all lines, those
    few that its rules may touch, and works on them alone; what would have nothing to work on is left out.
    """
    con.execute("".join(f"set variable {one.name} = {one.value};" for one in THRESHOLDS))
    for table in ("decided", "bodies"):
        create(con, table)
    for view in ("amended", "lines"):
        create(con, view, what="temp view")
    _note_councils(con)
    _free_decided(con)
    suspected = _suspect(con, [rule for rule in (*LINE_RULES, *HELD_RULES) if rule.relation == "lines"])
    _note_rules(con, [rule for rule in LINE_RULES if rule.id in suspected])
    con.execute("create temp table quarantined as select distinct line_no from findings where fate = 'quarantined'")
    create(con, "readable", what="temp view")
    create(con, "hashes")
    there = _what_there_is(con) | _what_is_alike(con)
    neighbours = create(con, "neighbours") if "neighbours" in there else 0
    _hold(con, suspected, there, bool(neighbours))
    con.execute("drop table hashes")
    con.execute("create temp table set_aside (line_no integer, reason varchar, whole_line_no integer)")
    if there & {"withdrawals", "stretches", "undated"}:
        for view in ("plausible", "counting"):
            create(con, view, what="temp view")
    if neighbours and create(con, "crowded"):
        _compare_reports(con)
    if "withdrawals" in there and create(con, "withdrawn"):
        con.execute("insert into set_aside from withdrawn")
    if "stretches" in there and create(con, "stretched"):
        _fit_into_each_other(con)
    if "undated" in there and create(con, "undated"):
        _note_rules(con, SERIES_RULES)
    create(con, "standings")
    return there


def _what_there_is(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Which of the things that only some programmes have are in this one: steps for the others are left out."""
    tests = {
        "per_year": "basis = 'per_year'",
        "withdrawals": "stage = 'withdrawn'",
        "stretches": "last_year > first_year",
        "undated": "first_year is null",
        "repeating": "basis = 'per_year' or recurrence = 'recurring'",
    }
    asked = ", ".join(f"bool_or({test})" for test in tests.values())
    found = con.execute(f"select {asked} from typed").fetchall()[0]
    return {name for name, is_there in zip(tests, found, strict=True) if is_there}


def _what_is_alike(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Which of the tables that compare lines with each other have any lines to compare, by their hashes."""
    tests = {
        "neighbours": ("of_key", "count(*) > 1"),
        "duplicates": ("of_all", "count(*) > 1"),
        "series": ("of_series", "count(*) > 2"),
        "outliers": ("of_basis", "max(amount_gbp) >= getvariable('slip') * min(amount_gbp)"),
    }
    asked = ", ".join(
        f"exists (select {column} from hashes where {column} is not null group by {column} having {test})"
        for column, test in tests.values()
    )
    found = con.execute(f"select {asked}").fetchall()[0]
    return {name for name, is_there in zip(tests, found, strict=True) if is_there}


def _hold(con: duckdb.DuckDBPyConnection, suspected: set[str], there: set[str], neighbours: bool) -> None:
    """Holds what is not plausible, and makes `held`."""
    made: dict[str, int] = {}
    for table in ("outliers", "duplicates", "series"):
        made |= {table: create(con, table)} if table in there else {}
    if neighbours:
        made["fivefold_pairs"] = create(con, "fivefold_pairs")
    if "per_year" in there:
        made["contradictions"] = create(con, "contradictions")
    rules = [rule for rule in HELD_RULES if rule.id in suspected or made.get(rule.relation)]
    _note_rules(con, rules, "line_no not in (select line_no from quarantined)")
    con.execute("create temp table held as select distinct line_no from findings where fate = 'held'")


def _compare_reports(con: duckdb.DuckDBPyConnection) -> None:
    """Says of lines that share their key which count, or that a person must decide."""
    for table in ("reports", "keys", "repeats", "undecided"):
        create(con, table)
    _note_rules(con, KEY_RULES)
    con.execute("insert into held select line_no from undecided")
    create(con, "outdone")
    con.execute("insert into set_aside from outdone")


def _fit_into_each_other(con: duckdb.DuckDBPyConnection) -> None:
    """Says of amounts over stretches of years which are parts of which, or that they do not fit."""
    for table in ("spans", "overlapping", "overfull", "overfull_lines", "parts"):
        create(con, table)
    _note_rules(con, OVERLAP_RULES)
    con.execute("insert into set_aside from parts")


def _publishable_tables(con: duckdb.DuckDBPyConnection, repeating: bool) -> None:
    create(con, "latest")
    create(con, "projects", what="table")
    if _has_any(con, "latest where uneven") and create(con, "uneven_projects"):
        con.execute("insert into projects from uneven_projects")
    for table in ("project_councils", "judged"):
        create(con, table, what="table")
    create(con, "observations", what="view")
    create(con, "outcomes", what="view")
    create(con, "phases")
    create(con, "placed", what="temp view")
    _continue(con, repeating)
    for table in ("schedule", "schedule_cells", "line_cells", "reach"):
        create(con, table, what="table")
    _share(con)
    for view in ("council_schedule", "council_schedule_cells"):
        create(con, view, what="view")
    _count_fates(con)
    _judge_claims(con)
    create(con, "claims_register", what="view")


def _share(con: duckdb.DuckDBPyConnection) -> None:
    """Makes `shared` and `shared_cells`, which have rows only where projects are joint."""
    if _has_any(con, "project_councils where joint"):
        for table in ("shared", "shared_cells"):
            create(con, table, what="table")
    else:
        con.execute("create table shared as select *, null::varchar as part from schedule where false")
        con.execute("create table shared_cells as from schedule_cells where false")


def _has_any(con: duckdb.DuckDBPyConnection, rows: str) -> bool:
    return bool(con.execute(f"select 1 from {rows} limit 1").fetchall())


def _judge_claims(con: duckdb.DuckDBPyConnection) -> None:
    """Makes `claim_verdicts`: what the ledger holds of the same as each claim, and the verdict that follows."""
    if not _has_any(con, "claims"):
        con.execute(f"create table claim_verdicts ({', '.join(f'{name} {kind}' for name, kind in VERDICT_COLUMNS)})")
        return
    con.execute(
        "create temp macro in_pounds(amount) as case when amount < 0 then '-' else '' end || '£' "
        "|| format('{:,}', trunc(abs(amount))::bigint) "
        "|| case when amount = trunc(amount) then '' else right(amount::decimal(18, 2)::varchar, 3) end; "
        "create temp macro counted(number, noun) as "
        "format('{:,}', number::bigint) || ' ' || noun || case number when 1 then '' else 's' end"
    )
    for table in ("claim_scopes", "claim_amounts", "claim_doubts", "claim_holdings"):
        create(con, table)
    con.execute(f"create table claim_verdicts as {verdict_query()}")


def _continue(con: duckdb.DuckDBPyConnection, repeating: bool) -> None:
    """Makes `continuing`: which pounds of an amount that repeats go on from an earlier year."""
    if not repeating:
        con.execute("create temp table continuing (line_no integer, financial_year smallint, continuing_gbp decimal)")
    elif create(con, "continuing") and create(con, "gaps"):
        _note_rules(con, YEAR_RULES)


def _suspect(con: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> set[str]:
    """Makes `suspects`: the lines that any of the rules of one line touches, with a column for each; names those."""
    tests = ", ".join(f"({rule.condition}) as {rule.id}" for rule in rules)
    condition, columns = " or ".join(f"({rule.condition})" for rule in rules), ", ".join(NO_RULE_ASKS)
    suspects = con.execute(
        f"create temp table suspects as select * exclude ({columns}), {tests} from lines where {condition}"
    ).fetchall()[0][0]
    if not suspects:
        return set()
    touched = con.execute(f"select {', '.join(f'bool_or({rule.id})' for rule in rules)} from suspects").fetchall()[0]
    return {rule.id for rule, is_touched in zip(rules, touched, strict=True) if is_touched}


def _note_rules(con: duckdb.DuckDBPyConnection, rules: Sequence[Rule], among: str = "true") -> None:
    """Adds the findings of rules about lines that fulfil the condition `among`, all in one statement."""
    if not rules:
        return
    noted = " union all ".join(_noted(rule) for rule in rules)
    con.execute(
        "insert into findings select typed.line_no, typed.return_no, typed.sheet, typed.row, column_name, code, fate, "
        f"found, message, suggestion from (select * from ({noted}) where {among}) noted "
        "join typed on typed.line_no = noted.line_no"
    )


def _noted(rule: Rule) -> str:
    relation, condition = rule.relation, rule.condition
    if relation == "lines":
        relation, condition = "suspects", rule.id
    if rule.unless_noted:
        noted = f"column_name = '{rule.column}' and fate is not null and line_no is not null"
        condition += f" and line_no not in (select line_no from findings where {noted})"
    return (
        f"select line_no, '{rule.column}' as column_name, '{rule.id}' as code, {_fate_of(rule)} as fate, "
        f"{rule.found} as found, {rule.message} as message, {rule.suggestion} as suggestion "
        f"from {relation} where {condition}"
    )


def _fate_of(rule: Rule) -> str:
    """The fate as SQL: a line that a person decided on is held by nothing, and its findings stay as remarks."""
    if rule.fate == HELD:
        return "case when verdict is null then 'held' end"
    return "null" if rule.fate is None else f"'{rule.fate}'"


def _note_councils(con: duckdb.DuckDBPyConnection) -> None:
    if not _has_any(con, "council_readings where code is not null"):
        return
    for role, column in (("lead", "lead_council"), ("partner", "partner_councils")):
        con.execute(
            f"insert into findings select typed.line_no, typed.return_no, typed.sheet, typed.row, '{column}', "
            f"reading.code, case when reading.bad then 'quarantined' end, typed.{column}, reading.message, "
            f"reading.suggestion from typed join council_readings reading on reading.role = '{role}' "
            f"and reading.text = typed.{column} and reading.at_date is not distinct from typed.at_date "
            "where reading.code is not null"
        )


def _free_decided(con: duckdb.DuckDBPyConnection) -> None:
    """What was found while reading holds no line that a person decided on."""
    con.execute("update findings set fate = null where fate = 'held' and line_no in (select line_no from decided)")


def _count_fates(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "create or replace table returns as select returns.*, "
        "coalesce(loaded, 0) as loaded, coalesce(held, 0) as held, coalesce(quarantined, 0) as quarantined, "
        "(select count(*) from ignored_rows where ignored_rows.return_no = returns.return_no) as ignored "
        "from returns left join (select return_no, count(*) filter (fate = 'loaded') as loaded, "
        "count(*) filter (fate = 'held') as held, count(*) filter (fate = 'quarantined') as quarantined "
        "from judged group by return_no) using (return_no) order by return_no"
    )
