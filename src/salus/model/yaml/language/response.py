"""The keys of `stages:`, `signals:` and `plays:`."""

from __future__ import annotations

from salus.model.yaml.form import ListOf
from salus.model.yaml.forms import EXPRESSION, NAME, PART, SPAN, TEXT, one_of
from salus.model.yaml.section import Key, Section

STAGE = Section(
    "a stage of the customer's life",
    (
        Key(
            "when",
            EXPRESSION,
            "Which entities are in this stage; the first stage that matches applies. Only the last"
            " one needs no condition.",
        ),
    ),
)
SIGNAL = Section(
    "a change worth knowing",
    (
        Key("when", EXPRESSION, "The signal fires when this becomes true."),
        Key(
            "chart",
            one_of("health"),
            "The signal fires when the control chart of the score leaves its limits.",
        ),
        Key("for", SPAN, "The signal fires only after this has been true for so long."),
        Key("cool_down", SPAN, "The signal doesn't fire again within this time."),
        Key(
            "tell",
            ListOf(TEXT, "people or channels", least=1),
            "Who gets a message: owner, lead, slack:#cs.",
        ),
    ),
    one_of=("when", "chart"),
)
STEP = Section(
    "one task of a play",
    (
        Key("do", TEXT, "What to do.", needed=True),
        Key("who", TEXT, "Who does it. The default is `owner`."),
        Key("within", SPAN, "How long after the start of the play it is due."),
    ),
)
PLAY = Section(
    "what to do after a signal",
    (
        Key("on", NAME, "The signal that starts the play.", needed=True),
        Key(
            "steps",
            ListOf(STEP, "steps", least=1, each="a step"),
            "The tasks, in order.",
            needed=True,
        ),
        Key("until", EXPRESSION, "The play ends when this is true."),
        Key(
            "hold_out",
            PART,
            "The share of entities without the play, to measure whether it helps.",
        ),
    ),
)
