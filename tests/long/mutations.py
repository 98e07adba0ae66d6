"""Every way to change one thing in a module."""

import ast
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_OPPOSITE: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|WHERE|PRAGMA|CREATE|ORDER BY|AND)\b")
_SQL_CHANGES = (
    (r"\bAND\b", "OR"), (r">=", ">"), (r"(?<![<>])=\?", "<>?"), (r"(?<![<>])='", "<>'"),
    (r"\bMAX\b", "MIN"), (r"\bMIN\b", "MAX"), (r" DESC\b", ""), (r"\+(?=[1?])", "-"),
    (r"-(?=\?)", "+"), (r"\bIS NULL\b", "IS NOT NULL"), (r"\bDISTINCT ", ""),
    (r"ORDER BY \S+", ""), (r"(?<==)FULL\b", "OFF"), (r"(?<==)ON\b", "OFF"),
)  # fmt: skip
_MEMBERS = {
    "State": ("READY", "UNKNOWN"),
    "Next": ("STOP", "PROBE"),
    "CampaignState": ("PAUSED", "FINISHED"),
    "Resolution": ("CLOSED", "RESENT"),
    "Reason": ("NO_ANSWER", "DISK_FULL"),
}

_WIDTH = 110
_TYPES = ("annotation", "returns", "decorator_list", "bases", "type_params")

_WINDOWS = ("sys.platform == 'win32'", "os.name == 'nt'")

Change = tuple[Callable[[], None], Callable[[], None]]


class Mutation(NamedTuple):
    """One change of a module."""

    what: str
    code: str
    """The whole module with it."""
    lines: range | None
    """Where it runs; None where that is as soon as the module is imported."""


def mutations(tree: ast.Module) -> Iterator[Mutation]:
    """Yield every change of a module."""
    seen: dict[str, int] = {}
    for place, lines, node in _places(tree):
        for make, undo in list(_changes(node)):
            was = _line(node)
            make()
            what = f"{place}: {_told(was, _line(node))}"
            code = ast.unparse(ast.fix_missing_locations(tree))
            undo()
            seen[what] = seen.get(what, 0) + 1
            yield Mutation(what + (f" ({seen[what]})" if seen[what] > 1 else ""), code, lines)


def _line(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())


def _told(was: str, now: str) -> str:
    """Return before and after; of long ones what stands around the change."""
    pairs = enumerate(zip(was, now, strict=False))
    first = next((place for place, (old, new) in pairs if old != new), 0)
    begin = max(0, first - 60) if max(len(was), len(now)) > _WIDTH else 0
    return " → ".join(text[begin : begin + _WIDTH] for text in (was, now))


def _places(
    node: ast.AST, place: str = "", lines: range | None = None, *, runs: bool = False
) -> Iterator[tuple[str, range | None, ast.AST]]:
    """Yield what may be changed, each with its function and the lines of its statement."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        place = f"{place}.{node.name}".lstrip(".")
        runs = not isinstance(node, ast.ClassDef)
    elif isinstance(node, ast.Assign) and not place:
        place = ast.unparse(node.targets[0])
    for child in _children(node):
        here = lines
        if runs and isinstance(child, (ast.stmt, ast.match_case, ast.ExceptHandler)):
            here = _own_lines(child)
        yield place, here, child
        yield from _places(child, place, here, runs=runs)


def _own_lines(node: ast.stmt | ast.match_case | ast.ExceptHandler) -> range:
    """Return the lines of a statement without those of the statements in it."""
    own = node.pattern if isinstance(node, ast.match_case) else node
    inner = getattr(node, "body", None) or getattr(node, "cases", None)
    end = own.end_lineno or own.lineno
    if inner:
        below = inner[0].pattern if isinstance(inner[0], ast.match_case) else inner[0]
        end = max(own.lineno, below.lineno - 1)
    return range(own.lineno, end + 1)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is part of a node, apart from types, what is only said, what is for Windows."""
    is_windows = isinstance(node, ast.If) and ast.unparse(node.test) in _WINDOWS
    for name, value in ast.iter_fields(node):
        if name not in (*_TYPES, *(("test", "body") if is_windows else ())):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not _is_only_said(child):
                    yield child


def _is_only_said(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant() | ast.Yield()) | ast.Import() | ast.ImportFrom():
            return True
        case ast.Call(func=ast.Name(id="cast")):
            return True
        case _:
            return False


def _changes(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=[op]):
            yield _set(node, "ops", [_OPPOSITE[type(op)]()])
        case ast.BoolOp(op=op) | ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _OPPOSITE:
            yield _set(node, "op", _OPPOSITE[type(op)]())
        case ast.If(test=test) if ast.unparse(test) in _WINDOWS:
            return
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if not _is(test, True):
            yield _set(node, "test", ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=[test]):
            yield _set(node, "ifs", [ast.UnaryOp(ast.Not(), test)])
        case ast.Return(value=ast.expr() as value) if not _is(value, None):
            yield _set(node, "value", ast.Constant(None))
        case ast.Expr(value=ast.Call() | ast.Await()):
            yield _set(node, "value", ast.Constant(None))
        case _:
            yield from _other_values(node)


def _other_values(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Constant(value=bool() as value):
            yield _set(node, "value", not value)
        case ast.Constant(value=int() | float() as value):
            yield _set(node, "value", value + 1)
        case ast.Constant(value=str() as text):
            yield from (_set(node, "value", other) for other in _other_texts(text))
        case ast.Attribute(value=ast.Name(id=kind), attr=name) if kind in _MEMBERS:
            others = (member for member in _MEMBERS[kind] if member != name)
            yield _set(node, "attr", next(others))
        case _:
            return


def _other_texts(text: str) -> Iterator[str]:
    if not _SQL.search(text):
        yield f"{text}~"
        return
    for pattern, other in _SQL_CHANGES:
        for found in re.finditer(pattern, text):
            yield text[: found.start()] + other + text[found.end() :]


def _set(node: ast.AST, field: str, value: object) -> Change:
    before = getattr(node, field)
    return lambda: setattr(node, field, value), lambda: setattr(node, field, before)


def _is(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value
