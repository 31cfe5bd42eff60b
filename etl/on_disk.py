"""Lines of returns that are too large for memory: typed piece by piece, and kept in a DuckDB file of their own."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

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

    def store(self, name: str, pieces: "Spilled") -> None:
        """Stores the lines of a return as a table. One statement does it: what is inserted bit by bit costs twice."""
        with duckdb.connect(self.path, config={"memory_limit": MEMORY}) as con:
            con.register("incoming", pa.RecordBatchReader.from_batches(pieces.schema, pieces.batches()))
            con.execute(f"create table {name} as select * from incoming")
        self.tables.append(name)

    def attach(self, con: duckdb.DuckDBPyConnection) -> list[str]:
        """Lets a connection read the tables; gives their names in it."""
        if self.tables:
            quoted = str(self.path).replace("'", "''")
            con.execute(f"attach '{quoted}' as on_disk (read_only)")
        return [f"on_disk.{name}" for name in self.tables]


class Spilled:
    """Tables with the same columns, kept in a file without a name until they are wanted, in their order.

    A column that is blank in a whole table takes no room there, and one that is blank in all of them is left out.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.starts: list[int] = []
        self.kinds: dict[str, pa.DataType] = {}

    def add(self, table: pa.Table) -> None:
        """Keeps one more table."""
        filled = [name for name in table.column_names if table[name].null_count < table.num_rows]
        table = table.select(filled).combine_chunks()
        self.kinds |= {one.name: one.type for one in table.schema}
        self.starts.append(self.stream.tell())
        with pa.ipc.new_stream(self.stream, table.schema) as writer:
            writer.write_table(table, BATCH)

    @property
    def schema(self) -> pa.Schema:
        """The columns that are not blank in every table."""
        return pa.schema(list(self.kinds.items()))

    def batches(self) -> Iterator[pa.RecordBatch]:
        """What was kept, in the columns of the schema."""
        for start in self.starts:
            self.stream.seek(start)
            with pa.ipc.open_stream(self.stream) as batches:
                for batch in batches:
                    named = dict(zip(batch.schema.names, batch.columns, strict=True))
                    columns = [named.get(name, pa.nulls(len(batch), kind)) for name, kind in self.kinds.items()]
                    yield pa.RecordBatch.from_arrays(columns, schema=self.schema)
