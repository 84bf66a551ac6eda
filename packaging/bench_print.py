"""A printed roster, and the same strings drawn straight on a canvas."""

import io
import time
from functools import cache
from pathlib import Path

import bench_data
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from taizhang.press.fonts import Typefaces
from taizhang.press.ledger_print import Occasion, ledger_sheet
from taizhang.press.page import Paper
from taizhang.press.roles import Role
from taizhang.press.sheet import Sheet
from taizhang.press.table import render
from taizhang.registry import installed
from taizhang.store.query import Query
from taizhang.store.store import Store

_LINE = 20  # points from one row to the next, as far as the eye of the floor goes


def roster(office: Path, rows: int) -> float:
    """Seconds from rows of text to a finished PDF."""
    sheet, faces = _sheet(office, rows), _faces()
    start = time.perf_counter()
    render(sheet, Paper.of("A4", landscape=True), faces, io.BytesIO())
    return time.perf_counter() - start


def floor(office: Path, rows: int) -> float:
    """Seconds for the same strings in the same typeface, each drawn where it falls."""
    sheet, face = _sheet(office, rows), _faces().face(Role.BODY)
    pdfmetrics.registerFont(face.font)
    start = time.perf_counter()
    width, height = Paper.of("A4", landscape=True).points
    canvas = Canvas(io.BytesIO(), pagesize=(width, height))
    per_page = int(height / _LINE) - 4
    step = width / len(sheet.columns)
    for first in range(0, rows, per_page):
        canvas.setFont(face.font.fontName, 9)
        for line, row in enumerate(sheet.rows[first : first + per_page]):
            y = height - (line + 2) * _LINE
            for column, text in enumerate(row):
                canvas.drawString(column * step, y, text)
        canvas.showPage()
    canvas.save()
    return time.perf_counter() - start


@cache
def _faces() -> Typefaces:
    return Typefaces()


@cache
def _sheet(office: Path, rows: int) -> Sheet:
    store = Store.open(office, installed(), clock=lambda: bench_data.NOW)
    try:
        ledger = store.ledgers["members"]
        found = store.rows("members", store.rids(Query("members"))[:rows], ledger.print_columns)
        occasion = Occasion(bench_data.TODAY, bench_data.NOW, store.name_of, organisation=store.name)
        return ledger_sheet(ledger, found, occasion)
    finally:
        store.close(with_backup=False)
