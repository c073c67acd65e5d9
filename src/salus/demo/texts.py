"""The invented sentences of which tickets and pulses are made."""

from __future__ import annotations

CATEGORIES = (
    "bug",
    "how_to",
    "access",
    "billing dispute",
    "feature request",
    "outage",
    "data loss",
    "cancellation",
)
SUBJECTS: dict[str, tuple[str, ...]] = {
    "bug": (
        "Report shows the wrong total",
        "Export stops half way",
        "Filter forgets its setting",
        "Error when saving an order",
        "Approval mail arrives twice",
        "Stock goes negative after import",
    ),
    "how_to": (
        "How do I share a report?",
        "Where do I change the approval limit?",
        "Question about planning view",
        "How to import suppliers",
        "Can I schedule an export?",
    ),
    "access": (
        "New colleague can't sign in",
        "Please reset my second factor",
        "Rights for our accountant",
        "Locked out after holiday",
    ),
    "billing dispute": (
        "Invoice doesn't match our seats",
        "Charged twice this month",
        "Discount is missing",
    ),
    "feature request": (
        "Please add a dark mode",
        "Weekly summary by mail?",
        "Could approvals have two steps?",
    ),
    "outage": ("Nothing loads", "Service unavailable this morning", "Time-outs everywhere"),
    "data loss": ("Orders of yesterday are gone", "Comments disappeared"),
    "cancellation": ("How do we cancel our contract?", "Export of all our data before we leave"),
}
OPENINGS = ("Hello,", "Good morning,", "Hi team,", "Dear support,", "Hello again,")
CIRCUMSTANCES = (
    "Since Monday this happens to several of us.",
    "I tried it in two browsers.",
    "It worked until last week.",
    "Our warehouse team noticed it first.",
    "This is for our month-end closing.",
    "I attached a screenshot.",
    "It concerns two of our sites.",
)
UNHAPPY = (
    "We have reported this before and nothing changed.",
    "This is costing us hours every week.",
    "Honestly, we are losing patience.",
    "My boss asks whether we should stay with this tool.",
    "It is the third time this quarter.",
)
PLAIN = (
    "Could you have a look?",
    "Please let me know what you need.",
    "What would you suggest?",
    "Is there a way around it?",
    "No rush, but it would help.",
)
HAPPY = (
    "Apart from that we are very happy.",
    "Thanks, you are always quick.",
    "Great product otherwise!",
    "Your last answer was spot on.",
)
TONES = (UNHAPPY, PLAIN, HAPPY)
POLARITY = (-0.6, 0.0, 0.5)

MOODS = ("leaving", "worried", "fine", "great")
REASONS: dict[str, tuple[str, ...]] = {
    "leaving": (
        "Talks to a competitor.",
        "New management wants one tool for the group.",
        "Said they will not renew.",
    ),
    "worried": (
        "Sponsor is hard to reach.",
        "Open defects annoy the team.",
        "Use went down, cause not clear.",
        "Budget under review.",
    ),
    "fine": ("Works as planned.", "Quiet, no open topics.", "Two small wishes, nothing urgent."),
    "great": (
        "Rolls out to another site.",
        "Would speak for us in public.",
        "Very good numbers this quarter.",
    ),
}
