"""What a header means for the picture of a folder: words in English, German and Danish.

`dictionary` names the roles that measures need; these meanings decide about tables, keys and times.
Headers are compared by their words after `normalise`, so case, accents and punctuation don't matter.
"""

from __future__ import annotations

import re
from functools import cache

from salus.draft.headers import normalise

#: Each meaning with patterns for the whole normalised header. `*` stands for any words.
MEANINGS: dict[str, str] = {
    "old_value": "old value, old, previous value, from value, alter wert, vorher, gammel vaerdi, before",
    "new_value": "new value, new, to value, neuer wert, nachher, ny vaerdi, after",
    "field": "field, field name, property, property name, feld, feldname, felt, attribute, changed field",
    "deleted": "deleted, is deleted, removed, is removed, geloscht, ist geloscht, slettet, er slettet, archived, is archived, archiviert, arkiveret",
    "test": "test, is test, test account, testkunde, test kunde, is internal, internal",
    "merged_into": "master record id, merged into, merged into *, surviving *, survivor *, master id, master account, zusammengefuhrt mit*, zusammengefuhrt in*, flettet ind i*, flettet med*",
    "merged_from": "merged record ids, merged object ids, merged ids, merged company ids, merged account ids, hs merged object ids",
    "parent": "mutterunternehmen, konzernmutter, parent, parent id, parent *, * parent, * parent id, konzern, konzern *, mutter, muttergesellschaft, moderselskab, uberkonto, ubergeordnete *, overordnet *",
    "modified": "datum der letzten anderung, datum der letzten aktualisierung, dato for seneste aendring, last modified*, modified*, * modified, updated*, last updated*, last update*, last change*, * updated at, system modstamp, geandert*, zuletzt geandert*, letzte anderung*, letzte aktualisierung*, aktualisiert*, aendret*, sidst aendret*, opdateret*, last stage change *",
    "recorded": "received*, ingested*, loaded*, synced*, server *time*, server upload time, * upload time, processing time*, * processing time*, uploaded*, inserted*, imported*, empfangen*, erfasst*, importiert*, verbucht*, modtaget*, indlaest*, registreret*, arrived*, sent to server*",
    "last": "datum der letzten *, datum des letzten *, dato for seneste *, dato for sidste *, last *, letzte *, letzter *, letztes *, zuletzt *, sidst *, sidste *, seneste *, latest *, most recent *",
    "next": "next *, nachste *, nachster *, naeste *, upcoming *",
    "due": "due, due *, * due by *, payment due*, fallig*, falligkeit*, forfald*, zahlungsziel, sla due *, * deadline",
    "closed": "closed*, close time, resolved*, solved*, completed*, finished*, geschlossen*, gelost*, erledigt*, abgeschlossen*, lukket*, lost den, afsluttet*",
    "close_date": "close date, closed date, expected close*, closing date, abschlussdatum, abschluss, lukkedato, forventet lukkedato, schlusstermin",
    "replied": "first reply*, first response*, initial response*, erste antwort*, erstantwort*, forste svar*",
    "paid": "paid on, paid at, paid date, date paid, payment date, settled*, bezahlt am, bezahlt, zahlungsdatum, zahldatum, betalt*, betalingsdato, paid",
    "issued": "invoice date*, issue date, issued, issued *, document date, posting date, billing date, rechnungsdatum, belegdatum, buchungsdatum, fakturadato, bilagsdato, finalized*",
    "happened": "time, timestamp, ts, datetime, event time*, event date*, event timestamp, event ts, occurred*, occurred at, happened*, original timestamp, date, datum, dato, zeit, zeitpunkt, zeitstempel, tid, tidspunkt, at, day, tag, * occurred at, activity date, order date, ordered at, bestelldatum, ordredato, purchase date, transaction date, login at, visit date",
    "created": "review created*, created, created *, create date, createdate, creation date, opened, opened *, erstellt, erstellt *, erstelldatum, erstellungsdatum, angelegt*, anlagedatum, eroffnet*, oprettet*, oprettelsesdato, gemeldet*, reported at, submitted*, submit date*, eingereicht*, requested at",
    "answered": "responded*, response date, answered*, submitted*, submit date*, answer date, antwortdatum, beantwortet*, svardato, besvaret*, completed at",
    "sent": "sent, sent *, invited*, gesendet*, verschickt*, sendt*, inviteret*",
    "started": "started, started *, start, start date*, contract start*, subscription start*, start *, vertragsbeginn*, vertragsstart, laufzeit von, beginn, beginnt am, startdatum, startdato, kontraktstart, valid from, gultig ab, effective from, activated*, aftalestart",
    "ended": "ended, ended *, end, end date*, ende, ende am, lauft bis, vertrag bis, slut, slutter*, stop date, stopdato, cancelled at*, canceled at*, cancelled on, canceled on, cancelled, canceled, cancellation date, cancel date, cancelled date, churn date*, churned*, contract end*, subscription end*, terminated*, termination date, beendet*, enddatum, endet am, kundigung zum, gekundigt zum, vertragsende*, austritt*, ophort*, ophorsdato, slutdato, kontraktudlob, valid to, gultig bis, end *, expires at, expired at, expires on, expired on",
    "term_end": "current period end*, current term end*, term end*, renewal date, renews*, renewal, verlangerungsdatum, laufzeit bis, laufzeitende, fornyelse, fornyelsesdato",
    "notice": "cancel schedule*, cancel requested*, cancellation requested*, notice, notice *, * notice date, cancel at set on, gekundigt am, kundigung am, kundigung eingegangen*, kundigungseingang, kundigungsdatum, opsagt, opsagt den, opsigelsesdato, opsagt dato, decided*",
    "activated": "activated*, activation date, first paid*, aktiviert*, aktiveret*, converted at, conversion date",
    "trial_end": "trial end*, trial ends*, testphase bis, testende, ende der testphase, ende des testzeitraums, provetid til, testende am, provetid slut*, trial until",
    "unit_price": "unit price, * unit price, unit amount, * unit amount, price per *, price per seat, einzelpreis, preis pro *, stuckpreis, stykpris, enhedspris, pris pr *",
    "seats": "quantity, * quantity, seats, licences, licenses, users, menge, anzahl, lizenzen, anzahl lizenzen, platze, antal, pladser, licenser, seat count",
    "monthly": "monatspreis*, monatspauschale*, monatliche gebuhr*, monthly price*, monthly rate, manedspris*, mrr, * mrr, mrr *, monthly recurring revenue, monthly amount, monthly fee, monatsbetrag, monatlicher betrag, manedligt belob",
    "yearly": "arr, * arr, arr *, acv, annual recurring revenue, annual contract value, annual value, annual amount, jahresbetrag, jahreswert, jahresumsatz wiederkehrend, arlig vaerdi, arsvaerdi, contract value, vertragswert",
    "amount": "amount, amount *, total, total *, sub total, subtotal, net, net *, gross*, sum, betrag, betrag *, *betrag, summe, umsatz, netto, brutto, belob, *belob, value, wert, price, preis, pris, invoice amount, plan amount, * amount",
    "net": "sub total, subtotal, net, net amount, amount net, amount excl *, netto, nettobetrag, betrag netto, netto belob, total excluding tax",
    "balance": "saldo, balance, open amount, amount due, amount remaining, amount paid, outstanding*, offener betrag, offen, restbetrag, restbelob, abent belob",
    "dunning": "mahnstufe, dunning*, rykker*, mahnung*",
    "debit": "sollbetrag, soll, debit, habenbetrag, haben, credit, debet, kredit",
    "currency": "currency, currency *, * currency, * currency code, currency iso code, wahrung*, valuta*",
    "rate": "rate, exchange rate, fx rate, kurs, wechselkurs, valutakurs, umrechnungskurs",
    "period_unit": "billing period unit, * interval, recurring interval, interval, billing interval, billing cycle, billing frequency, billing period, period unit, abrechnungszeitraum, einheit des zeitraums, abrechnungsintervall, zahlweise, faktureringsinterval, betalingsfrekvens, frequency, rhythmus",
    "period_count": "billing period, interval count, * interval count, billing interval count, period, abrechnungszeitraum, anzahl monate, months, antal maneder",
    "plan": "plan, plan *, * plan, product, product *, tarif, paket, produkt, sku, item price id, price id",
    "status": "lifecycle phase, lebenszyklusphase, status, state, * status, * state, zustand, vertragsstatus, tilstand, lifecycle stage, stage",
    "stage": "deal phase, dealphase, verkaufsstufe, salgsfase, stage, stage name, deal stage, dealstage, phase, verkaufsphase, pipeline stage, fase, pipeline",
    "probability": "probability, wahrscheinlichkeit, sandsynlighed, forecast category*, deal probability, is won",
    "type": "* typ, *typ, label, * label, type, * type, category, kind, art, kategorie, typ, role, rolle, group, segment, relationship",
    "subject": "zusammenfassung, thema, subject, betreff, emne, summary, title, titel",
    "agent": "autor, melder, reporter, agent, assignee*, assigned to, bearbeiter, sagsbehandler, requester, requester name, origin, channel, source, via*, kanal",
    "priority": "priority, * priority, severity, urgency, prioritat, dringlichkeit, prioritet",
    "invoice_id": "invoice, invoice id, invoice no, invoice nr, invoice number, document number, number, rechnung, rechnungsnummer, rechnungs nr, rechnung nr, belegnummer, beleg nr, fakturanummer, faktura nr, bilagsnummer, credit note number",
    "ticket_id": "ticket id, ticket no, ticket number, ticket, case id, case number, case no, conversation id, incident id, issue id, issue key, vorgangs id, vorgangsschlussel, ticketnummer, ticket nr, vorgangsnummer, fallnummer, sag id, sagsnummer, sagsnr, request id",
    "contract_id": "contract id, subscription id, subscription, contract no, contract number, vertragsnummer, vertrags nr, vertrag, abo id, abonnement id, kontraktnummer, aftalenummer",
    "score": "score, rating, nps, nps score, csat, * rating, * score, * stars, stars, sterne, * sterne, bewertung, zufriedenheit, note, punkte, punktzahl, punktwert, point, pointtal, tilfredshed, vurdering, karakter, satisfaction*, how likely *",
    "event": "event, event type, event name, action, activity, aktion, ereignis, haendelse, handling, type of event, feature",
    "reason": "* reason, reason, * reason code, cancel reason*, churn reason*, loss reason*, grund, * grund, kundigungsgrund, arsag, opsigelsesarsag, closed lost reason",
    "name": "zugeordnetes unternehmen, associated company, name, navn, client name, company, company name, account name, customer, customer name, customer company, organization, organization name, organisation, client, firma, firmenname, unternehmen, unternehmensname, kunde, kundenname, virksomhed, virksomhedsnavn, firmanavn, kundenavn, account, name adressattyp unternehmen, billing company, mandant",
    "website": "domain name, domain name *, domainname, webseiten url, webadresse, website, web site, url, domain, company domain*, homepage, webseite, internetseite, hjemmeside, domane, * domain, web",
    "first_name": "first name, vorname, fornavn, given name, last name, nachname, efternavn, surname, lastname, firstname, full name",
    "email": "email, e mail, email *, * email, e mail *, * e mail, mail, mailadresse, email address",
    "firmographic": "industry, employees, number of employees, * employees, company size, branche, mitarbeiter, mitarbeiterzahl, country, billing country, city, billing city, land, branch, antal ansatte, annual revenue, tier, billing street, ort, by",
    "owner": "* zustandiger mitarbeiter, zustandig, zustandiger *, * verantwortlicher, kundenbetreuung, owner, owner id, * owner, csm, betreuer, kundenbetreuer, verantwortlich, ansvarlig, account manager, ejer, kundeansvarlig",
    "key": "datensatz id, ids *, id des *, id der *, id, * id, id *, * id *, * ids, ids, * no, * nr, * number, * key, * code, key, nummer, *nummer, * nummer, *nr, konto, debitor, * konto, uuid, guid, cvr, * account, * debitor, debtor, external id, kennung, konto *, distinct id, * debtor, user, customer",
    "people_id": "user, user id, benutzer, nutzer, anwender, bruger, brugernavn, benutzername, username, user name, login, member, member id, seat id, contact id, person id, distinct id, requester id, anonymous id, device id, benutzer id, kontakt id, bruger id, agent id, * by id, *owner id, * owner, author id, amplitude id, assignee id, submitter id",
    "task": "meeting, meeting *, call, call *, task, task *, activity type, activity date, activity assigned to, touchpoint*, besuch, besuchsart, mode, mode *, modetype, aktivitatsart, anruf*, opkald*, *outcome",
    "leak": "cancel at period end, cancels at period end, will cancel, is churned, deactivated, deactivated *, deaktiviert*, deaktiveret*, deleted at, deleted on, geloscht am, slettet den, archived at, delinquent, health score, days since last *",
    "unit": "exchange rate base, base currency*, base, to currency, zielwahrung, basis, basiswahrung, basisvaluta",
}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (
            meaning,
            re.compile(
                "|".join(_pattern(normalise(p.strip(" *")), p.strip()) for p in words.split(","))
            ),
        )
        for meaning, words in MEANINGS.items()
    )


def _pattern(words: str, pattern: str) -> str:
    """A pattern for a whole header; a star next to a word belongs to the word."""
    start = r"(?:.+ )" if pattern.startswith("* ") else r"(?:.*)" if pattern.startswith("*") else ""
    end = r"(?: .+)" if pattern.endswith(" *") else r"(?:.*)" if pattern.endswith("*") else ""
    inner = re.escape(words).replace(r"\ ", " ").replace(r"\*", ".*")
    return f"(?:{start}{inner}{end})"


@cache
def meanings(header: str) -> frozenset[str]:
    """The meanings of a header; empty for an unknown one. A header may say it twice: `Kunde / Customer`.

    >>> sorted(meanings("Due by Time")), sorted(meanings("LastModifiedDate"))
    (['due'], ['last', 'modified'])
    """
    plain = re.sub(r"\([^)]*\)", " ", header)  # without a unit or zone: `Created (UTC)`
    parts = (header, plain, *plain.split("/"))
    spellings = [normalise(part.replace("IDs", "Ids")) for part in parts if part.strip()]
    return frozenset(
        name
        for name, pattern in _patterns()
        if any(pattern.fullmatch(words) for words in spellings)
    )
