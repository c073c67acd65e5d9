"""Findings about a folder of exports in English."""

from __future__ import annotations

FINDINGS = {
    "customers.duplicates": (
        "Rows of the customers’ table that repeat another customer and are left out: {rows:n}."
    ),
    "customers.repeated_key": (
        "Rows of the customers’ table with a key that another row has, too: {rows:n}."
    ),
    "rows.left_out": "Rows left out because of the column “{column}”: {rows:n}.",
    "rows.own_staff": (
        "Rows of your own staff, by the address in “{column}”: {rows:n}. They belong to no "
        "customer, so they enter no score."
    ),
    "table.no_time": (
        "No date column says when the rows of this table happened, so it isn’t used."
        " Dates stored as text or numbers don’t count."
    ),
    "table.no_way": "No column connects the rows of this table with a customer, so it isn’t used.",
}

TEXTS = {
    "question.customers.confirm": (
        "Which table lists your customers? I think “{table}”: {matched} of {rows} rows of “{other}” "
        "lead to it."
    ),
    "question.customers.confirm_alone": "Which table lists your customers? I think “{table}”.",
    "question.customers.table": (
        "Which table lists your customers? Salus can’t tell from the data ({tables} tables)."
    ),
    "question.customers.several": (
        "Which table lists your customers? Both “{table}” and “{other}” may. Tables that lead to "
        "“{other}” only: {tables}."
    ),
    "question.customers.names_only": (
        "Which table lists all your customers? “{table}” has only names (column “{column}”), so "
        "customers may be missing there."
    ),
    "question.customers.contracts_unmatched": (
        "Which table lists your customers? No contract in “{contracts}” leads to a row of “{table}”."
    ),
    "question.customers.several_contracts": (
        "Which table lists your customers? The contracts in “{contracts}” don’t lead to “{table}”, "
        "but other contracts do. Choose “{table}” if these contracts may be missing."
    ),
    "question.customers.without_contract": (
        "Is “{contracts}” complete? {lacking} of {all} customers with invoices in “{invoices}” have no "
        "contract there, and without one they aren’t customers. Choose “{table}” if that is right."
    ),
    "question.customers.without_owner": (
        "Whose are these contracts? {lacking} of {all} rows in “{contracts}” lead to no row of “{table}” "
        "or to several, and without a contract nobody is a customer. Choose “{table}” if that is right."
    ),
    "question.customers.rows": (
        "Which rows of “{table}” are customers? The column “{column}” says that some aren’t."
    ),
    "question.contracts.end": (
        "Which column says who left? “{table}” doesn’t say when a contract ends. Answer “none” if "
        "nobody has left."
    ),
    "question.contracts.per": (
        "Is an amount in “{table}” for a month or for a year? Without an answer, {entities} have no "
        "value."
    ),
    "question.contracts.amount": (
        "Is an amount in “{table}” (“{price}”) for the whole contract or for one seat? Without an "
        "answer, {entities} have no value."
    ),
    "folder.title": "What Salus found in your tables",
    "folder.above": "{name} · proposed model",
    "folder.lead": "{used} of {all} tables are used.",
    "folder.lead.customers": "The table “{table}” lists your customers.",
    "folder.lead.nobody": "No table shows yet who is a customer.",
    "folder.lead.questions.one": "{n} question is open.",
    "folder.lead.questions.many": "{n} questions are open.",
    "folder.figure.today": "Customers today",
    "folder.figure.today_text": "on {date}",
    "folder.figure.ever": "Customers ever",
    "folder.figure.ever_text": "up to that day",
    "folder.figure.left": "Customers who left",
    "folder.figure.left_text": "in the last 18 months",
    "folder.figure.value": "Value per year",
    "folder.figure.value_text": "of today’s customers",
    "folder.questions": "Open questions",
    "folder.questions.none": "None: the tables answer everything that the model needs.",
    "folder.tables": "Tables",
    "folder.tables.note": (
        "Each box is a table. A bar shows how many of its rows lead to the list of customers, "
        "which also names companies that never were customers or no longer are. Only rows of "
        "customers enter a score. Where a measure reads a table, all rows with a date are "
        "counted, even those that are left out below; otherwise only the rows that count."
    ),
    "folder.unused": "Tables that aren’t used",
    "folder.left_out": "Rows left out",
    "folder.left_out.none": "Every row counts.",
    "folder.left_out.overlap": "A row can be listed under several reasons.",
    "folder.left_out.table": "Table",
    "folder.left_out.column": "Column",
    "folder.left_out.values": "Values",
    "folder.left_out.reason": "Why",
    "folder.left_out.rows": "Rows",
    "folder.leaks": "Columns that are known only afterwards",
    "folder.leaks.note": (
        "They are known only afterwards, or they hold the state of the export day. They are used at "
        "most to leave out rows, or from the day on which they are known."
    ),
    "folder.leaks.none": "No column gives away what happened later.",
    "folder.leaks.columns": "Columns",
    "folder.notes": "Guesses and gaps",
    "folder.notes.note": "As in the comments of `salus.yaml`, in English.",
    "folder.matched": "{matched} of the {kept} rows that count lead to the list of customers",
    "folder.matched.dated": "{matched} of {kept} rows with a date lead to the list of customers",
    "folder.lists": "{kept} of {rows} rows are {entities}",
    "folder.lists.ever": (
        "{kept} of {rows} rows are {entities} ({ever} of them are or were customers)"
    ),
    "folder.lists.can": "{kept} of {rows} rows can be customers ({ever} of them are or were)",
    "folder.rows.one": "{n} row",
    "folder.rows.many": "{n} rows",
    "folder.rest.unknown": "{n} to nobody",
    "folder.rest.ambiguous": "{n} to several customers",
    "folder.rest.empty": "{n} empty",
    "folder.rest.left_out": "{n} to a row that is left out",
    "folder.exported": "from {tool}",
    "folder.way.first": "by",
    "folder.way.next": "else by",
    "folder.in": "{column} in {table}",
    "folder.time": "Time: {column}",
    "folder.used_for": "Used for",
    "role.customers": "customers",
    "role.people": "people",
    "role.contracts": "contracts",
    "role.invoices": "invoices",
    "role.open_items": "open items",
    "role.payments": "payments",
    "role.tickets": "tickets",
    "role.ratings": "ratings",
    "role.answers": "survey answers",
    "role.events": "events",
    "role.deals": "deals",
    "role.field_history": "field changes",
    "role.copies": "dated copies",
    "role.activities": "activities",
    "role.orders": "orders",
    "role.endings": "former customers",
    "role.lookup": "look-up",
    "role.snapshot": "snapshot",
    "role.unknown": "unclear",
    "use.customers": "listing the customers",
    "use.contracts": "contracts and who is a customer",
    "use.history": "history of customers",
    "use.link": "linking rows to customers",
    "use.lookup": "looking up values",
    "use.rates": "converting amounts",
    "use.rates.to": "converting amounts to {currency}",
    "use.outcome": "who left",
    "row_reason.deleted": "deleted",
    "row_reason.test": "tests",
    "row_reason.merged": "merged into another record",
    "row_reason.child": "belong to a parent record",
    "row_reason.duplicate": "repeat another customer",
    "row_reason.voided": "voided",
    "row_reason.draft": "drafts",
    "row_reason.spam": "spam",
    "row_reason.unanswered": "not answered",
    "row_reason.staff": "own staff",
    "row_reason.service": "service accounts",
    "row_reason.trial": "trials",
    "row_reason.future": "begin only later",
    "row_reason.unpaid": "never paid",
    "row_reason.unpaid_trial": "trials that were never paid",
    "row_reason.notice": "the notice of leaving itself",
    "row_reason.credit": "credit notes",
    "row_reason.machine": "made by machines",
    "key_part.left": "first {n} characters",
    "key_part.company": "company name",
    "key_part.digits": "digits",
    "key_part.domain": "domain",
    "key_part.lower": "lower case",
    "row_reason.other": "not wanted",
    "unused.open_items": (
        "It says what is unpaid on the day of the export, and nothing about earlier days."
    ),
    "unused.snapshot": (
        "It says how things stood on the day of the export, and nothing about earlier days."
    ),
    "unused.endings": "The contracts say who left; this list stays for comparison.",
    "unused.people": "It lists people, but says nothing about how customers are doing.",
    "unused.payments": "Payments without the invoices that they pay don’t say who pays late.",
    "unused.lookup": "No measure looks anything up in it.",
    "unused.other": "No measure can be made of it yet.",
    "unused_short.no_way": "nothing connects it with a customer",
    "unused_short.no_time": "it has no date",
    "unused_short.open_items": "only the day of the export",
    "unused_short.snapshot": "only the day of the export",
    "unused_short.endings": "the contracts say who left",
    "unused_short.people": "says nothing about health",
    "unused_short.payments": "the invoices are missing",
    "unused_short.lookup": "nothing is looked up in it",
    "unused_short.other": "no measure yet",
}
