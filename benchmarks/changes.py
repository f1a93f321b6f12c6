"""Small changes of a program: each is made in the syntax tree, yielded, and taken back."""

import ast
from collections.abc import Iterator
from copy import copy
from difflib import unified_diff
from pathlib import Path
from types import CodeType, FunctionType
from typing import NamedTuple

_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.Div,
    ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitAnd, ast.LShift: ast.RShift,
    ast.RShift: ast.LShift, ast.UAdd: ast.USub, ast.USub: ast.UAdd, ast.Break: ast.Return, ast.Continue: ast.Break,
}  # fmt: skip
_METHODS = "lower/upper lstrip/rstrip find/rfind ljust/rjust index/rindex removeprefix/removesuffix partition/rpartition split/rsplit"
_OTHER = {old: new for pair in _METHODS.split() for old, new in (pair.split("/"), pair.split("/")[::-1])}
_UNCHANGED = ("args", "decorator_list", "annotation", "returns", "type_params", "ctx", "format_spec")
"""Fields of a definition, an annotation, a name or a replacement field that are left as they are; `args` only of definitions."""
_NONE = ast.Constant(None)


class Change(NamedTuple):
    """A change that is made: in which statement, and which lines run with it and nothing else of the function."""

    statement: ast.stmt
    lines: range


class Function(NamedTuple):
    """A function whose body is changed, in a module that holds nothing but it and its class."""

    file: Path
    name: str
    node: ast.FunctionDef
    module: ast.Module

    def compiled(self) -> CodeType:
        """Return its code as it stands now."""
        code = compile(ast.fix_missing_locations(self.module), str(self.file), "exec")
        return next(each for each in _codes(code) if each.co_qualname == self.name)

    def put(self, targets: list[FunctionType]) -> bool:
        """Let these functions run it as it stands now; False if it is no program, or not in their place."""
        try:
            code = self.compiled()
            for each in targets:
                each.__code__ = code
        except (SyntaxError, ValueError):
            return False
        return True

    def differs(self, before: list[str], line: int) -> str:
        """Return what is changed now, as a diff with its place."""
        after = ast.unparse(self.node).splitlines()
        diff = [
            part for part in unified_diff(before, after, n=0, lineterm="") if not part.startswith(("---", "+++", "@"))
        ]
        return "\n".join([f"# {self.file.relative_to(Path.cwd())}:{line} {self.name}", *diff])


def identity(code: CodeType) -> tuple[str, str, int]:
    """Return by what a function is known again."""
    return code.co_filename, code.co_qualname, code.co_firstlineno


def functions_of(file: Path) -> Iterator[Function]:
    """Yield the functions of a file, and the methods of its classes."""
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield Function(file, node.name, node, ast.Module([node], []))
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    alone = ast.ClassDef(node.name, node.bases, node.keywords, [inner], [])
                    yield Function(file, f"{node.name}.{inner.name}", inner, ast.Module([alone], []))


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def changes(function: ast.FunctionDef) -> Iterator[Change]:
    """Make one change of the body of a function after the other; while one is yielded, `function` is changed."""
    for slot in _slots(function):
        yield from _changes_in(slot, function.body[0])


class _Slot(NamedTuple):
    """A place in a syntax tree (at an index, where the field is a list), and what stands there."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST

    def put(self, node: ast.AST) -> None:
        """Let something else stand there."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def _slots(node: ast.AST) -> Iterator[_Slot]:
    for field, value in ast.iter_fields(node):
        if field in _UNCHANGED and not (field == "args" and isinstance(node, ast.Call)):
            continue
        for index, inner in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(inner, ast.AST) and not _is_docstring(inner):
                yield _Slot(node, field, index, inner)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes_in(slot: _Slot, statement: ast.stmt) -> Iterator[Change]:
    """Change what stands there, then what stands within it."""
    if isinstance(slot.node, ast.stmt):
        statement = slot.node
    for other in _others(slot.node):
        slot.put(ast.copy_location(other, slot.node))
        yield Change(statement, _lines(statement))
        slot.put(slot.node)
    for inner in _slots(slot.node):
        yield from _changes_in(inner, statement)


def _lines(statement: ast.stmt) -> range:
    """Return the lines of a statement, of a compound one those of its head."""
    body = getattr(statement, "body", None) or getattr(statement, "cases", None)
    end = statement.end_lineno or statement.lineno
    if not body:
        return range(statement.lineno, end + 1)
    first = body[0].pattern.lineno if isinstance(body[0], ast.match_case) else body[0].lineno
    return range(statement.lineno, max(first, statement.lineno + 1))


def _with(node: ast.AST, **fields: object) -> ast.AST:
    other = copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _without(node: ast.AST, field: str) -> Iterator[ast.AST]:
    """Leave out one entry of a list."""
    there = getattr(node, field)
    for index in range(len(there)):
        yield _with(node, **{field: there[:index] + there[index + 1 :]})


def _others(node: ast.AST) -> Iterator[ast.AST]:
    """Return what may stand in place of a node."""
    if type(node) in _SWAPPED:
        yield _SWAPPED[type(node)]()
    yield from _statements(node) if isinstance(node, ast.stmt) else _expressions(node)


def _statements(node: ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.If() | ast.While():
            yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
        case ast.Match(cases=[_, _, *_]):
            yield from _without(node, "cases")
        case ast.Expr():
            yield ast.Pass()
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield _with(node, value=_NONE)
        case ast.AugAssign():
            yield ast.Assign([node.target], node.value)
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            yield _with(node, value=ast.Constant("") if _is_none(value) else _NONE)


def _expressions(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(value=value):
            yield from map(ast.Constant, _constants(value))
        case ast.Call():
            yield from _calls(node)
        case ast.BoolOp():
            yield from node.values
        case ast.UnaryOp(op=ast.Not() | ast.Invert(), operand=operand):
            yield operand
        case ast.IfExp():
            yield from (_with(node, test=ast.Constant(taken)) for taken in (True, False))
        case ast.Lambda():
            yield _with(node, body=ast.Constant(0) if _is_none(node.body) else _NONE)
        case ast.comprehension(ifs=[_, *_]):
            yield from _without(node, "ifs")


def _constants(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str):
        yield f"XX{value}XX"


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    for index, value in enumerate(node.args):
        if not (_is_none(value) or isinstance(value, ast.Starred)):
            yield _with(node, args=[*node.args[:index], _NONE, *node.args[index + 1 :]])
    for index, keyword in enumerate(node.keywords):
        named = [*node.keywords[:index], _with(keyword, value=_NONE), *node.keywords[index + 1 :]]
        if not _is_none(keyword.value):
            yield _with(node, keywords=named)
    if len(node.args) + len(node.keywords) > 1:
        yield from _without(node, "args")
        yield from _without(node, "keywords")
    if isinstance(node.func, ast.Attribute) and node.func.attr in _OTHER:
        yield _with(node, func=_with(node.func, attr=_OTHER[node.func.attr]))


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
