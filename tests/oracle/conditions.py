"""The condition language: a recursive-descent parser and a three-valued evaluator.

A node is a tuple whose first item says what it is. A value is None, a bool, an int or float, a str,
or a naive datetime in local wall time (a date is its midnight). Truth is True, False or None
(unknown).

Nothing comes of a number that isn't finite: when a step of arithmetic gives one (a date beyond the
years 1 to 9999 is one too), or `least` or `greatest` meet one that stands in a column, the whole
expression is None.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

Node = tuple
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)"
    r"|(?P<text>'(?:[^']|'')*')"
    r"|(?P<word>[^\W\d]\w*)"
    r"|(?P<sign><=|>=|!=|[-+*/()=<>,]))"
)
RESERVED = {"and", "or", "not", "in", "is", "null", "like", "true", "false"}
FUNCTIONS = {"least", "greatest", "coalesce", "abs"}


def seen(value: object, zone: ZoneInfo) -> object:
    """A raw cell as conditions see it: finite doubles, every time local wall time, a date its
    midnight.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, dt.datetime):
        return (
            value if value.tzinfo is None else value.astimezone(zone).replace(tzinfo=None, fold=0)
        )
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)
    return value


# ---------------------------------------------------------------- reading


def tokens(text: str) -> list[tuple[str, str]]:
    result, at, text = [], 0, text.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"cannot read {text[at:]!r} in {text!r}")
        kind = match.lastgroup or ""
        word = match.group(kind)
        if kind == "word" and word.lower() in RESERVED:
            kind, word = "keyword", word.lower()
        result.append((kind, word))
        at = match.end()
    return result


class Parser:
    """Reads tokens from left to right; one method per level of precedence, the loosest first."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.at = text, tokens(text), 0

    def peek(self, ahead: int = 0) -> tuple[str, str]:
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else ("end", "")

    def take(self, word: str) -> bool:
        kind, result = self.peek()
        if kind in ("keyword", "sign") and result == word:
            self.at += 1
            return True
        return False

    def need(self, word: str) -> None:
        if not self.take(word):
            raise ValueError(f"expected {word!r} in {self.text!r}, found {self.peek()[1]!r}")

    def whole(self) -> Node:
        node = self.disjunction()
        if self.peek()[0] != "end":
            raise ValueError(f"unexpected {self.peek()[1]!r} in {self.text!r}")
        return node

    def disjunction(self) -> Node:
        node = self.conjunction()
        while self.take("or"):
            node = ("or", node, self.conjunction())
        return node

    def conjunction(self) -> Node:
        node = self.negation()
        while self.take("and"):
            node = ("and", node, self.negation())
        return node

    def negation(self) -> Node:
        return ("not", self.negation()) if self.take("not") else self.comparison()

    def comparison(self) -> Node:
        node = self.sum()
        while True:
            kind, word = self.peek()
            if kind == "sign" and word in ("=", "!=", "<", "<=", ">", ">="):
                self.at += 1
                node = ("compare", word, node, self.sum())
            elif self.take("is"):
                negated = self.take("not")
                self.need("null")
                node = ("not", ("is null", node)) if negated else ("is null", node)
            elif word in ("in", "like") and kind == "keyword":
                node = self.membership(node)
            elif (kind, word) == ("keyword", "not") and self.peek(1)[1] in ("in", "like"):
                self.at += 1
                node = ("not", self.membership(node))
            else:
                return node

    def membership(self, node: Node) -> Node:
        if self.take("like"):
            kind, word = self.peek()
            if kind != "text":
                raise ValueError(f"like needs a text in {self.text!r}")
            self.at += 1
            return ("like", node, word[1:-1].replace("''", "'"))
        self.need("in")
        return ("in", node, self.arguments())

    def arguments(self) -> list[Node]:
        self.need("(")
        result = [self.disjunction()]
        while self.take(","):
            result.append(self.disjunction())
        self.need(")")
        return result

    def sum(self) -> Node:
        node = self.product()
        while self.peek() in (("sign", "+"), ("sign", "-")):
            sign = self.peek()[1]
            self.at += 1
            node = ("compute", sign, node, self.product())
        return node

    def product(self) -> Node:
        node = self.signed()
        while self.peek() in (("sign", "*"), ("sign", "/")):
            sign = self.peek()[1]
            self.at += 1
            node = ("compute", sign, node, self.signed())
        return node

    def signed(self) -> Node:
        return ("negative", self.signed()) if self.take("-") else self.atom()

    def atom(self) -> Node:
        kind, word = self.peek()
        if self.take("("):
            node = self.disjunction()
            self.need(")")
            return node
        self.at += 1
        if kind == "number":
            return ("constant", float(word) if re.search(r"[.eE]", word) else int(word))
        if kind == "text":
            return ("constant", word[1:-1].replace("''", "'"))
        if kind == "keyword" and word in ("true", "false", "null"):
            return ("constant", {"true": True, "false": False, "null": None}[word])
        if kind == "word":
            return self.named(word)
        raise ValueError(f"unexpected {word!r} in {self.text!r}")

    def named(self, word: str) -> Node:
        kind, after = self.peek()
        if kind == "text" and word.lower() in ("date", "timestamp"):
            self.at += 1
            return ("constant", dt.datetime.fromisoformat(after[1:-1]))
        if (kind, after) == ("sign", "(") and word.lower() in FUNCTIONS:
            return ("call", word.lower(), self.arguments())
        return ("name", word)


def parse(text: str) -> Node:
    """
    >>> parse("a = 1 or not b")
    ('or', ('compare', '=', ('name', 'a'), ('constant', 1)), ('not', ('name', 'b')))
    """
    return Parser(text).whole()


def names(node: object) -> set[str]:
    """Every name an expression reads."""
    return set(names_in_order(node))


def names_in_order(node: object) -> list[str]:
    """Every name an expression reads, as they come."""
    if isinstance(node, tuple) and node[0] == "name":
        return [node[1]]
    parts = node if isinstance(node, list) else node[1:] if isinstance(node, tuple) else ()
    return [name for part in parts for name in names_in_order(part)]


# ---------------------------------------------------------------- computing


class Evaluation:
    """One evaluation; `divided_by_zero` and `not_finite` tell afterwards what was met on the way.

    `odd` tells of a name whether None stands for a number that isn't finite.
    """

    def __init__(
        self, read: Callable[[str], object], odd: Callable[[str], bool] = lambda name: False
    ) -> None:
        self.read, self.odd, self.divided_by_zero, self.not_finite = read, odd, False, False

    def whole(self, node: Node) -> object:
        """The value of an expression: None where anything on the way wasn't finite."""
        value = self.of(node)
        return None if self.not_finite else value

    def broken(self, node: Node) -> bool:
        """Whether a node is None because a name in it stands for a number that isn't finite."""
        what = node[0]
        if what == "name":
            return self.odd(node[1])
        if what == "call":
            return self.of(node) is None and any(self.broken(argument) for argument in node[2])
        return what in ("compute", "negative") and any(
            self.broken(part) for part in node[1:] if isinstance(part, tuple)
        )

    def of(self, node: Node) -> object:
        return getattr(self, "of_" + node[0].replace(" ", "_"))(*node[1:])

    def of_constant(self, value: object) -> object:
        return value

    def of_name(self, name: str) -> object:
        return self.read(name)

    def of_negative(self, node: Node) -> object:
        value = self.of(node)
        return None if value is None else -number(value)

    def of_not(self, node: Node) -> object:
        value = self.of(node)
        return None if value is None else not value

    def of_and(self, left: Node, right: Node) -> object:
        sides = [self.of(left), self.of(right)]
        if any(side is not None and not side for side in sides):
            return False
        return None if None in sides else True

    def of_or(self, left: Node, right: Node) -> object:
        sides = [self.of(left), self.of(right)]
        if any(side is not None and side for side in sides):
            return True
        return None if any(side is None for side in sides) else False

    def of_compare(self, sign: str, left: Node, right: Node) -> object:
        return compare(sign, self.of(left), self.of(right))

    def of_in(self, node: Node, options: list[Node]) -> object:
        value = self.of(node)
        answers = [compare("=", value, self.of(option)) for option in options]
        if True in answers:
            return True
        return None if None in answers else False

    def of_is_null(self, node: Node) -> object:
        return self.of(node) is None

    def of_like(self, node: Node, pattern: str) -> object:
        value = self.of(node)
        if value is None:
            return None
        plain = "".join({"%": ".*", "_": "."}.get(letter, re.escape(letter)) for letter in pattern)
        return re.fullmatch(plain, str(value), re.DOTALL) is not None

    def of_call(self, function: str, arguments: list[Node]) -> object:
        values = [
            value for value in (self.of(argument) for argument in arguments) if value is not None
        ]
        if function in ("least", "greatest") and any(
            self.broken(argument) for argument in arguments
        ):
            self.not_finite = True
        if not values:
            return None
        if function == "abs":
            return abs(number(values[0]))
        return {"least": min, "greatest": max, "coalesce": lambda result: result[0]}[function](
            values
        )

    def of_compute(self, sign: str, left: Node, right: Node) -> object:
        a, b = self.of(left), self.of(right)
        if sign == "/" and b is not None and number(b) == 0:
            self.divided_by_zero = self.divided_by_zero or a is not None
            return None
        if a is None or b is None:
            return None
        try:
            value = compute(sign, a, b)
        except OverflowError:
            value = math.inf
        if isinstance(value, int | float) and not fits(value):
            self.not_finite = True
            return None
        return value


