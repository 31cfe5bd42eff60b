"""Every figure over both collections: drawing, table, words, files and a second reckoning say the same."""

import csv
import io
from decimal import Decimal

import oracle_answers as oracle
import pytest
from built_tables_path import CLAIMS_ONLY
