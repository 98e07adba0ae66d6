"""Write small workbooks by hand, as Excel and other programs (and attackers) do."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def text(reference: str, value: str) -> str:
    """Return a cell with text in it."""
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def row(number: int, *cells: str, hidden: bool = False) -> str:
    """Return a row of texts from column A, or of ready cells."""
    shown = "".join(
        cell if cell.startswith("<c") else text(f"{chr(65 + place)}{number}", cell)
        for place, cell in enumerate(cells)
    )
    return (
        f'<row r="{number}"{" hidden=" + chr(34) + "1" + chr(34) if hidden else ""}>{shown}</row>'
    )


def sheet(*rows: str, before: str = "", after: str = "") -> str:
    """Return a worksheet's part."""
    data = f"<sheetData>{''.join(rows)}</sheetData>"
    return f'<worksheet xmlns="{MAIN}">{before}{data}{after}</worksheet>'


def write_xlsx(
    path: Path,
    sheets: Mapping[str, str] | str,
    *,
    formats: Sequence[str] = (),
    states: Mapping[str, str] | None = None,
    active: int = 0,
    strings: str = "",
    properties: str = "",
    extra: Mapping[str, str | bytes] | None = None,
) -> Path:
    """Write a workbook from its sheets' XML; style n+1 has the n-th of `formats`."""
    named = {"Лист1": sheets} if isinstance(sheets, str) else dict(sheets)
    states = states or {}
    entries = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}" state="{states.get(name, "visible")}"/>'
        for n, name in enumerate(named, 1)
    )
    views = f'<bookViews><workbookView activeTab="{active}"/></bookViews>'
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(named) + 1)
    )
    relations += f'<Relationship Id="s" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    if strings:
        relations += f'<Relationship Id="t" Type="{RELATIONS}/sharedStrings" Target="st.xml"/>'
    codes = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{code}"/>' for n, code in enumerate(formats)
    )
    styles = "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(formats)))
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}{views}'
        f"<sheets>{entries}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        **{f"xl/worksheets/sheet{n}.xml": part for n, part in enumerate(named.values(), 1)},
        **({"xl/st.xml": strings} if strings else {}),
        **(extra or {}),
    }
    return write_parts(path, parts)


def zipped(path: Path) -> dict[str, bytes]:
    """Return the parts of a zipped document."""
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def write_parts(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Zip parts together."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def write_ods(path: Path, tables: str, *, styles: str = "") -> Path:
    """Write an OpenDocument spreadsheet from its tables' XML."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text", "style")
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path
