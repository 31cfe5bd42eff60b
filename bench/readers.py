"""Readers of our page without a browser: they speak Streamlit's own protocol, and time each rerun of the server."""

import asyncio
import time
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

STAGES = ("Projected", "Identified", "Achieved")
THINKING = 1.0
"""Seconds that a reader looks at a page before the next click."""


@dataclass
class Reader:
    """One session: what the server told it, and what it would send back as a browser does."""

    socket: ClientConnection
    page: str = ""
    query: str = ""
    widgets: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    async def rerun(self, *states: WidgetState) -> float:
        """Sends the state of widgets, and gives the seconds until the server has sent the whole page again."""
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_script_hash = self.page
        asked.rerun_script.widget_states.widgets.extend(states)
        asked.rerun_script.cached_message_hashes.extend(self.known)
        began = time.perf_counter()
        await self.socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg.FromString(bytes(await self.socket.recv()))  # type: ignore[arg-type]
            self._note(told)
            if told.WhichOneof("type") == "script_finished":
                assert told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY, "the page did not run to its end"
                return time.perf_counter() - began

    def _note(self, told: ForwardMsg) -> None:
        kind = told.WhichOneof("type")
        if told.metadata.cacheable:
            self.known.add(told.hash)
        if kind == "new_session":
            self.page = told.new_session.page_script_hash
        elif kind == "page_info_changed":
            self.query = told.page_info_changed.query_string
        elif kind == "delta" and told.delta.WhichOneof("type") == "new_element":
            element = told.delta.new_element
            if element.WhichOneof("type") in ("radio", "multiselect"):
                widget = getattr(element, str(element.WhichOneof("type")))
                self.widgets[widget.label], self.options[widget.label] = widget.id, list(widget.options)

    def state(self, turn: int) -> list[WidgetState]:
        """What is chosen at a turn: another stage each time, and another region every third."""
        regions = self.options["Region"]
        region = WidgetState(id=self.widgets["Region"])
        region.string_array_value.data.append(regions[turn // len(STAGES) % len(regions)])
        return [WidgetState(id=self.widgets["Stage"], string_value=STAGES[turn % len(STAGES)]), region]


async def _read(
    address: str, query: str, turns: int, thinking: float, late: float, first: int, all_in: asyncio.Barrier
) -> list[float]:
    await asyncio.sleep(late)
    stream = address.replace("http://", "ws://", 1) + "/_stcore/stream"
    async with connect(stream, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
        reader = Reader(socket, query=query)
        await reader.rerun()
        await all_in.wait()
        await asyncio.sleep(late)
        took = []
        for turn in range(first, first + turns):
            await asyncio.sleep(thinking)
            took.append(await reader.rerun(*reader.state(turn)))
        return took


def read_together(address: str, query: str, readers: int, turns: int, thinking: float = THINKING) -> list[float]:
    """The seconds of each rerun of so many readers at once, timed from when the last of them has come in."""

    async def all_of_them() -> list[list[float]]:
        late, all_in = THINKING / max(readers, 1), asyncio.Barrier(readers)
        return await asyncio.gather(
            *(_read(address, query, turns, thinking, place * late, place, all_in) for place in range(readers))
        )

    return [seconds for took in asyncio.run(all_of_them()) for seconds in took]
