"""The shape of a sheet: headings found, units settled, wide made long, totals and notes told from lines."""

from etl.shape.records import Finding, IgnoredRow, Line, Shaped
from etl.shape.sheet import shape_of

__all__ = ["Finding", "IgnoredRow", "Line", "Shaped", "shape_of"]
