"""Words in values that say what a row is: a problem, a credit note, a good rating, a machine.

English, German, Danish and Swedish. Case, accents and ü or ue don't matter. A star ends a word of
which only the beginning counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal

from salus.draft.headers import fold, normalise
from salus.draft.profile import ColumnProfile

Concept = Literal[
    "machine",
    "service_account",
    "problem",
    "complaint",
    "cancellation",
    "urgent",
    "missed",
    "met",
    "failed",
    "left",
    "champion",
    "reopened",
    "credit",
    "good",
    "bad",
    "won",
    "upsell",
    "renewal",
    "closing_date",
    "owner",
    "meeting",
    "not_held",
    "outcome",
    "reply",
    "duration",
    "nps",
    "csat",
    "ces",
]

CONCEPTS: dict[Concept, str] = {
    "machine": """sync, synced, syncs, synchron*, synkron*, webhook*, heartbeat*, ping, healthcheck*, cron, cronjob*, background,
        backgroundjob*, emaildelivered, maildelivered, messagedelivered, emailsent, mailsent, notificationsent, emailbounced, bounced,
        incident*, outage*, störung*, nedbrud, error*, exception*, crash*, fehler*, fejl*, auditlog*, audittrail, auditevent*, token*,
        system, automationrun, bot, retry, retries, backup*, zugestellt""",
    "service_account": """service*, svc, system, bot, robot, api, integration*, sync, noreply, donotreply, automation*, webhook*, daemon, cron,
        monitor*, dienst*, tjeneste*, healthcheck*, machine, agent, script""",
    "problem": """problem*, bug*, incident*, defect*, defekt*, error*, outage*, failure*, broken, fault*, fehler*, storung*, ausfall*, fejl*,
        nedbrud*, hændelse*, driftstop*, driftsforstyrr*, fel, felanmälan, incidens*, mangel, mängel""",
    "complaint": "complain*, beschwerde*, reklamation*, klage*, klagomål*, escalat*, eskal*, dissatisf*, unzufrieden*, utilfreds*, missnöj*",
    "cancellation": """cancel*, churn*, terminat*, kündig*, gekündigt*, opsig*, opsagt*, ophør*, uppsäg*, offboard*, afmeld*, abbestell*,
        abwander*, nonrenew*""",
    "urgent": "urgent*, critical*, high*, highest, p1, p0, blocker*, sev1, dringend*, kritisch*, hoch*, haster*, kritisk*, høj, hög, brådskande, asap",
    "missed": "violat*, breach*, missed, overdue, late, exceeded, verletzt*, überschritten*, verfehlt*, verpasst*, brudt*, overskredet*, forsinket*, bruten, överskriden, failed",
    "met": "within*, met, achieved, fulfilled, ontime, eingehalten, erfüllt, innerhalb, overholdt, opfyldt, inom, uppfylld, paid, succeeded, success*, complete*, bezahlt, erfolg*, betalt, gennemført",
    "failed": "failed, failure*, declined, rejected, returned, chargeback, insufficient*, fehlgeschlagen, abgelehnt, rücklastschrift, mislykket, afvist, misslyckad",
    "left": "left*, deactivat*, disabled, offboard*, ausgeschieden*, deaktiviert*, austritt*, fratrådt*, deaktiveret*, avslutad*, inaktiverad*",
    "champion": "champion*, sponsor*, executive, exec, decision*, decider, admin*, owner, ceo, cfo, cto, coo, vp, head, director*, geschäftsführ*, leiter*, entscheider*, direktør*, chef, beslutningstager*",
    "reopened": "reopen*, wiedereröffn*, wiedergeöffn*, genåb*, återöppn*",
    "credit": "credit*, refund*, gutschrift*, storno*, stornier*, korrektur*, erstattung*, kreditnota*, kredit*, refusion*, tilbagebetaling*, kreditfaktura*",
    "good": """good*, great*, excellent*, happy, satisfied, positive, like*, thumbsup, up, promoter*, amazing, gut, sehr, super, zufrieden, positiv*,
        god, godt, tilfreds, glad, bra, nöjd, green, grün, grøn, grön""",
    "bad": """bad*, poor*, terrible, unhappy, unsatisfied, dissatisfied, negative, dislike*, thumbsdown, down, detractor*, awful, schlecht*,
        unzufrieden, negativ*, mangelhaft, dårlig*, utilfreds, sur, dålig*, missnöjd, red, rot, rød, röd, okay, ok, neutral*, medium, mittel, yellow, gelb, gul""",
    "won": "won, closedwon, gewonnen, vundet, vunnen, vunnet",
    "upsell": "upsell*, upgrade*, expansion*, expand*, cross*, addon*, add, erweiterung*, zusatz*, ausbau, mersalg*, merförsäljning*, udvidelse*, existing*, growth, seats",
    "renewal": "renew*, verlanger*, vertragsverlanger*, forny*, förlang*, förnya*",
    "closing_date": "closedate, closingdate, abschlussdatum, schlusstermin, lukkedato, slutdatum, stängningsdatum",
    "owner": "owner*, ownerid, csm, betreuer*, besitzer*, inhaber*, verantwortlich*, ansvarlig*, ansvarig*, ejer*, kundeansvarlig*, ägare*, accountmanager",
    "meeting": "meeting*, call*, visit*, demo*, workshop*, ebr, qbr, besuch*, treffen, gespräch*, anruf*, telefon*, møde*, opkald*, besøg*, möte*, samtal*, review*",
    "not_held": "cancel*, noshow, noanswer, voicemail*, busy, wrong*, rescheduled, missed, planned, scheduled, open, abgesagt*, verpasst*, geplant*, aflyst*, planlagt*, udeblev*, inställd*, planerad*, notstarted",
    "outcome": "outcome*, status, result*, ergebnis*, resultat*, udfald*, utfall*",
    "reply": "reply*, response*, respond*, antwort*, erstantwort*, svar*",
    "duration": "time, times, duration, minutes, mins, min, hours, hrs, seconds, secs, sec, zeit*, dauer, minuten, stunden, sekunden, tid, varighed, minutter, timer, sekunder, timmar",
    "nps": "nps, promoter*, recommend*",
    "csat": "csat, satisfaction*, zufriedenheit*, tilfredshed*",
    "ces": "ces, effort*, aufwand*, indsats*",
}  # fmt: skip


def says(text: str, concept: Concept) -> bool:
    """Whether a value has a word of a concept.

    >>> says("SLA Violated", "missed"), says("Störung", "problem"), says("Checklist Completed", "machine")
    (True, True, False)
    >>> says("Close Date", "closing_date"), says("closedwon", "won"), says("Budget", "problem")
    (True, True, False)
    """
    words = [fold(word) for word in normalise(text).split()]
    pairs = [left + right for left, right in zip(words, words[1:], strict=False)]
    return any(_pattern(concept).fullmatch(word) for word in [*words, *pairs])


def words_of(column: ColumnProfile, concept: Concept) -> list[str]:
    """The frequent values of a column that have a word of the concept, sorted."""
    return sorted(value for value in column.frequent_values if says(value, concept))


def share_of(words: Iterable[str], counts: Mapping[str, int]) -> float:
    """The share of rows with one of the words."""
    total = sum(counts.values())
    return sum(counts[word] for word in words) / total if total else 0.0


@cache
def _pattern(concept: Concept) -> re.Pattern[str]:
    words = (word.strip() for word in CONCEPTS[concept].split(","))
    return re.compile(
        "|".join(
            re.escape(fold(word.rstrip("*"))) + ("[0-9a-z]*" if word.endswith("*") else "")
            for word in words
        )
    )