def fits(value: float) -> bool:
    """Whether a number is a finite double."""
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def number(value: object) -> int | float:
    """A truth value used as a number is 1 or 0."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    raise TypeError(f"{value!r} is no number")


def compare(sign: str, a: object, b: object) -> bool | None:
    if a is None or b is None:
        return None
    if isinstance(a, dt.datetime) and isinstance(b, str):  # a date written as a text
        b = dt.datetime.fromisoformat(b)
    elif isinstance(b, dt.datetime) and isinstance(a, str):
        a = dt.datetime.fromisoformat(a)
    if isinstance(a, str) != isinstance(b, str) or isinstance(a, dt.datetime) != isinstance(
        b, dt.datetime
    ):
        raise TypeError(f"{a!r} and {b!r} can't be compared")
    return {"=": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]  # type: ignore


def compute(sign: str, a: object, b: object) -> object:
    """Arithmetic of two values that are there; the divisor is not 0."""
    if isinstance(a, dt.datetime) and isinstance(b, dt.datetime) and sign == "-":
        return (a - b) / dt.timedelta(days=1)
    if isinstance(a, dt.datetime) and sign in "+-":
        return a + dt.timedelta(days=number(b) if sign == "+" else -number(b))
    if isinstance(b, dt.datetime) and sign == "+":
        return b + dt.timedelta(days=number(a))
    x, y = float(number(a)), float(number(b))
    return {"+": lambda: x + y, "-": lambda: x - y, "*": lambda: x * y, "/": lambda: x / y}[sign]()


def holds(node: Node | None, read: Callable[[str], object], odd: Callable[[str], bool]) -> bool:
    """Whether a condition is true; unknown is not true, no condition is."""
    return node is None or bool(Evaluation(read, odd).whole(node))
