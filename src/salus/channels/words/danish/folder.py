"""Findings about a folder of exports in Danish."""

from __future__ import annotations

FINDINGS = {
    "customers.duplicates": ("Dubletter i kundetabellen, der ikke tæller med: {rows:n}."),
    "customers.repeated_key": (
        "Rækker i kundetabellen med en nøgle, som en anden række også har: {rows:n}."
    ),
    "rows.left_out": "Rækker, der ikke tæller med på grund af kolonnen “{column}”: {rows:n}.",
    "rows.own_staff": (
        "Rækker fra egne medarbejdere efter adressen i “{column}”: {rows:n}. De hører "
        "ikke til nogen kunde og indgår ikke i nogen score."
    ),
    "table.no_time": (
        "Ingen datokolonne viser, hvornår rækkerne i denne tabel skete, så den bruges ikke."
        " Datoer gemt som tekst eller tal tæller ikke."
    ),
    "table.no_way": "Ingen kolonne forbinder rækkerne i denne tabel med en kunde, så den bruges ikke.",
}

TEXTS = {
    "question.customers.confirm": (
        "Hvilken tabel indeholder jeres kunder? Formentlig “{table}”: {matched} af {rows} rækker i "
        "“{other}” fører dertil."
    ),
    "question.customers.confirm_alone": (
        "Hvilken tabel indeholder jeres kunder? Formentlig “{table}”."
    ),
    "question.customers.table": (
        "Hvilken tabel indeholder jeres kunder? Det fremgår ikke af data ({tables} tabeller)."
    ),
    "question.customers.several": (
        "Hvilken tabel indeholder jeres kunder? Både “{table}” og “{other}” er mulige. Tabeller, der "
        "kun fører til “{other}”: {tables}."
    ),
    "question.customers.names_only": (
        "Hvilken tabel indeholder alle jeres kunder? “{table}” har kun navne (kolonnen “{column}”), "
        "så der kan mangle kunder."
    ),
    "question.customers.contracts_unmatched": (
        "Hvilken tabel indeholder jeres kunder? Ingen kontrakt i “{contracts}” fører til en række i "
        "“{table}”."
    ),
    "question.customers.several_contracts": (
        "Hvilken tabel indeholder jeres kunder? Kontrakterne i “{contracts}” fører ikke til "
        "“{table}”, men andre kontrakter gør. Vælg “{table}”, hvis disse kontrakter må mangle."
    ),
    "question.customers.without_contract": (
        "Er “{contracts}” komplet? {lacking} af {all} kunder med fakturaer i “{invoices}” har ingen "
        "kontrakt der, og uden kontrakt er de ikke kunder. Vælg “{table}”, hvis det er rigtigt."
    ),
    "question.customers.without_owner": (
        "Hvis kontrakter er det? {lacking} af {all} rækker i “{contracts}” fører til ingen række i "
        "“{table}” eller til flere, og uden kontrakt er ingen kunde. Vælg “{table}”, hvis det er rigtigt."
    ),
    "question.customers.rows": (
        "Hvilke rækker i “{table}” er kunder? Ifølge kolonnen “{column}” er det ikke alle."
    ),
    "question.contracts.end": (
        "Hvilken kolonne viser, hvem der er gået? “{table}” viser ikke, hvornår en kontrakt slutter. "
        "Svar “none”, hvis ingen er gået."
    ),
    "question.contracts.per": (
        "Gælder et beløb i “{table}” for en måned eller for et år? Uden svar er omsætningen ukendt."
    ),
    "question.contracts.amount": (
        "Gælder et beløb i “{table}” (“{price}”) for hele kontrakten eller for én licens? Uden svar er "
        "omsætningen ukendt."
    ),
    "folder.title": "Hvad Salus fandt i jeres tabeller",
    "folder.above": "{name} · foreslået model",
    "folder.lead": "{used} af {all} tabeller bruges.",
    "folder.lead.customers": "Tabellen “{table}” indeholder jeres kunder.",
    "folder.lead.nobody": "Ingen tabel viser endnu, hvem der er kunde.",
    "folder.lead.questions.one": "{n} spørgsmål er åbent.",
    "folder.lead.questions.many": "{n} spørgsmål er åbne.",
    "folder.figure.today": "Kunder i dag",
    "folder.figure.today_text": "den {date}",
    "folder.figure.ever": "Kunder i alt",
    "folder.figure.ever_text": "til og med den dag",
    "folder.figure.left": "Kunder, der gik",
    "folder.figure.left_text": "i de seneste 18 måneder",
    "folder.figure.value": "Omsætning pr. år",
    "folder.figure.value_text": "for dagens kunder",
    "folder.questions": "Åbne spørgsmål",
    "folder.questions.none": "Ingen: Tabellerne besvarer alt, hvad modellen har brug for.",
    "folder.tables": "Tabeller",
    "folder.tables.note": (
        "Hver boks er en tabel. Bjælken viser, hvor mange af dens rækker der fører til "
        "kundelisten, som også nævner firmaer, der aldrig har været kunder eller ikke er det "
        "mere. Kun kunders rækker indgår i en score. Hvor et nøgletal læser en tabel, er alle "
        "rækker med dato talt, også dem, der udelades nedenfor; ellers kun de rækker, der "
        "tæller med."
    ),
    "folder.unused": "Tabeller, der ikke bruges",
    "folder.left_out": "Rækker, der ikke tæller med",
    "folder.left_out.none": "Alle rækker tæller med.",
    "folder.left_out.overlap": "En række kan stå under flere grunde.",
    "folder.left_out.table": "Tabel",
    "folder.left_out.column": "Kolonne",
    "folder.left_out.values": "Værdier",
    "folder.left_out.reason": "Hvorfor",
    "folder.left_out.rows": "Rækker",
    "folder.leaks": "Kolonner, der først kendes bagefter",
    "folder.leaks.note": (
        "De kendes først bagefter, eller de viser stillingen på eksportdagen. De bruges højst til "
        "at udelade rækker, eller fra den dag, hvor de er kendt."
    ),
    "folder.leaks.none": "Ingen kolonne afslører, hvad der skete senere.",
    "folder.leaks.columns": "Kolonner",
    "folder.notes": "Gæt og huller",
    "folder.notes.note": "Som i kommentarerne i `salus.yaml`, på engelsk.",
    "folder.matched": "{matched} af de {kept} rækker, der tæller med, fører til kundelisten",
    "folder.matched.dated": "{matched} af {kept} rækker med dato fører til kundelisten",
    "folder.lists": "{kept} af {rows} rækker er {entities}",
    "folder.lists.ever": (
        "{kept} af {rows} rækker er {entities} ({ever} af dem er eller har været kunder)"
    ),
    "folder.lists.can": (
        "{kept} af {rows} rækker kan være kunder ({ever} af dem er eller har været det)"
    ),
    "folder.rows.one": "{n} række",
    "folder.rows.many": "{n} rækker",
    "folder.rest.unknown": "{n} til ingen",
    "folder.rest.ambiguous": "{n} til flere kunder",
    "folder.rest.empty": "{n} uden værdi",
    "folder.rest.left_out": "{n} til en række, der ikke tæller med",
    "folder.exported": "fra {tool}",
    "folder.way.first": "via",
    "folder.way.next": "ellers via",
    "folder.in": "{column} i {table}",
    "folder.time": "Tid: {column}",
    "folder.used_for": "Bruges til",
    "role.customers": "kunder",
    "role.people": "personer",
    "role.contracts": "kontrakter",
    "role.invoices": "fakturaer",
    "role.open_items": "åbne poster",
    "role.payments": "betalinger",
    "role.tickets": "sager",
    "role.ratings": "vurderinger",
    "role.answers": "svar på undersøgelser",
    "role.events": "hændelser",
    "role.deals": "salgsmuligheder",
    "role.field_history": "feltændringer",
    "role.copies": "daterede kopier",
    "role.activities": "aktiviteter",
    "role.orders": "ordrer",
    "role.endings": "tidligere kunder",
    "role.lookup": "opslagstabel",
    "role.snapshot": "øjebliksbillede",
    "role.unknown": "uklart",
    "use.customers": "listen over kunder",
    "use.contracts": "kontrakter og hvem der er kunde",
    "use.history": "kundernes historik",
    "use.link": "kobling af rækker til kunder",
    "use.lookup": "opslag af værdier",
    "use.rates": "omregning af beløb",
    "use.rates.to": "omregning af beløb til {currency}",
    "use.outcome": "hvem der gik",
    "row_reason.deleted": "slettet",
    "row_reason.test": "test",
    "row_reason.merged": "lagt sammen med en anden post",
    "row_reason.child": "hører til en overordnet post",
    "row_reason.duplicate": "dubletter af en anden kunde",
    "row_reason.voided": "annulleret",
    "row_reason.draft": "kladder",
    "row_reason.spam": "spam",
    "row_reason.unanswered": "ikke besvaret",
    "row_reason.staff": "egne medarbejdere",
    "row_reason.service": "servicekonti",
    "row_reason.trial": "prøveperioder",
    "row_reason.future": "begynder først senere",
    "row_reason.unpaid": "aldrig betalt",
    "row_reason.unpaid_trial": "prøveperioder, der aldrig blev betalt",
    "row_reason.notice": "selve opsigelsen",
    "row_reason.credit": "kreditnotaer",
    "row_reason.machine": "lavet af maskiner",
    "key_part.left": "de første {n} tegn",
    "key_part.company": "firmanavn",
    "key_part.digits": "cifre",
    "key_part.domain": "domæne",
    "key_part.lower": "små bogstaver",
    "row_reason.other": "ikke ønsket",
    "unused.open_items": "Den viser, hvad der var ubetalt på eksportdagen, og intet om tidligere dage.",
    "unused.snapshot": "Den viser, hvordan det stod til på eksportdagen, og intet om tidligere dage.",
    "unused.endings": "Kontrakterne viser, hvem der gik; listen er kun til sammenligning.",
    "unused.people": "Den indeholder personer, men siger intet om, hvordan det går kunderne.",
    "unused.payments": "Betalinger uden de betalte fakturaer viser ikke, hvem der betaler sent.",
    "unused.lookup": "Ingen måling slår noget op i den.",
    "unused.other": "Den giver endnu ingen måling.",
    "unused_short.no_way": "intet forbinder den med en kunde",
    "unused_short.no_time": "den har ingen dato",
    "unused_short.open_items": "kun eksportdagen",
    "unused_short.snapshot": "kun eksportdagen",
    "unused_short.endings": "kontrakterne viser, hvem der gik",
    "unused_short.people": "siger intet om kunderne",
    "unused_short.payments": "fakturaerne mangler",
    "unused_short.lookup": "intet slås op i den",
    "unused_short.other": "endnu ingen måling",
}
