"""The form of a curve: ``[[value, points], …]``."""

from __future__ import annotations

from dataclasses import dataclass

from salus.model.curve import Anchor
from salus.model.yaml.document import ListNode, Node
from salus.model.yaml.findings import Findings
from salus.model.yaml.form import Json
from salus.model.yaml.forms import ANCHOR, POINTS

MOST = 100


@dataclass(frozen=True)
class Knots:
    """A list of at least two pairs of a value and its points."""

    def read(
        self, node: Node, label: str, findings: Findings
    ) -> list[tuple[Anchor, float, Node]] | None:
        if not isinstance(node, ListNode) or not 2 <= len(node.items) <= MOST:
            findings.error(
                node.place,
                f"{label} needs 2 to {MOST} pairs of a value and its points",
                "write [[0, 100], [30, 0]]",
            )
            return None
        result: list[tuple[Anchor, float, Node]] = []
        for item in node.items:
            if not isinstance(item, ListNode) or len(item.items) != 2:
                findings.error(
                    item.place, f"{label} needs pairs of a value and its points", "write [30, 40]"
                )
                return None
            value = ANCHOR.read(item.items[0], f"a value in {label}", findings)
            points = POINTS.read(item.items[1], f"the points in {label}", findings)
            if value is None or points is None:
                return None
            result.append((value, points, item))
        return result

    def schema(self) -> Json:
        pair = {
            "type": "array",
            "prefixItems": [ANCHOR.schema(), POINTS.schema()],
            "minItems": 2,
            "maxItems": 2,
        }
        return {"type": "array", "items": pair, "minItems": 2, "maxItems": MOST}


KNOTS = Knots()
