"""Danish."""

from __future__ import annotations

from salus.channels.words.findings.danish import FINDINGS
from salus.channels.words.format import FIXED, Format
from salus.model.plural import many as english_many


def many(word: str) -> str:
    """The plural of words that end in -e; of loan words the English one.

    >>> [many(word) for word in ("kunde", "team")]
    ['kunder', 'teams']
    """
    return f"{word}r" if word.endswith("e") else english_many(word)


LABELS = {"healthy": "Sund", "watch": "Følg op", "at_risk": "I fare", "unknown": "Ukendt"}

TEXTS = {
    "title": "Sundhed: {entities}",
    "as_of": "Pr. {date}",
    "population.one": "{n} {entity}",
    "population.many": "{n} {entities}",
    "model": "Model {name}, fingeraftryk {fingerprint}",
    "beside": "for {n} af dem taler modellen {other}; denne side måler alle med den ene",
    "since": "Ændringer siden {date}",
    "contents": "På denne side",
    "days.one": "{n}" + FIXED + "dag",
    "days.many": "{n}" + FIXED + "dage",
    "within.one": " inden for {n}" + FIXED + "dag",
    "within.many": " inden for {n}" + FIXED + "dage",
    "yes": "ja",
    "no": "nej",
    "lead.at_risk.one": "{n} af {all} {entities} er i fare.",
    "lead.at_risk.many": "{n} af {all} {entities} er i fare.",
    "lead.at_risk_money.one": (
        "{n} af {all} {entities} er i fare; det handler om {money} af {total}."
    ),
    "lead.at_risk_money.many": (
        "{n} af {all} {entities} er i fare; det handler om {money} af {total}."
    ),
    "lead.band.one": "{n} af {all} {entities} ligger i båndet “{band}”.",
    "lead.band.many": "{n} af {all} {entities} ligger i båndet “{band}”.",
    "lead.band_money.one": (
        "{n} af {all} {entities} ligger i båndet “{band}”; det handler om {money} af {total}."
    ),
    "lead.band_money.many": (
        "{n} af {all} {entities} ligger i båndet “{band}”; det handler om {money} af {total}."
    ),
    "lead.none": "Ingen af {all} {entities} ligger i båndet “{band}”.",
    "lead.moved": "På {days} dage faldt {fell} til et dårligere bånd, og {rose} steg til et bedre.",
    "lead.by_model.one": "{n} skiftede bånd, fordi en anden model taler end dengang.",
    "lead.by_model.many": "{n} skiftede bånd, fordi en anden model taler end dengang.",
    "lead.unknown.one": "Om {n} er der for få data til at sige noget.",
    "lead.unknown.many": "Om {n} er der for få data til at sige noget.",
    "lead.stale.one": "{n} kilde er tavs; det, den måler, er udeladt.",
    "lead.stale.many": "{n} kilder er tavse; det, de måler, er udeladt.",
    "figure.mean": "Gennemsnitlig score",
    "figure.money": "Værdi bag",
    "figure.money_at_risk": "Værdi i fare",
    "figure.moved": "Skiftede bånd",
    "figure.share": "{share} af {entities}",
    "figure.money_share": "{share} af {total}",
    "figure.change": "{change} på {days} dage",
    "figure.moved_text": "{fell} ned, {rose} op",
    "figure.no_past": "ingen tidligere dag at sammenligne med",
    "figure.no_score": "ingen har en score",
    "bands": "Bånd",
    "bands.caption": "{Entities} efter bånd",
    "bands.band": "Bånd",
    "bands.range": "Score",
    "bands.number": "{Entities}",
    "bands.share": "Andel",
    "bands.money": "Værdi",
    "bands.money_in": "Værdi, {currency}",
    "bands.change": "På {days} dage",
    "bands.from": "fra {low}",
    "bands.below": "under {high}",
    "bands.between": "{low} til under {high}",
    "bands.unknown": "for få data",
    "bands.by_number": "{Entities}",
    "bands.by_money": "Værdi",
    "bands.bar": "Hvert bånds andel efter antal",
    "bands.money_bar": "Hvert bånds andel efter værdi",
    "bands.part": "{band}: {share}",
    "histogram": "Sådan fordeler scorerne sig",
    "histogram.conclusion": (
        "Halvdelen af {entities} ligger mellem {low} og {high}; medianen er {median}."
    ),
    "histogram.none": "Ingen har en score.",
    "histogram.bin": "{low} til {high}: {n}",
    "trend": "Måned for måned",
    "trend.up": "På {months} måneder steg den gennemsnitlige score fra {first} til {last}.",
    "trend.down": "På {months} måneder faldt den gennemsnitlige score fra {first} til {last}.",
    "trend.same": "Den gennemsnitlige score har ligget på {last} i {months} måneder.",
    "trend.bands": "Hvert bånds andel",
    "trend.mean": "Gennemsnitlig score",
    "trend.numbers": "Vis tallene",
    "trend.month": "Dag",
    "trend.as_it_was": "Hver dag er bedømt igen ud fra det, man vidste dengang, med dagens model.",
    "look": "{Entities}, der bør ses på først",
    "look.order": (
        "Først alle i “{band}”, efter værdi; derefter værdi × (100 − score), hvor mest værdi møder"
        " den dårligste score."
    ),
    "look.order_soon": (
        "Først alle i “{band}”: beslutninger inden for {n} dage, så de øvrige, hver efter værdi;"
        " derefter værdi × (100 − score), hvor mest værdi møder den dårligste score."
    ),
    "look.order_score": (
        "Først alle i “{band}”, den dårligste score først, så de øvrige: modellen nævner ingen"
        " værdi."
    ),
    "look.more_at_risk.one": (
        "I “{band}” er der {n} mere, som ikke står her; `salus score --out scores.csv` viser alle."
    ),
    "look.more_at_risk.many": (
        "I “{band}” er der {n} flere, som ikke står her; `salus score --out scores.csv` viser alle."
    ),
    "look.more.one": "{n} mere i bedre bånd står ikke her.",
    "look.more.many": "{n} flere {entities} i bedre bånd står ikke her.",
    "look.decision": "beslutning om {days}",
    "look.caption": "De første {n} {entities}",
    "look.none": "Ingen har en score.",
    "look.who": "{Entity}",
    "look.score": "Score",
    "look.line": "{n} måneder",
    "look.reason": "Vigtigste grund",
    "look.owner": "hos",
    "look.line_text": "Score i de seneste måneder: {first} til {last}",
    "look.unknown": "dækket {share}",
    "reason.value": "{measure} {value}",
    "reason.good": "godt: {good}",
    "reason.cost": "koster {points} point",
    "reason.nothing": "Intet trækker denne score ned.",
    "reason.cap": "Holdt på {at_most} af reglen “{cap}”",
    "reason.above": "Dagens værdier alene giver {points} point mindre; dagene før tæller stadig",
    "reason.below": "Dagens værdier alene giver {points} point mere; dagene før tæller stadig",
    "reason.step": "Næste bånd: {steps}",
    "reason.settled": "Næste bånd, når det er blevet ved: {steps}",
    "reason.step_change": "{measure}: {before} → {after}",
    "reason.and": " og ",
    "moved": "Hvem har flyttet sig",
    "moved.falls": "Største fald",
    "moved.rises": "Største stigninger",
    "moved.caption_falls": "Største fald siden {date}",
    "moved.caption_rises": "Største stigninger siden {date}",
    "moved.change": "Ændring",
    "moved.from_to": "Fra, til",
    "moved.no_falls": "Ingen faldt et point eller mere.",
    "moved.no_rises": "Ingen steg et point eller mere.",
    "moved.no_past": "Der er ingen tidligere dag at sammenligne med: {date} var der ingen endnu.",
    "cause.measure": "{measure}: {before} → {after}",
    "cause.cap_on": "Reglen “{cap}” holder nu scoren nede",
    "cause.cap_off": "Reglen “{cap}” holder ikke længere scoren nede",
    "cause.lost": "{measure} har ikke længere en værdi",
    "cause.gained": "{measure} har igen en værdi: {after}",
    "cause.weight": "{measure} vejer anderledes end før",
    "cause.model": "Andre vægte gælder: segmentet har skiftet",
    "cause.smoothing": "Dagene før tæller med",
    "cause.points": "{points} point",
    "dimensions": "Det består scoren af",
    "dimensions.weight": "vægt {share}",
    "dimensions.mean": "gennemsnit",
    "dimensions.nobody": "ingen har en værdi",
    "dimensions.spread": (
        "Halvdelen af {entities} ligger mellem {low} og {high}; medianen er {median}."
    ),
    "dimensions.caption": "Mål: {dimension}",
    "dimensions.measure": "Mål",
    "dimensions.have": "Med værdi",
    "dimensions.usual": "Sædvanlig værdi",
    "dimensions.anchors": "Dårligt → godt",
    "dimensions.points": "Point i snit",
    "dimensions.strip": "{dimension}: scorernes fordeling fra 0 til 100",
    "proof": "Forudsiger scoren “{outcome}”?",
    "proof.further": "Forudsiger scoren “{score}” “{outcome}”?",
    "proof.rows": (
        "Det hviler på {rows} rækker: {all} {entities} på {dates} dage fra {first} til {last}, hver"
        " vurderet ud fra, hvad der vidstes dengang. “{outcome}” indtraf inden for {days} dage hos"
        " {events} af dem. Intervaller er på 95 % og tæller {entities}, ikke rækker; under {least}"
        " rækker vises ingen andel."
    ),
    "proof.warned.one": "{n} fund svækker disse tal; salus validate nævner det.",
    "proof.warned.many": "{n} fund svækker disse tal; salus validate nævner dem.",
    "proof.no_pictures": (
        "Billederne mangler, fordi de kræver en udvidelse, der ikke er installeret: pip install "
        "'salus[pictures]'. Deres tal står i tabellerne."
    ),
    "proof.register": "Fortegnelse over fejlskøn",
    "proof.missed": "Båndet “{band}” fangede ikke {missed} af {all} med “{outcome}”.",
    "proof.limit": "En grænse på {limit} ville have fanget {caught} af dem.",
    "proof.register_note": (
        "{missed} af {all} med “{outcome}” stod ikke i båndet “{band}” på nogen af de tre dage "
        "før. De seneste {n}:"
    ),
    "proof.register_none": (
        "Alle med “{outcome}” stod i båndet “{band}” på mindst en af de tre dage før."
    ),
    "proof.on": "Indtraf den",
    "proof.before": "{days} før",
    "proof.lowest": "Laveste mål dengang",
    "proof.points": "{measure}: {points} point",
    "picture.predicted": "Forudsagt",
    "picture.observed": "Indtruffet",
    "picture.interval": "95 %-interval",
    "picture.rows": "Rækker",
    "picture.entities": "{Entities}",
    "picture.score": "Score",
    "picture.rate": "Andel med hændelsen",
    "picture.band": "Bånd",
    "picture.date": "Dag",
    "picture.too_few": "for få",
    "picture.all": "alle: {share}",
    "picture.calibration": "Forudsagt og indtruffet",
    "picture.calibration_parts": (
        "{parts} dele med hver {rows} rækker; på den stiplede linje indtraf det så ofte som "
        "forudsagt."
    ),
    "picture.deciles": "Hvor ofte det indtraf, efter score",
    "picture.deciles_parts": (
        "{parts} dele med hver {rows} rækker; det indtraf i {base} af alle rækker."
    ),
    "picture.deciles_break": (
        "Andelen knækker ved en score på {score} ({low} til {high}): {below} under, {above} derfra."
    ),
    "picture.deciles_no_break": "Der er ingen score, hvor andelen tydeligt knækker.",
    "picture.break": "knæk ved {score}",
    "picture.lead": "Hvor tidligt den advarede",
    "picture.lead.says": (
        "Af {n}, hvor det indtraf, havde {share} ({low} til {high}) stået i båndet “{band}” mindst "
        "{days} dage før; {never} gjorde det aldrig i året før."
    ),
    "picture.lead.days": "Dage før hændelsen",
    "picture.lead.share": "Andel med varsel",
    "picture.lead.mark": "{days}: {share}",
    "picture.misses": "Hvor de stod, før det indtraf",
    "picture.misses.says.one": (
        "{n} af {all}, hvor det indtraf, stod ikke i båndet “{band}” på nogen af disse dage."
    ),
    "picture.misses.says.many": (
        "{n} af {all}, hvor det indtraf, stod ikke i båndet “{band}” på nogen af disse dage."
    ),
    "picture.misses.when": "Dage før",
    "picture.misses.share": "Andel af dem, hvor det indtraf",
    "picture.waiting": "Hvor snart det indtraf, efter bånd",
    "picture.waiting.says": (
        "Efter båndet den {date}: inden for {days} indtraf det hos {of_worst} "
        "af de {n_worst} i “{worst}” og {of_best} af de {n_best} i “{best}”."
    ),
    "picture.waiting.days": "Dage efter",
    "picture.waiting.share": "Andel, hvor det indtraf",
    "picture.flows": "Hvem skiftede bånd",
    "picture.flows.says": (
        "Af {n} {entities} den {date} stod {kept} i samme bånd den {later}; hos {came} var "
        "hændelsen indtruffet."
    ),
    "picture.flows.from": "Fra",
    "picture.flows.gone": "Ikke set på",
    "picture.fan.interval": "{level}-interval",
    "picture.outlook": "Hvad der bliver fornyet",
    "picture.outlook.number": "{Entities}",
    "picture.outlook.says": (
        "Af {now} i dag ventes {lost} at gå tabt ved det, der bliver afgjort til og med den {date} "
        "({level}: {low} til {high}). Nye er ikke med, og ingen ændrede priser."
    ),
    "picture.outlook.cut": "Aksen begynder ikke ved 0.",
    "calibrated.right": (
        "Forudsigelser ud fra scoren alene holdt, så vidt det kan ses, så ofte som sagt: hældning "
        "{slope}, {low} til {high}; 1 er rigtigt."
    ),
    "calibrated.far": (
        "Forudsigelser ud fra scoren alene gik for langt til begge sider: hældning {slope}, {low}"
        " til {high}; 1 er rigtigt."
    ),
    "calibrated.near": (
        "Forudsigelser ud fra scoren alene var for forsigtige: hældning {slope}, {low} til {high};"
        " 1 er rigtigt."
    ),
    "data": "Dataene bag",
    "data.caption": "Hvor frisk hver kilde er",
    "data.source": "Kilde",
    "data.newest": "Nyeste fakta",
    "data.age": "Alder",
    "data.fresh": "Forældet efter",
    "data.state": "Tilstand",
    "data.fresh_yes": "Frisk",
    "data.fresh_no": "Forældet",
    "data.fresh_open": "Uden grænse",
    "data.fresh_none": "Ingen fakta",
    "data.rows": "Læste rækker",
    "data.rejected": "Afvist",
    "data.coverage": "I gennemsnit har {share} af vægten en værdi.",
    "data.covered.one": "{n} {entity} ligger under de {least}, som et bånd kræver.",
    "data.covered.many": "{n} {entities} ligger under de {least}, som et bånd kræver.",
    "data.doubt": "Det bør man tvivle på",
    "data.no_doubt": "Intet falder i øjnene: hver kilde er frisk, og hvert mål har værdier.",
    "doubt.stale": (
        "{source}: de nyeste fakta er {age} gamle, grænsen er {fresh}. Kildens mål er udeladt."
    ),
    "doubt.empty": "{source}: der er ingen fakta før denne dag.",
    "doubt.thin": "{measure}: kun {share} af {entities} har en værdi.",
    "doubt.strangers": "{source}: nogle fakta har en ukendt nøgle; de tæller ikke med hos nogen.",
    "doubt.rejected.one": "{source}: {n} række kunne ikke læses ({share}).",
    "doubt.rejected.many": "{source}: {n} rækker kunne ikke læses ({share}).",
    "doubt.today": "På tidligere dage regnes {names}, som de er i dag.",
    "doubt.worth.one": "{n} {entity} uden værdi indgår ikke i nogen sum.",
    "doubt.worth.many": "{n} {entities} uden værdi indgår ikke i nogen sum.",
    "reading": "Sådan læses siden",
    "reading.score": (
        "Scoren går fra 0 til 100, og 100 er altid sundt: hvert mål giver point, mål danner"
        " dimensioner, og vægtede dimensioner giver scoren."
    ),
    "reading.band": "Et bånd er et interval af scorer; form, ord og farve siger altid det samme.",
    "reading.smooth": (
        "Scoren er et gennemsnit over {days} dage: i dag tæller mest, og halvt så meget for hver "
        "{half_life} dage tilbage."
    ),
    "reading.zone": (
        "Båndet skifter først, når scoren er {points} point forbi grænsen, så det ikke flimrer. En "
        "regel (cap) virker straks."
    ),
    "reading.coverage": (
        "Dækning er den andel af vægten, der har en egen værdi; under {least} er båndet ukendt, "
        "for et gæt er ingen dom."
    ),
    "reading.cap": (
        "En regel (cap) holder scoren nede, så længe noget alvorligt står på, hvor godt resten end"
        " ser ud."
    ),
    "footer": "Lavet med Salus {version}. Filen er komplet: den beder ikke nettet om noget.",
}

DANISH = Format(
    language="da",
    decimal=",",
    group=".",
    percent=FIXED + "%",
    million="mio.",
    billion="mia.",
    long="{day}. {name} {year}",
    short="{day:02d}.{month:02d}.{year}",
    month="{brief} {year}",
    months=(
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ),
    brief_months=(
        "jan.",
        "feb.",
        "mar.",
        "apr.",
        "maj",
        "jun.",
        "jul.",
        "aug.",
        "sep.",
        "okt.",
        "nov.",
        "dec.",
    ),
    many=many,
    texts=TEXTS,
    findings=FINDINGS,
    labels=LABELS,
)
