"""The synonyms of each role that a column can have, in English, German and Danish.

Case, blanks, accents and ü or ue don't matter, because headers are compared folded. A synonym in
`EXACT` must be the whole header, one in `PARTS` only words of it. If two roles fit, the earlier one
in this file wins.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from salus.draft.headers import MOST_HEADERS, fold, is_similar, normalise

Role = Literal[
    "label_of_outcome",
    "personal",
    "income",
    "trait",
    "entity",
    "user",
    "product",
    "document",
    "event_id",
    "ticket_id",
    "contract_id",
    "recorded",
    "due",
    "paid",
    "opened",
    "closed",
    "replied",
    "contract_end",
    "ended",
    "started",
    "time",
    "quantity",
    "price",
    "amount",
    "recurring",
    "usage",
    "score",
    "seats",
    "tenure",
    "good",
    "bad",
    "name",
    "owner",
    "currency",
    "priority",
    "category",
    "status",
    "failed",
    "disputed",
    "region",
]

EXACT: dict[Role, str] = {
    "entity": """account, account id, account no, account number, account key, customer, customer id, customer no, customer nr,
        customer number, customer key, customer code, client, client id, client no, client number, company, company id,
        organization, organization id, organisation id, org id, tenant, tenant id, group id, workspace id, household id,
        household, subscriber id, buyer id, user account id, member id, record id, cust id, cust no, acct id, debtor, debtor id,
        kunde, kunden id, kunden nr, kundennr, kundennummer, kunde nr, kunde id, kundenkonto, kundenschlüssel, kundenkennung,
        kundencode, debitor, debitor nr, debitorennummer, debitoren nr, mandant, mandanten id, mandantennummer, konto, konto id,
        konto nr, kontonummer, firma, firma id, firmen id, firmennummer, firmen nr, unternehmen, unternehmen id,
        unternehmens id, organisation, organisations id, auftraggeber, haushalt, haushalt id, haushalts id, käufer id,
        kundenidentifikation, kundenidentifikationsnummer, firmenkonto, kundekonto, kundenr, kundenummer, kunde nummer, virksomhed, virksomhed id, virksomheds id, cvr, cvr nr, debitornr, debitornummer,
        husstand id, kontonr""",
    "user": """user, user id, user key, contact, contact id, requester id, seat id, login id, author, author id, person, person id,
        employee id, caller id, anonymous id, subscriber, committer, actor, actor id, benutzer, benutzer id, benutzerkennung,
        benutzer nr, benutzernummer, nutzer, nutzernummer, nutzer id, nutzerkennung, anwender, anwender id, kontakt, kontakt id, ansprechpartner,
        ansprechpartner id, mitarbeiter id, person id, bruger, bruger id, kontaktperson, medarbejder id""",
    "product": """product, product id, product code, product key, stock code, sku, article, article id, article no, item, item id,
        item code, feature, feature id, feature name, module, project, artikel, artikel id, artikel nr, artikelnr,
        artikelnummer, artikelcode, produkt, produkt id, produktnummer, produkt nr, produktcode, produktnr, ware, warennummer,
        materialnummer, lagercode, lagernummer, artikelkennung, bestandscode, warencode, modul, funktion, funktion id, projekt, vare, vare id, vare nr, varenr, varenummer,
        produktnummer""",
    "document": """invoice, invoice id, invoice no, invoice nr, invoice number, order, order id, order no, order number, receipt,
        receipt id, receipt no, transaction, transaction id, basket id, bill no, document no, document number, rechnung,
        rechnung id, rechnungs id, rechnungsnr, rechnung nr, rechnungs nr, rechnungsnummer, beleg, beleg nr, belegnr, belegnummer,
        bestellung, bestellnummer, bestell nr, bestellnr, bestell id, auftrag, auftrag nr, auftragsnr, auftragsnummer, auftrags id,
        bon, bonnummer, faktura, fakturanummer, faktura nr, fakturanr, ordre, ordre nr, ordrenr, ordrenummer, ordre id, bilag,
        bilagsnummer""",
    "event_id": """event id, message id, activity id, usage id, log id, ereignis id, ereignis nr, ereignisnummer, nachricht id,
        nutzung id, hændelse id, besked id""",
    "ticket_id": "ticket id, ticket no, case id, case number, incident id, issue id, ticketnummer, ticket nr, vorgangsnummer, sag id, sagsnummer",
    "contract_id": "contract id, subscription id, contract no, vertrag id, vertragsnummer, vertrags nr, abo id, abonnement id, kontrakt id",
    "recorded": """recorded, recorded at, recorded on, recorded ts, received, received at, received on, received ts, received time,
        received timestamp, ingested at, ingest time, ingestion time, loaded at, load time, arrived at, arrival time, imported at,
        inserted at, server timestamp, server time, logged at, synced at, empfangen, empfangen am, empfangen um, empfangszeit,
        empfangsdatum, empfangszeitpunkt, empfangszeitstempel, empfangen ts, eingangs ts, eingangszeitstempel, eingegangen, erhalten, erhalten ts, eingang, eingang am, eingangsdatum, eingangszeit, eingangszeitpunkt, eingegangen am,
        erhalten am, erfasst am, erfasst, erfassungsdatum, erfassungszeit, erfassungszeitpunkt, gespeichert am, importiert am,
        verbucht am, geladen am, aufgezeichnet am, ankunft, ankunftszeit, modtaget, modtaget den, modtagelsesdato,
        modtagelsestidspunkt, registreret, registreret den, indlæst""",
    "due": "due, due on, due at, due date, payment due, fällig, fällig am, fälligkeit, fälligkeitsdatum, zahlungsziel, forfald, forfaldsdato, forfalder",
    "paid": """paid, paid on, paid at, paid date, payment date, settled, settled on, settled at, settled date, settlement date, cleared on,
        bezahlt, bezahlt am, zahlungsdatum, zahldatum, zahlung am, beglichen am, betalt, betalt den, betalingsdato""",
    "opened": """opened, opened at, opened on, open date, submitted at, submitted on, created at, created on, created, create date, createdate, reported at,
        geöffnet am, eröffnet am, eröffnet, erstellt am, erstellt, erstelldatum, angelegt am, gemeldet am, oprettet, oprettet den, åbnet""",
    "closed": """closed, closed at, closed on, closed date, close date, resolved at, resolved on, solved at, last solved at, completed at,
        geschlossen am, geschlossen, gelöst am, erledigt am, abgeschlossen am, lukket, lukket den, løst den, afsluttet""",
    "replied": "first reply at, first public reply at, first response at, first replied at, erste antwort am, erstantwort am, første svar",
    "contract_end": """renewal date, term end, contract end, contract end date, current period end, vertragsende, laufzeit bis,
        verlängerungsdatum, laufzeitende, kontraktudløb, fornyelsesdato""",
    "ended": """ended, ended on, ended at, end date, churn date, churned on, churned at, cancelled at, canceled at, cancelled on,
        cancellation date, cancel date, left on, kündigung zum, kündigung am, gekündigt am, gekündigt zum, kündigungsdatum,
        abgewandert am, beendet am, enddatum, austritt, austrittsdatum, opsagt den, ophørt, ophørsdato, slutdato, frafaldsdato""",
    "started": """customer since, client since, member since, signup date, sign up date, signed on, signed up at, signup at, registered at,
        registered on, registration date, joined, joined on, joined at, start date, started on, started at, start, contract start,
        current period start, onboarded on, kunde seit, kundin seit, registriert am, anmeldedatum, angemeldet am, vertragsbeginn,
        vertragsstart, laufzeit von, beginn, startdatum, eintritt, eintrittsdatum, kunde siden, startdato, oprettelsesdato,
        tilmeldt den""",
    "time": """time, timestamp, ts, date, day, datetime, at, on, event ts, event time, event date, event at, event timestamp,
        occurred, occurred at, occurred on, happened at, activity date, activity time, usage date, invoice date, order date,
        ordered at, purchase date, purchased at, transaction date, transaction time, transaction timestamp, booking date,
        document date, created time, responded at, response date, given at, held at, issued, issued on, issue date, visit date,
        login at, login date, datum, zeit, uhrzeit, zeitpunkt, zeitstempel, tag, am, ereigniszeit, ereignisdatum,
        ereigniszeitpunkt, ereignis ts, ereigniszeitstempel, zeitstempel ereignis, bestellzeitpunkt, datum der rechnung, geschehen am, vorgefallen am, aktivitätsdatum, nutzungsdatum, rechnungsdatum,
        rechnungszeitpunkt, bestelldatum, bestellzeit, bestellt am, kaufdatum, belegdatum, buchungsdatum, transaktionsdatum,
        auftragsdatum, verkaufsdatum, antwortdatum, besuchsdatum, dato, tid, tidspunkt, hændelsesdato, hændelsestidspunkt,
        fakturadato, ordredato, købsdato, bilagsdato, svardato""",
    "quantity": "quantity, qty, units, pieces, count of items, menge, mengen, anzahl, stück, stückzahl, bestellmenge, antal, mængde, stk",
    "price": """unit price, price, price per unit, item price, unit amount, einzelpreis, stückpreis, preis, preis pro stück, preis je
        stück, preis je einheit, preis pro einheit, verkaufspreis, einheitspreis, enhedspris, stykpris, pris""",
    "amount": """amount, total, total amount, net, net amount, gross, revenue, sales, sales value, turnover, line total, line amount,
        invoice amount, order total, order value, amount due, spend, value, betrag, summe, umsatz, netto, brutto, nettobetrag,
        bruttobetrag, betrag netto, betrag brutto, rechnungsbetrag, rechnungsbetrag brutto, rechnungsbetrag netto, gesamtbetrag,
        gesamtpreis, zeilenbetrag, positionsbetrag, bestellwert, auftragswert, wert, beløb, omsætning, total beløb, fakturabeløb""",
    "recurring": """mrr, arr, acv, mrr amount, arr amount, monthly recurring revenue, annual recurring revenue, monthly charges,
        monthly charge, monthly fee, monthly spend, annual value, contract value, annual revenue, annualrevenue, monatsbetrag,
        monatsbeitrag, monatsgebühr, monatsgebühren, monatliche kosten, monatliche gebühr, monatliche gebühren, monatlicher betrag,
        monatskosten, monatspreis, monatsentgelt, monatliche entgelte, monatsrechnung, monatliche rechnung, grundgebühr, jahreswert, jahresumsatz, jahresbetrag, vertragswert, jahresumsatz wiederkehrend,
        månedlig betaling, månedspris, årsværdi, månedligt beløb""",
    "usage": """events, sessions, logins, usage count, value events, active minutes, minutes, hours, page views, clicks, actions, visits,
        session count, sitzungen, anmeldungen, nutzungen, minuten, aktive minuten, stunden, aufrufe, klicks, besuche, aktionen,
        ereignisse, besøg, minutter, timer, handlinger, logind""",
    "score": """score, rating, nps, nps score, csat, csat score, satisfaction, satisfaction score, survey score, bewertung, note,
        punkte, zufriedenheit, zufriedenheitswert, tilfredshed, vurdering, karakter""",
    "seats": "seats, licences, licenses, seat count, plätze, lizenzen, anzahl lizenzen, arbeitsplätze, pladser, licenser",
    "name": """name, navn, account name, company name, organization name, organisation name, company, company domain name, firma, firmenname,
        unternehmen, unternehmensname, firmanavn, virksomhed, virksomhedsnavn""",
    "owner": "owner, account owner, company owner, csm, owner id, csm id, betreuer, kundenbetreuer, verantwortlich, ansvarlig",
    "currency": "currency, currency code, währung, valuta",
    "priority": "priority, ticket priority, severity, urgency, priorität, dringlichkeit, prioritet",
    "category": "category, topic, type, reason, kategorie, thema, art, emne",
    "status": "status, state, zustand, tilstand",
    "failed": "failed, is failed, error, is error, has error, failure, fehler, fehlgeschlagen, ist fehler, fejl, fejlet",
    "disputed": "dispute, disputed, is disputed, strittig, bestritten, anfægtet",
    "region": "country, region, store id, market, land, filiale, markt, butik",
}

PARTS: dict[Role, str] = {
    "label_of_outcome": """churn, churned, attrition, exited, cltv, abwanderung, abgewandert, kündigung, kündigungs, gekündigt, frafald,
        opsagt, opsigelse, afgang, verloren, lost customer, kundenverlust, wechsel""",
    "personal": """email, e mail, mail address, phone, mobile, telephone, fax, first name, last name, surname, given name, full name,
        contact name, birth, dob, street, address, zip, zip code, postcode, postal code, ssn, iban, bic, passport, ip address,
        telefon, handy, mobil, vorname, nachname, geburt, geburtstag, geburtsdatum, geburtsjahr, strasse, adresse, anschrift, plz, postleitzahl,
        steuer id, personalnummer, fornavn, efternavn, fødselsdag, fødselsdato, vej, postnummer, cpr, cpr nummer""",
    "income": "salary, wage, income, gehalt, lohn, einkommen, løn, indkomst",
    "trait": """gender, sex, age, senior, senior citizen, partner, dependents, dependants, married, marital, children, kids, religion, ethnicity,
        race, nationality, disability, health, geschlecht, alter, rentner, seniorin, verheiratet, familienstand, kinder, angehörige,
        religion, nationalität, staatsangehörigkeit, behinderung, køn, alder, gift, børn, civilstand, pensionist""",
    "tenure": """tenure, tenure months, months as customer, months with us, vertragsdauer, kundendauer, mitgliedsdauer, bestandsdauer,
        vertragsmonate, zugehörigkeit, zugehörigkeitsdauer, kundenzugehörigkeit, verweildauer, betriebszugehörigkeit, laufzeit, laufzeit monate, vertragslaufzeit, dauer,
        monate, anciennitet, kundeperiode, måneder""",
    "good": """satisfaction, nps, csat, rating, logins, sessions, active users, active days, adoption, referrals, usage, features used,
        products used, purchases, orders, zufriedenheit, bewertung, anmeldungen, sitzungen, nutzung, aktive nutzer, aktive tage,
        empfehlungen, bestellungen, käufe, tilfredshed, anbefalinger, brug, køb""",
    "bad": """complaints, complaint, complain, complains, tickets, open tickets, support calls, service calls, incidents, errors, error count, overdue, days late,
        days overdue, delay, failed payments, days since last, recency, inactive days, beschwerden, reklamationen, störungen, fehler,
        verzug, überfällig, tage seit, mahnungen, mahnstufe, klager, fejl, forsinkelse, rykkere""",
}


#: Words that make a header personal, and words that show that it is about a thing after all: a
#: plan has an age too.
THINGS: tuple[tuple[str, str], ...] = (
    (
        "age, alter, alder, health",
        """plan, contract, account, subscription, product, ticket, invoice, device, licence, license, tariff, asset,
        system, vertrag, vertrags, konto, abo, tarif, produkt, rechnung, kontrakt, aftale, abonnement, faktura""",
    ),
    (
        "phone, mobile, telephone, telefon, handy, mobil",
        """service, services, line, lines, plan, tariff, support, package, bundle, usage,
        tarif, dienst, anschluss, paket, vertrag, nutzung, abonnement, tjeneste, linje, pakke""",
    ),
)
LEAVING = (
    "churn",
    "attrition",
    "abwander",
    "kundig",
    "frafald",
    "opsig",
)  # folded; a header that contains one says who left
CURRENCIES = ("eur", "euro", "usd", "gbp", "dkk", "chf", "sek", "nok", "pound", "dollar")


@cache
def _exact() -> dict[str, tuple[Role, ...]]:
    roles: dict[str, tuple[Role, ...]] = {}
    for role, synonyms in EXACT.items():
        for synonym in synonyms.split(","):
            word = fold(synonym)
            roles[word] = tuple(dict.fromkeys((*roles.get(word, ()), role)))
    return roles


@cache
def _parts() -> tuple[tuple[Role, tuple[str, ...]], ...]:
    return tuple(
        (role, tuple(normalise(part) for part in parts.split(","))) for role, parts in PARTS.items()
    )


@lru_cache(maxsize=MOST_HEADERS)
def find_roles(header: str) -> tuple[Role, ...]:
    """The roles that a header suggests, the likeliest first; empty for an unknown header.

    >>> find_roles("CustomerID"), find_roles("Kunden-Nr."), find_roles("Geburtsdatum"), find_roles("ChurnScore")
    (('entity',), ('entity',), ('personal',), ('label_of_outcome',))
    >>> find_roles("Phone Service"), find_roles("plan_age_months"), find_roles("Mobile Phone"), find_roles("Customer Age")
    ((), (), ('personal',), ('trait',))
    """
    exact = _exact().get(fold(header)) or _exact().get(fold(_without_currency(header)))
    if exact:
        return exact
    if any(part in fold(header) for part in LEAVING):
        return ("label_of_outcome",)
    words = _words(_without_things(header))
    return tuple(
        role for role, parts in _parts() if any(f" {_folded(part)} " in words for part in parts)
    )


def _without_things(header: str) -> str:
    """The header without words that look personal and aren't, as in `Phone Service`."""
    words = normalise(header).split()
    for personal, things in _things():
        if things & {fold(word) for word in words}:
            words = [word for word in words if fold(word) not in personal]
    return " ".join(words)


@cache
def _things() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple((_folded_set(personal), _folded_set(things)) for personal, things in THINGS)


def _folded_set(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split(","))


def _without_currency(header: str) -> str:
    """The header without a currency at its end: `Einzelpreis (EUR)` gives `einzelpreis`."""
    words = normalise(header).split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1] in CURRENCIES else header


def is_near_synonym(header: str, role: Role) -> bool:
    """Whether a header is probably a misspelled synonym of a role."""
    return any(is_similar(header, synonym) for synonym in EXACT[role].split(","))


def _words(header: str) -> str:
    return f" {_folded(normalise(header))} "


def _folded(text: str) -> str:
    return " ".join(fold(word) for word in text.split())
