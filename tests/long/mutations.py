"""Every way to change one thing in a module."""

import ast
import re
from collections.abc import Callable, Iterator

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

_TYPES = ("annotation", "returns", "decorator_list", "bases", "type_params")

Change = tuple[Callable[[], None], Callable[[], None]]


def mutations(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield what was changed, and the whole module's code with it."""
    seen: dict[str, int] = {}
    for place, node in _places(tree):
        for make, undo in list(_changes(node)):
            was = _line(node)
            make()
            what = f"{place}: {was} → {_line(node)}"
            code = ast.unparse(ast.fix_missing_locations(tree))
            undo()
            seen[what] = seen.get(what, 0) + 1
            yield what + (f" ({seen[what]})" if seen[what] > 1 else ""), code


def _line(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:110]


def _places(node: ast.AST, place: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Yield what may be changed, each with the function that it stands in."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        place = f"{place}.{node.name}".lstrip(".")
    elif isinstance(node, ast.Assign) and not place:
        place = ast.unparse(node.targets[0])
    for child in _children(node):
        yield place, child
        yield from _places(child, place)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is part of a node, apart from types and what is only said."""
    for name, value in ast.iter_fields(node):
        if name not in _TYPES:
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
