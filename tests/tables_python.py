"""Random case lists, each with what Python's csv or openpyxl reads from it, for tests/tables_python.rs.

    python3 tests/tables_python.py FOLDER FILES SEED

writes N.csv or N.xlsx and beside each N.json: the header and the rows as openpyxl or csv gives them,
numbers shown in the cell's format.
"""

import csv
import datetime
import json
import random
import sys
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

FORMATS = ["General", "0", "0.00", "#,##0", "#,##0.00", "0%", "0.0%", "00000", "@"]
WORDS = ["North", "Zoë", "O'Neill, Jo", 'said "no"', "two\nlines", "a;b", "tab\there", "x|y", "né", "no-break\u00a0space"]


def word(chance):
    return chance.choice(WORDS) + chance.choice(["", "", " ", "-7", str(chance.randrange(1000))])


def text_list(chance, path):
    width, separator, encoding = chance.randint(2, 9), chance.choice(",;\t|"), chance.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    header = [f"Field {at}" for at in range(width)]
    rows = []
    for row in range(chance.randint(1, 60)):
        cells = [chance.choice(["", word(chance), f"{chance.randrange(10**6):06}", "31/03/2026"]) for _ in header]
        rows.append([f"{row:05}", *cells[1:]])
    with open(path, "w", encoding=encoding, newline="") as file:
        quoting = chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
        writer = csv.writer(file, delimiter=separator, quoting=quoting, lineterminator=chance.choice(["\n", "\r\n"]))
        writer.writerows([header, *rows])
    with open(path, encoding=encoding, newline="") as file:
        read = list(csv.reader(file, delimiter=separator))
    return read[0], read[1:]


def value(chance):
    kind = chance.randrange(7)
    if kind == 0:
        return None, "General"
    if kind == 1:
        return word(chance).strip(), "General"
    if kind == 2:
        day = datetime.datetime(1950, 1, 1) + datetime.timedelta(days=chance.randrange(30_000))
        return day, chance.choice(["dd/mm/yyyy", "yyyy-mm-dd", "d mmm yy"])
    if kind == 3:
        return chance.random() < 0.5, "General"
    if kind == 4:
        return chance.randrange(10**9), chance.choice(FORMATS)
    if kind == 5:
        return chance.choice([0.5, 2.5, 1.005, 0.125, 99.995, 6.138]), chance.choice(FORMATS)
    return round(chance.uniform(-5_000_000, 5_000_000), chance.randrange(6)), chance.choice(FORMATS)


def shown(cell):
    content, code = cell.value, cell.number_format
    if content is None:
        return ""
    if isinstance(content, bool):
        return "TRUE" if content else "FALSE"
    if isinstance(content, datetime.datetime):
        return content.strftime("%Y-%m-%d") if content.time() == datetime.time() else content.isoformat()
    if not isinstance(content, (int, float)):
        return content
    # The 15 digits that a sheet keeps.
    number = Decimal(f"{content:.15g}")
    if code in ("General", "@"):
        text = f"{number:f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-0", "0", 1 if number == 0 else 0)
    if code == "00000":
        return ("-" if number < 0 else "") + f"{abs(number.quantize(Decimal(1), ROUND_HALF_UP)):05f}"
    if code.endswith("%"):
        number *= 100
    places = len(code.rstrip("%").partition(".")[2])
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:{',' if ',' in code else ''}f}" + ("%" if code.endswith("%") else "")


def workbook(chance, path):
    book = openpyxl.Workbook()
    if chance.random() < 0.3:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    width = chance.randint(2, 9)
    sheet.append([f"Field {at}" for at in range(width)])
    for row in range(2, chance.randint(3, 60)):
        sheet.cell(row, 1, f"{row:05}")
        for column in range(2, width + 1):
            content, code = value(chance)
            if content is not None:
                sheet.cell(row, column, content).number_format = code
        sheet.row_dimensions[row].hidden = chance.random() < 0.1
    book.save(path)
    read = openpyxl.load_workbook(path, data_only=True).active
    rows = [[shown(cell) for cell in row] for row in read.iter_rows()]
    return rows[0], rows[1:]


def main(folder, files, seed):
    for number in range(files):
        chance = random.Random(f"{seed}-{number}")
        write, ending = (text_list, "csv") if number % 2 else (workbook, "xlsx")
        header, rows = write(chance, f"{folder}/{number}.{ending}")
        with open(f"{folder}/{number}.json", "w", encoding="utf-8") as file:
            json.dump({"header": header, "rows": rows}, file, ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
