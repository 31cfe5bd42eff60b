"""Lines of returns that are too large for memory: typed piece by piece, and kept in a DuckDB file of their own."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.batch import BATCH

MEMORY = "300MB"
"""What DuckDB may hold while it stores lines."""


class OnDisk:
    """A table of typed lines for each large return, in the DuckDB file `path`, which is made with the first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tables: list[str] = []

    @contextmanager
    def growing(self, name: str) -> Generator["Growing"]:
        """A table that lines are added to. Where the block fails, there is none."""
        with duckdb.connect(self.path, config={"memory_limit": MEMORY}) as con:
            table = Growing(con, name)
            try:
                yield table
                table.add_rest()
            except BaseException:
                con.execute(f"drop table if exists {name}")
                raise
        self.tables.append(name)

    def attach(self, con: duckdb.DuckDBPyConnection) -> list[str]:
        """Lets a connection read the tables; gives their names in it."""
        if self.tables:
            quoted = str(self.path).replace("'", "''")
            con.execute(f"attach '{quoted}' as on_disk (read_only)")
        return [f"on_disk.{name}" for name in self.tables]


class Growing:
    """A table on disk. A column is in it once a line has something there.

    Lines are stored in whole batches, and what is less waits for the next: a part of one would be stored twice.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, name: str) -> None:
        self.con, self.name = con, name
        self.columns: set[str] = set()
        self.waiting: pa.Table | None = None

    def add(self, lines: pa.Table) -> None:
        """Adds lines, in their order."""
        filled = [name for name in lines.column_names if lines[name].null_count < lines.num_rows]
        parts = [lines.select(filled)] if self.waiting is None else [self.waiting, lines.select(filled)]
        together = pa.concat_tables(parts, promote_options="default")
        whole = together.num_rows // BATCH * BATCH
        self.waiting = together.slice(whole)
        self._store(together.slice(0, whole))

    def add_rest(self) -> None:
        """Stores the lines that wait."""
        if self.waiting is not None:
            self._store(self.waiting)

    def _store(self, lines: pa.Table) -> None:
        one = lines.combine_chunks()
        self.con.register("incoming", pa.Table.from_batches(one.to_batches(BATCH), one.schema))
        if self.columns:
            self._widen(one.column_names)
            self.con.execute(f"insert into {self.name} by name select * from incoming")
        else:
            self.con.execute(f"create table {self.name} as select * from incoming")
        self.columns |= set(one.column_names)
        self.con.unregister("incoming")

    def _widen(self, names: list[str]) -> None:
        new = set(names) - self.columns
        for name, kind, *_ in self.con.execute("describe select * from incoming").fetchall() if new else ():
            if name in new:
                self.con.execute(f"alter table {self.name} add column {name} {kind}")
