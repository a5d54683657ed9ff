"""What pyxlsb reads from binary workbooks, for tests/tables_xlsb.rs.

    python3 tests/tables_xlsb.py FOLDER

writes beside each N.xlsb an N.json: the rows of its first sheet, each cell as a text. The column "Day" holds days.
"""

import json
import pathlib
import sys

from pyxlsb import convert_date, open_workbook


def shown(value, is_day):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return convert_date(value).strftime("%Y-%m-%d") if is_day else f"{value:.10f}".rstrip("0").rstrip(".")
    return value


for path in pathlib.Path(sys.argv[1]).glob("*.xlsb"):
    with open_workbook(str(path)) as book, book.get_sheet(1) as sheet:
        rows = [[cell.v for cell in row] for row in sheet.rows()]
    days = [name == "Day" for name in rows[0]]
    text = [[shown(value, day) for value, day in zip(row, days)] for row in rows]
    path.with_suffix(".json").write_text(json.dumps(text))
