"""Hold the rooms of the project apart: who may import whom, and what each may contain.

The law is the table of rooms in the project's conventions: app/cli -> ui -> engine -> core.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "cascade_desktop"
OURS = "cascade_desktop"

ROOMS: dict[str, frozenset[str]] = {
    "core": frozenset({"core"}),
    "engine": frozenset({"core", "engine"}),
    "practice": frozenset({"practice"}),
    "ui": frozenset({"core", "engine", "ui"}),
}
# The two faces with their parts, at the top of the package: who of them may import whom.
FACES: dict[str, tuple[str, ...]] = {
    "__init__": (),
    "__main__": ("app", "cli"),
    "app": ("demo", "program"),
    "demo": ("program",),
    "program": (),
    "cli": ("cli_*",),
    "cli_*": ("cli_*",),
}

# Where each outside module may be imported, as patterns of our own paths.
TOP = "*.py"
TABLES = ("engine/tables/*",)
CLIENT = ("engine/client.py", "engine/client_*.py")
OUTSIDE: dict[str, tuple[str, ...]] = {
    "phonenumbers": ("core/*",),
    "httpx": CLIENT,
    "httpcore": CLIENT,
    "truststore": CLIENT,
    "sqlite3": ("engine/journal.py", "engine/journal_*.py", "engine/journal/*"),
    "pandas": TABLES,
    "openpyxl": TABLES,
    "python_calamine": TABLES,
    "rustpy_xlsxwriter": TABLES,
    "numpy": (*TABLES, "ui/*_model.py"),
    "keyring": ("engine/secrets.py",),
    "jeepney": ("engine/power_login1.py",),
    "platformdirs": ("engine/*", TOP),
    "starlette": ("practice/*",),
    "uvicorn": ("practice/*",),
    "PySide6": ("ui/*", TOP),
    "qasync": ("ui/tasks.py", TOP),
}
INSIDE_FUNCTIONS = frozenset({"pandas", "openpyxl", "python_calamine", "rustpy_xlsxwriter"})

# No I/O, no clock, no asyncio, no randomness in core.
WORLDLY = frozenset(
    {
        "asyncio",
        "concurrent",
        "io",
        "logging",
        "multiprocessing",
        "os",
        "pathlib",
        "random",
        "secrets",
        "shutil",
        "signal",
        "socket",
        "sqlite3",
        "ssl",
        "subprocess",
        "tempfile",
        "threading",
        "time",
        "urllib.request",
        "uuid",
    }
)
CLOCK_CALLS = frozenset({"now", "utcnow", "today"})

CATCH_ALL_ALLOWED = frozenset(
    {"app.py", "cli.py", "ui/tasks.py", "engine/tables/serving.py", "engine/secrets.py"}
)
VAGUE_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "managers"})

MODULE_LINES = 400
FUNCTION_LINES = 40
PUBLIC_METHODS = 15
BUDGETS = {"ui/main_window.py": 200}

# How Qt spells a method of its own: what overrides one is not a class's own idea.
QT_NAME = re.compile(r"[a-z]+[A-Z]")

# Each runs a loop of its own inside a coroutine's, and other tasks are lost for ever.
STATIC_DIALOGS = {
    "QMessageBox": frozenset({"information", "warning", "critical", "question", "about"}),
    "QFileDialog": frozenset(
        {
            "getOpenFileName",
            "getOpenFileNames",
            "getSaveFileName",
            "getExistingDirectory",
            "getOpenFileUrl",
            "getSaveFileUrl",
        }
    ),
    "QInputDialog": frozenset({"getText", "getInt", "getDouble", "getItem", "getMultiLineText"}),
}


@dataclass(frozen=True)
class Import:
    """One imported module, with where it stands."""

    target: str
    line: int
    in_function: bool
    relative: bool = False


@dataclass(frozen=True)
class Module:
    """One parsed file of the package, named by its path below the package."""

    path: str
    tree: ast.Module
    lines: int
    imports: tuple[Import, ...]

    @property
    def room(self) -> str:
        """Return the room the file is in, "" at the top."""
        head, _, rest = self.path.partition("/")
        return head if rest else ""

    @property
    def dotted(self) -> str:
        """Return the name that an import statement would use."""
        return dotted(self.path)


def dotted(path: str) -> str:
    """Return a path's module name: core/phones.py is cascade_desktop.core.phones."""
    parts = [OURS, *PurePosixPath(path).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def parse(sources: Mapping[str, str]) -> tuple[Module, ...]:
    """Parse files by their path; an imported name that is itself a module counts as imported."""
    packages = {str(parent) for path in sources for parent in PurePosixPath(path).parents}
    known = frozenset(map(dotted, {*sources, *(packages - {"."})}))
    return tuple(
        Module(path, tree := ast.parse(text), text.count("\n"), tuple(imports_of(tree, known)))
        for path, text in sorted(sources.items())
    )


def imports_of(tree: ast.Module, known: frozenset[str]) -> Iterator[Import]:
    """Yield each import of a file, those inside functions and by name included."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    inner = {
        id(node)
        for part in ast.walk(tree)
        if isinstance(part, functions)
        for node in ast.walk(part)
    }
    for node in ast.walk(tree):
        for target, relative in targets_of(node, known):
            yield Import(target, getattr(node, "lineno", 0), id(node) in inner, relative)


def targets_of(node: ast.AST, known: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Yield what one statement or call imports, and whether relatively."""
    match node:
        case ast.Import(names=names):
            yield from ((name.name, False) for name in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            full = [f"{module}.{name.name}" for name in names]
            yield from ((name if name in known else module or "", level > 0) for name in full)
        case ast.Call(func=called, args=[ast.Constant(value=str(target)), *_]):
            if called_name(called) in {"import_module", "__import__"}:
                yield target, False


def called_name(called: ast.expr) -> str:
    """Return the last name of what is called: exec in dialog.exec()."""
    match called:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def breaches(sources: Mapping[str, str]) -> list[str]:
    """Return every breach of the conventions in the given files, one sentence each."""
    modules = parse(sources)
    rules = (
        wrong_rooms,
        wrong_outside_modules,
        worldly_core,
        views_imported,
        vague_names,
        catch_alls,
        over_budget,
        blocking_dialogs,
    )
    found = [
        f"{module.path}{breach}" for module in modules for rule in rules for breach in rule(module)
    ]
    return found + cycles(modules)


def wrong_rooms(module: Module) -> Iterator[str]:
    """Find imports against the direction of the rooms, and relative ones."""
    if module.room not in {"", *ROOMS}:
        yield f": there is no room named {module.room}"
        return
    if not module.room and not face_of(PurePosixPath(module.path).stem):
        yield ": neither a face nor a part of one"
    for found in module.imports:
        parts = found.target.split(".")
        if found.relative:
            yield f":{found.line} imports relatively"
        elif parts[0] == OURS and len(parts) > 1:
            yield from wrong_room(module, found, parts[1])


def wrong_room(module: Module, found: Import, room: str) -> Iterator[str]:
    """Find one import of ours that its room, or its part of a face, may not make."""
    if module.room and room not in ROOMS[module.room]:
        yield f":{found.line} imports {room}, which {module.room} may not"
    elif not module.room and room not in ROOMS:
        own = face_of(PurePosixPath(module.path).stem)
        if not any(fnmatch(room, part) for part in FACES.get(own, ())):
            yield f":{found.line} imports the face {room}, which {own} may not"


def face_of(name: str) -> str:
    """Return the row of FACES that a module at the top belongs to, "" for none."""
    return next((part for part in FACES if fnmatch(name, part)), "")


def wrong_outside_modules(module: Module) -> Iterator[str]:
    """Find third-party modules (and sqlite3) outside their place, or loaded too early."""
    for found in module.imports:
        name = found.target.split(".")[0]
        if found.relative or name == OURS:
            continue
        places = OUTSIDE.get(name)
        if places is None and name not in sys.stdlib_module_names:
            yield f":{found.line} imports {name}, which no room may"
        elif places is not None and not any(stands_in(module, place) for place in places):
            yield f":{found.line} imports {name}, which only {', '.join(places)} may"
        elif name in INSIDE_FUNCTIONS and not found.in_function:
            yield f":{found.line} imports {name} outside a function: it is slow to load"


def stands_in(module: Module, place: str) -> bool:
    """Return whether a file is at a place; only TOP speaks of the top of the package."""
    return fnmatch(module.path, place) and (place == TOP) == (module.room == "")


def worldly_core(module: Module) -> Iterator[str]:
    """Find I/O, clocks and randomness in core."""
    if module.room != "core":
        return
    for found in module.imports:
        if WORLDLY.intersection({found.target, found.target.split(".")[0]}):
            yield f":{found.line} imports {found.target}: core knows values only"
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Name(id="open" | "print" | "input" as name)):
                yield f":{node.lineno} calls {name}: core knows values only"
            case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCK_CALLS:
                yield f":{node.lineno} reads the clock with {name}()"


def views_imported(module: Module) -> Iterator[str]:
    """Find views imported by anything but the main window.

    The parts of ui/compose make up one view and may import each other.
    """
    if module.path == "ui/main_window.py":
        return
    for found in module.imports:
        path = found.target.removeprefix(f"{OURS}.").replace(".", "/") + ".py"
        foreign_part = fnmatch(path, "ui/compose/*") and not fnmatch(module.path, "ui/compose/*")
        if foreign_part or fnmatch(path, "ui/*_view.py"):
            yield f":{found.line} imports the view {found.target}: only ui/main_window.py may"


def vague_names(module: Module) -> Iterator[str]:
    """Find names that say nothing; that is where cycles begin."""
    for part in PurePosixPath(module.path).with_suffix("").parts:
        if VAGUE_NAMES.intersection(part.split("_")):
            yield f": the name {part} says nothing"


def catch_alls(module: Module) -> Iterator[str]:
    """Find handlers for everything, but for those that raise it again, outside their places."""
    if module.path in CATCH_ALL_ALLOWED:
        return
    for node in ast.walk(module.tree):
        match node:
            case ast.ExceptHandler(body=[*_, ast.Raise(exc=None)]):
                pass
            case ast.ExceptHandler(type=caught) if caught is None or names_everything(caught):
                yield f":{node.lineno} catches everything"
            case ast.Call(func=called, args=args) if called_name(called) == "suppress":
                if any(map(names_everything, args)):
                    yield f":{node.lineno} suppresses everything"


def names_everything(caught: ast.expr) -> bool:
    """Return whether an except clause or suppress() takes any exception at all."""
    return any(
        isinstance(node, ast.Name) and node.id in {"Exception", "BaseException"}
        for node in ast.walk(caught)
    )


def over_budget(module: Module) -> Iterator[str]:
    """Find files, functions and classes that grew past their budget."""
    budget = BUDGETS.get(module.path, MODULE_LINES)
    if module.lines > budget:
        yield f": {module.lines} lines, the budget is {budget}"
    for node in ast.walk(module.tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    yield f":{node.lineno} {name} has {lines} lines, the budget is {FUNCTION_LINES}"
            case ast.ClassDef(name=name):
                if (methods := own_methods(node)) > PUBLIC_METHODS:
                    said = f"{name} has {methods} methods, the budget is {PUBLIC_METHODS}"
                    yield f":{node.lineno} {said}"


def own_methods(node: ast.ClassDef) -> int:
    """Count the public methods of a class that are not overrides of Qt's camelCase ones."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    names = {part.name for part in node.body if isinstance(part, functions)}
    return sum(not name.startswith("_") and not QT_NAME.match(name) for name in names)


def blocking_dialogs(module: Module) -> Iterator[str]:
    """Find calls that run an event loop inside the event loop."""
    if module.room not in {"ui", ""}:
        return
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="exec" | "exec_" | "processEvents" as name)):
                yield f":{node.lineno} calls {name}(): use open() and finished"
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=name)):
                if name in STATIC_DIALOGS.get(owner, ()):
                    yield f":{node.lineno} calls {owner}.{name}(): use open() and finished"


def cycles(modules: tuple[Module, ...]) -> list[str]:
    """Return one sentence for each import that closes a circle."""
    known = {module.dotted: module for module in modules}
    edges = {
        name: sorted({found.target for found in module.imports if found.target in known} - {name})
        for name, module in known.items()
    }
    found: list[str] = []
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            found.append("a circle: " + " -> ".join((*trail[trail.index(name) :], name)))
        elif name not in done:
            for target in edges[name]:
                visit(target, (*trail, name))
            done.add(name)

    for name in edges:
        visit(name, ())
    return found


def test_the_program_keeps_to_its_rooms() -> None:
    files = PACKAGE.rglob("*.py")
    sources = {file.relative_to(PACKAGE).as_posix(): file.read_text("utf-8") for file in files}

    assert "core/__init__.py" in sources
    assert breaches(sources) == []


def test_importing_the_engine_loads_neither_qt_nor_pandas() -> None:
    script = (
        "import importlib, pkgutil, sys, cascade_desktop.engine as engine\n"
        "for found in pkgutil.walk_packages(engine.__path__, engine.__name__ + '.'):\n"
        "    if not found.name.endswith('__main__'): importlib.import_module(found.name)\n"
        "heavy = ('PySide6', 'pandas', 'openpyxl', 'numpy')\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )

    command = [sys.executable, "-c", script]
    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (result.stderr, result.stdout.strip()) == ("", "[]")


def lines_of(count: int) -> str:
    return "def f():\n" + " x = 1\n" * (count - 1)


def methods_of(owner: str, name: str, count: int) -> str:
    methods = (f" def {name.format(at)}(self): ...\n" for at in range(count))
    return f"class {owner}:\n" + "".join(methods)


FINE = {
    "core/phones.py": "import phonenumbers\nfrom datetime import datetime\n",
    "engine/client.py": "import httpx\nfrom cascade_desktop.core import phones\n",
    "engine/tables/report.py": "def write():\n    import openpyxl\n",
    "practice/service.py": "from starlette.applications import Starlette\n",
    "ui/results_view.py": "from PySide6.QtWidgets import QWidget\n",
    "ui/compose/durations.py": "",
    "ui/compose/when_field.py": "from cascade_desktop.ui.compose import durations\n",
    "ui/main_window.py": "from cascade_desktop.ui import results_view\n",
    "engine/lock.py": "try: f()\nexcept BaseException:\n    g()\n    raise\n",
    "ui/tasks.py": "try:\n    pass\nexcept Exception:\n    pass\n",
    "app.py": "from cascade_desktop.ui.main_window import x\n",
    "__main__.py": "def main():\n    from cascade_desktop import app\n",
    "cli.py": "from cascade_desktop.cli_campaign import send\n",
    "cli_campaign.py": "from cascade_desktop.engine.lock import x\n",
    "program.py": "from PySide6.QtWidgets import QWidget\n",
    "demo.py": "from cascade_desktop.program import Program\n",
    "ui/widgets/wide.py": methods_of("W", "own{}", 15) + " def paintEvent(self): ...\n",
}


def test_code_that_keeps_the_rules_is_not_reported() -> None:
    assert breaches(FINE) == []


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param("core/a.py", "import cascade_desktop.engine", "engine, which core", id="up"),
        pytest.param(
            "core/a.py", "def f():\n from cascade_desktop.ui import b", "ui, which core", id="lazy"
        ),
        pytest.param("engine/a.py", "from PySide6 import QtCore", "imports PySide6", id="qt"),
        pytest.param(
            "practice/a.py", "from cascade_desktop import core", "core, which", id="judge"
        ),
        pytest.param("ui/a.py", "from cascade_desktop import cli", "imports cli", id="face"),
        pytest.param("app.py", "import cascade_desktop.cli", "the face cli", id="face by face"),
        pytest.param("cli.py", "import cascade_desktop.program", "program, which cli", id="part"),
        pytest.param("program.py", "import cascade_desktop.cli", "the face cli", id="by a part"),
        pytest.param("ui/a.py", "import cascade_desktop.program", "imports program", id="part up"),
        pytest.param("other.py", "", "neither a face", id="no such face"),
        pytest.param("program.py", "dialog.exec()", "calls exec", id="exec by the program"),
        pytest.param("core/a.py", "from . import b", "relatively", id="relative"),
        pytest.param("ui/a.py", "import httpx", "imports httpx", id="httpx in ui"),
        pytest.param("engine/a.py", "import httpx", "imports httpx", id="httpx beside client"),
        pytest.param("ui/a.py", "import sqlite3", "imports sqlite3", id="sqlite3 in ui"),
        pytest.param("engine/a.py", "import numpy", "imports numpy", id="numpy"),
        pytest.param("core/a.py", "import requests", "no room may", id="unknown"),
        pytest.param(
            "engine/tables/a.py", "import pandas", "outside a function", id="heavy too early"
        ),
        pytest.param(
            "ui/a.py", "import importlib\nimportlib.import_module('pandas')", "pandas", id="by name"
        ),
        pytest.param("core/a.py", "import asyncio", "values only", id="asyncio in core"),
        pytest.param("core/a.py", "open('x')", "calls open", id="open in core"),
        pytest.param("core/a.py", "d.datetime.now()", "reads the clock", id="clock in core"),
        pytest.param(
            "ui/a_view.py", "from cascade_desktop.ui import b_view", "the view", id="view by view"
        ),
        pytest.param(
            "ui/a.py", "import cascade_desktop.ui.compose.b", "the view", id="compose by another"
        ),
        pytest.param(
            "ui/compose/a.py", "import cascade_desktop.ui.b_view", "the view", id="view by compose"
        ),
        pytest.param("core/utils.py", "", "says nothing", id="utils"),
        pytest.param("ui/window_manager.py", "", "says nothing", id="manager"),
        pytest.param("odd/a.py", "", "no room named odd", id="no such room"),
        pytest.param("core/a.py", "try: f()\nexcept Exception: g()", "catches", id="except"),
        pytest.param("core/a.py", "try: f()\nexcept: g()", "catches", id="bare except"),
        pytest.param("ui/a.py", "try: f()\nexcept (E, BaseException): g()", "catches", id="tuple"),
        pytest.param("ui/a.py", "with suppress(Exception): f()", "suppresses", id="suppress"),
        pytest.param("core/a.py", "x = 1\n" * 401, "the budget is 400", id="too long"),
        pytest.param("ui/main_window.py", "x = 1\n" * 201, "is 200", id="main window too long"),
        pytest.param("core/a.py", lines_of(41), "f has 41 lines", id="long function"),
        pytest.param(
            "ui/a.py", methods_of("W", "own{}", 16), "W has 16 methods", id="too many methods"
        ),
        pytest.param("ui/a.py", "dialog.exec()", "calls exec", id="exec"),
        pytest.param("ui/a.py", "app.processEvents()", "processEvents", id="processEvents"),
        pytest.param("ui/a.py", "QMessageBox.warning(w, t, s)", "warning", id="message box"),
        pytest.param("ui/a.py", "QFileDialog.getOpenFileName()", "getOpen", id="file dialog"),
    ],
)
def test_each_breach_is_reported(path: str, text: str, expected: str) -> None:
    known = dict.fromkeys(
        ("ui/b_view.py", "ui/compose/b.py", "core/b.py", "cli.py", "program.py"), ""
    )

    found = breaches({**known, path: text})

    assert len(found) == 1
    assert expected in found[0]


def test_a_circle_is_reported_even_when_closed_inside_a_function() -> None:
    first = "from cascade_desktop.core.b import x\n"
    second = "def f():\n    import cascade_desktop.core.a\n"

    found = breaches({"core/a.py": first, "core/b.py": second})

    names = ("cascade_desktop.core.a", "cascade_desktop.core.b", "cascade_desktop.core.a")
    assert found == ["a circle: " + " -> ".join(names)]
