"""The streams of an OLE compound file, the container of XLS and of encrypted XLSX."""

import struct
from itertools import islice

from etl.readers import Problem
from etl.readers.zip_parts import DAMAGED

END, FREE = 0xFFFFFFFE, 0xFFFFFFFF
ENTRY = 128
ROOT, STREAM = 5, 2
MOST_ENTRIES = 10_000


class Compound:
    """An OLE file, by the names of its streams. Raises Problem if its tables of sectors are damaged."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._open()
        except (struct.error, IndexError, ValueError, OverflowError):
            raise Problem("unreadable", DAMAGED) from None

    def _open(self) -> None:
        head = self._content[:512]
        shift, mini_shift = struct.unpack_from("<HH", head, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sectors of no known size")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        first_directory, _, self._cutoff, first_mini = struct.unpack_from("<IIII", head, 48)
        self._table = self._sector_table(head)
        self.entries: dict[str, tuple[int, int]] = {}
        root = (END, 0)
        directory = self._chain(first_directory)
        for at in islice(range(0, len(directory) - ENTRY + 1, ENTRY), MOST_ENTRIES):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == ROOT:
                root = (start, size)
            elif kind == STREAM:
                self.entries.setdefault(name, (start, size))
        self._mini = self._chain(root[0])
        mini_table = self._chain(first_mini)
        self._mini_table = struct.unpack(f"<{len(mini_table) // 4}I", mini_table)

    def _sector_table(self, head: bytes) -> tuple[int, ...]:
        """What sector follows each sector."""
        sectors = list(struct.unpack_from("<109I", head, 76))
        following, number = struct.unpack_from("<II", head, 68)
        most = len(self._content) // self._size + 1
        for _ in range(min(number, most)):
            if following >= END:
                break
            more = struct.unpack(f"<{self._size // 4}I", self._sector(following))
            sectors += more[:-1]
            following = more[-1]
        own = [sector for sector in sectors if sector < END - 1][:most]
        table = b"".join(map(self._sector, own))
        return struct.unpack(f"<{len(table) // 4}I", table)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size].ljust(self._size, b"\x00")

    def _chain(self, start: int) -> bytes:
        """The bytes of a chain of sectors; a chain that goes in a circle is damaged."""
        found: list[int] = []
        while start < len(self._table):
            if len(found) > len(self._table):
                raise ValueError("a chain goes in a circle")
            found.append(start)
            start = self._table[start]
        return b"".join(map(self._sector, found))

    def read(self, name: str) -> bytes:
        """The bytes of a stream. Raises Problem if its sectors are damaged."""
        start, size = self.entries[name]
        try:
            if size >= self._cutoff:
                return self._chain(start)[:size]
            found: list[bytes] = []
            while start < len(self._mini_table):
                if len(found) > len(self._mini_table):
                    raise ValueError("a chain goes in a circle")
                found.append(self._mini[start * self._mini_size : (start + 1) * self._mini_size])
                start = self._mini_table[start]
            return b"".join(found)[:size]
        except ValueError:
            raise Problem("unreadable", DAMAGED) from None
