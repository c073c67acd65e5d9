"""Texts of the report in Danish."""

from __future__ import annotations

from salus.channels.words.format import FIXED

TEXTS = {
    "title": "Sundhed for {entities}",
    "title.account": "Kundesundhed",
    "title.customer": "Kundesundhed",
    "as_of": "Opgjort pr. {date}",
    "population.one": "{n} {entity}",
    "population.many": "{n} {entities}",
    "model": "Model {name}, fingeraftryk {fingerprint}",
    "beside": (
        "{n} af dem får til daglig deres score fra modellen {other}; på denne side får alle "
        "deres score fra én model"
    ),
    "since": "Ændringer siden {date}",
    "contents": "På denne side",
    "days.one": "{n}" + FIXED + "dag",
    "days.many": "{n}" + FIXED + "dage",
    "workdays.one": "{n}" + FIXED + "arbejdsdag",
    "workdays.many": "{n}" + FIXED + "arbejdsdage",
    "within.one": " inden for {n}" + FIXED + "dag",
    "within.many": " inden for {n}" + FIXED + "dage",
    "yes": "ja",
    "no": "nej",
    "quoted": "“{text}”",
    "data_word": "“{word}”",
    "outcome.noun": "“{outcome}”",
    "outcome.verb": "havde “{outcome}”",
    "outcome.with": "{entities} med “{outcome}”",
    "outcome.pair": "{entities} med “{outcome}” parvis med dem uden",
    "outcome.those": "dem med “{outcome}”",
    "lead.at_risk.one": "{n} af {all} {entities} er i risikozonen.",
    "lead.at_risk.many": "{n} af {all} {entities} er i risikozonen.",
    "lead.at_risk_money.one": (
        "{n} af {all} {entities} er i risikozonen og står for {money} af i alt {total} ({Amount})."
    ),
    "lead.at_risk_money.many": (
        "{n} af {all} {entities} er i risikozonen; de står for {money} af i alt {total} ({Amount})."
    ),
    "lead.band.one": "{n} af {all} {entities} er på niveauet “{band}”.",
    "lead.band.many": "{n} af {all} {entities} er på niveauet “{band}”.",
    "lead.band_money.one": (
        "{n} af {all} {entities} er på niveauet “{band}” og står for {money} af i alt "
        "{total} ({Amount})."
    ),
    "lead.band_money.many": (
        "{n} af {all} {entities} er på niveauet “{band}”; de står for {money} af i alt "
        "{total} ({Amount})."
    ),
    "lead.none": "Ingen af {all} {entities} er på niveauet “{band}”.",
    "lead.moved": (
        "I de seneste {days} dage er {fell} faldet til et dårligere niveau, og {rose} er "
        "steget til et bedre."
    ),
    "lead.by_model.one": "{n} har kun skiftet niveau, fordi en anden model nu gælder.",
    "lead.by_model.many": "{n} har kun skiftet niveau, fordi en anden model nu gælder.",
    "lead.unknown.one": "{n} har for få data til et niveau.",
    "lead.unknown.many": "{n} har for få data til et niveau.",
    "lead.stale.one": "{n} kilde har ingen nye data; dens indikatorer er udeladt.",
    "lead.stale.many": "{n} kilder har ingen nye data; deres indikatorer er udeladt.",
    "figure.mean": "Gennemsnitlig score",
    "figure.money": "{Amount} på niveauet",
    "figure.money_at_risk": "{Amount} i risikozonen",
    "figure.moved": "Skiftede niveau",
    "figure.share": "{share} af alle {entities}",
    "figure.money_share": "{share} af {total}",
    "figure.change": "{change} på {days} dage",
    "figure.moved_text": "{fell} ned, {rose} op",
    "figure.no_past": "ingen tidligere dag at sammenligne med",
    "figure.no_score": "ingen har en score",
    "bands": "Niveauer",
    "bands.caption": "{Entities} efter niveau",
    "bands.band": "Niveau",
    "bands.range": "Score",
    "bands.number": "{Entities}",
    "bands.share": "Andel",
    "bands.money": "{Amount}",
    "bands.money_in": "{Amount}, {currency}",
    "bands.change": "Netto\u00adændring, {days}" + FIXED + "dage",
    "bands.from": "fra {low}",
    "bands.below": "under {high}",
    "bands.between": "{low} til under {high}",
    "bands.unknown": "for få data",
    "bands.zone": "Niveauet skifter først, når scoren er {points} point forbi grænsen.",
    "bands.zone_example": "Derfor kan {score} stadig være “{band}”.",
    "bands.by_number": "{Entities} fordelt på niveau",
    "bands.by_money": "{Amount} fordelt på niveau",
    "bands.bar": "Hvert niveaus andel efter antal",
    "bands.money_bar": "Hvert niveaus andel efter {amount}",
    "bands.part": "{band}: {share}",
    "histogram": "Sådan fordeler scorerne sig",
    "histogram.conclusion": (
        "Den midterste halvdel af alle {entities} ligger mellem {low} og {high}; den fuldt "
        "optrukne linje er medianen, {median}. Hver søjle dækker 5 point (den højeste: {most})."
    ),
    "histogram.none": "Ingen har en score.",
    "histogram.bin": "{low} til {high}: {n}",
    "trend": "Måned for måned",
    "trend.up": (
        "I de seneste {months} måneder er den gennemsnitlige score steget fra {first} til {last}."
    ),
    "trend.down": (
        "I de seneste {months} måneder er den gennemsnitlige score faldet fra {first} til {last}."
    ),
    "trend.same": "Den gennemsnitlige score har ligget på {last} i {months} måneder.",
    "trend.lowest": "Den laveste var {low} den {date}.",
    "trend.bands": "Hvert niveaus andel",
    "trend.share": "{band} fra {first} til {last}",
    "trend.share_same": "{band} uændret {last}",
    "trend.mean": "Gennemsnitlig score",
    "trend.numbers": "Vis tallene",
    "trend.month": "Dato",
    "trend.as_it_was": (
        "Scoren for hver dato er beregnet med den nuværende model og de data, man kendte "
        "dengang. Undtagelser står under “Forbehold”."
    ),
    "attention": "{Entities}, der kræver opmærksomhed først",
    "attention.first_at_risk": "Først alle {entities} i risikozonen",
    "attention.first_band": "Først alle {entities} på niveauet “{band}”",
    "attention.order": "{first}, højeste {amount} først.",
    "attention.order_soon": (
        "{first}: dem med en beslutning inden for {n} dage, så de andre, i begge grupper højeste "
        "{amount} først."
    ),
    "attention.order_others": (
        "Derefter de øvrige efter {amount} × (100 − score), højeste resultat først."
    ),
    "attention.order_score": (
        "{first}, laveste score først, så de øvrige. Modellen angiver intet beløb; derfor "
        "tæller kun scoren her."
    ),
    "attention.settles": (
        "En regel træder i kraft og ophører med det samme; en ændring i en indikator tæller "
        "først fuldt efter {n} dage."
    ),
    "attention.more_at_risk.one": (
        "Yderligere {n} {entity} i risikozonen er ikke vist her; `salus score --out "
        "scores.csv` viser alle."
    ),
    "attention.more_at_risk.many": (
        "Yderligere {n} {entities} i risikozonen er ikke vist her; `salus score --out "
        "scores.csv` viser alle."
    ),
    "attention.more_band.one": (
        "Yderligere {n} {entity} på niveauet “{band}” er ikke vist her; `salus score --out "
        "scores.csv` viser alle."
    ),
    "attention.more_band.many": (
        "Yderligere {n} {entities} på niveauet “{band}” er ikke vist her; `salus score "
        "--out scores.csv` viser alle."
    ),
    "attention.more.one": "{n} {entity} på et andet niveau er ikke vist her.",
    "attention.more.many": "{n} {entities} på andre niveauer er ikke vist her.",
    "attention.decision.one": "Fornyelse afgøres om {n}" + FIXED + "dag",
    "attention.decision.many": "Fornyelse afgøres om {n}" + FIXED + "dage",
    "attention.ending.one": "Kontrakten udløber om {n}" + FIXED + "dag",
    "attention.ending.many": "Kontrakten udløber om {n}" + FIXED + "dage",
    "attention.caption": "De første {n} {entities}",
    "attention.none": "Ingen har en score.",
    "attention.who": "{Entity}",
    "attention.score": "Score",
    "attention.change": "Seneste {days}" + FIXED + "dage",
    "attention.line": "{n} måneder",
    "attention.reason": "Vigtigste årsag",
    "attention.owner": "ansvarlig:",
    "attention.line_text": "Score i de seneste måneder: fra {first} til {last}",
    "attention.line_same.one": "Score: {last}, ligesom for en måned siden",
    "attention.line_same.many": "Score: {last}, ligesom for {n} måneder siden",
    "attention.unknown": "kun {share} af dataene",
    "reason.value": "{measure}: {value}",
    "reason.good": "godt: {good}",
    "reason.cost": "koster {points}" + FIXED + "point",
    "reason.nothing": "Intet trækker denne score ned.",
    "reason.cap": "Begrænset til {at_most} af reglen “{cap}”",
    "reason.above": (
        "Uden udjævning over de seneste uger ville scoren i dag være {points} point lavere"
    ),
    "reason.below": (
        "Uden udjævning over de seneste uger ville scoren i dag være {points} point højere"
    ),
    "reason.step": "For at nå “{band}”: {steps}",
    "reason.step_change": "{measure} fra {before} til {after}",
    "reason.step_truth": "“{measure}” skal være “{after}”",
    "change.truth": "{measure}: {before}" + FIXED + "→" + FIXED + "{after}",
    "reason.step_most": "{measure} højst {most} (nu {now})",
    "reason.and": " og ",
    "moved": "De største ændringer",
    "moved.falls": "Største fald",
    "moved.rises": "Største stigninger",
    "moved.caption_falls": "Største fald siden {date}",
    "moved.caption_rises": "Største stigninger siden {date}",
    "moved.change": "Ændring",
    "moved.from_to": "Score før" + FIXED + "→ nu",
    "moved.no_falls": "Ingen score faldt et point eller mere.",
    "moved.no_rises": "Ingen score steg et point eller mere.",
    "moved.no_past": (
        "Der er ingen tidligere dato at sammenligne med: Den {date} var der endnu ingen {entities}."
    ),
    "cause.measure": "{measure}: {before}" + FIXED + "→" + FIXED + "{after}",
    "cause.cap_on": "Reglen “{cap}” begrænser nu scoren",
    "cause.cap_off": "Reglen “{cap}” begrænser ikke længere scoren",
    "cause.lost": "“{measure}” har ikke længere en værdi",
    "cause.gained": "“{measure}” har igen en værdi: {after}",
    "cause.weight": "“{measure}” har en anden vægt end før",
    "cause.model": "Andre vægte gælder, fordi segmentet har ændret sig",
    "cause.smoothing_up": "Ældre, svagere dage tæller mindre i den udjævnede score",
    "cause.smoothing_down": "Ældre, stærkere dage tæller mindre i den udjævnede score",
    "cause.points": "{points}" + FIXED + "point",
    "dimensions": "Hvad scoren består af",
    "dimensions.weight": "vægt" + FIXED + "{share}",
    "dimensions.mean": "i gennemsnit",
    "dimensions.nobody": "ingen har data",
    "dimensions.spread": (
        "Den midterste halvdel af alle {entities} ligger mellem {low} og {high}; medianen er "
        "{median}."
    ),
    "dimensions.caption": "Indikatorer: {dimension}",
    "dimensions.measure": "Indikator",
    "dimensions.have": "Med data",
    "dimensions.have_good": "ellers fulde point",
    "dimensions.usual": "Typisk værdi",
    "dimensions.anchors": "Dårligt → godt",
    "dimensions.points": "Point i gennemsnit",
    "dimensions.strip": "{dimension}: scorernes fordeling fra 0 til 100",
    "proof": "Forudsiger scoren {outcome_noun}?",
    "proof.further": "Forudsiger scoren “{score}” {outcome_noun}?",
    "proof.rows": (
        "Grundlaget er {rows} rækker: {all} {entities} på {dates} datoer fra {first} til "
        "{last}, hver vurderet ud fra de data, man kendte dengang, i det omfang de stadig "
        "findes i tabellerne. Rækkerne omfatter {events} {entities}, der {outcome_verb} "
        "inden for de følgende {days} dage (herefter: hændelsen). 95\u00a0%-intervallerne tager "
        "højde for, at der er flere rækker pr. {entity}. Ved færre end {least} rækker vises "
        "ingen andel."
    ),
    "proof.decided": (
        "Hændelsen tæller her fra den dag, den besluttes (som regel ved opsigelsen), og ikke fra "
        "den dag, den får virkning."
    ),
    "proof.warned.one": "{n} fund gør disse tal mindre sikre; `salus validate` viser det.",
    "proof.warned.many": "{n} fund gør disse tal mindre sikre; `salus validate` viser dem.",
    "proof.no_pictures": (
        "Dette afsnit har ingen diagrammer, fordi udvidelsen “pictures” ikke er installeret. "
        "Installér den med `pip install 'salus[pictures]'`. Tabellerne nedenfor viser de "
        "samme tal."
    ),
    "proof.register": "{Entities}, som scoren overså",
    "proof.missed": "Niveauet “{band}” overså {missed} af de {all} {outcome_with}.",
    "proof.limit": (
        "Med en grænse for “{band}” på {limit} i stedet for {now} var {caught} af de {missed} "
        "blevet fanget."
    ),
    "proof.register_note": (
        "{missed} af de {all} {outcome_with} var ikke på niveauet “{band}” på nogen af de tre "
        "dage, der blev undersøgt forinden. De seneste {n}:"
    ),
    "proof.register_none": (
        "Alle {outcome_with} var på niveauet “{band}” på mindst en af de tre dage, der blev "
        "undersøgt forinden."
    ),
    "proof.on": "Dato for hændelsen",
    "proof.before": "{days} før",
    "proof.lowest": "Svageste indikator ved seneste kontrol",
    "proof.points": "{measure}: {points}" + FIXED + "point",
    "data": "Dataene bag scoren",
    "data.caption": "Hvor aktuelle kilderne er",
    "data.source": "Kilde",
    "data.newest": "Nyeste data",
    "data.age": "Alder",
    "data.fresh": "Forældet efter",
    "data.state": "Status",
    "data.fresh_yes": "Aktuel",
    "data.fresh_no": "Forældet",
    "data.fresh_open": "Uden frist",
    "data.fresh_none": "Ingen data",
    "data.rows": "Læste rækker",
    "data.rejected": "Afvist",
    "data.uncounted": (
        "“–” under “Læste rækker”: Antallet af rækker er ikke registreret for denne kilde."
    ),
    "data.coverage": (
        "Dækningen er i gennemsnit {share}: Så stor en del af vægten i en score kommer fra "
        "indikatorer, der er data for."
    ),
    "data.covered.one": "{n} {entity} ligger under de {least}, som et niveau kræver.",
    "data.covered.many": "{n} {entities} ligger under de {least}, som et niveau kræver.",
    "data.doubt": "Forbehold",
    "data.no_doubt": (
        "Intet springer i øjnene: Alle kilder er aktuelle, og alle indikatorer har værdier."
    ),
    "doubt.stale": (
        "{source}: De nyeste data er {age} gamle, men grænsen er {fresh}. Kildens indikatorer "
        "er udeladt."
    ),
    "doubt.empty": "{source}: Der er ingen data før denne dag.",
    "doubt.thin": "{measure}: Der er kun data for {share} af alle {entities}.",
    "doubt.unknown_keys": (
        "{source}: Nogle rækker hører ikke til nogen kendt {entity}; de er udeladt."
    ),
    "doubt.rejected.one": "{source}: {n} række kunne ikke læses ({share}).",
    "doubt.rejected.many": "{source}: {n} rækker kunne ikke læses ({share}).",
    "doubt.today": (
        "For tidligere datoer indgår der delvis dagens værdier i {names}, fordi historikken "
        "ikke er kendt."
    ),
    "doubt.linked": (
        "Rækker, hvis navne ikke fører til nogen kendt {entity} eller fører til flere, er udeladt; "
        "`salus check` tæller dem."
    ),
    "doubt.links.one": (
        "På hver dato fører navne til de samme {entities} som i dag, fordi {n} link ikke har "
        "noget `time`."
    ),
    "doubt.links.many": (
        "På hver dato fører navne til de samme {entities} som i dag, fordi {n} links ikke "
        "har noget `time`."
    ),
    "doubt.lookups.one": (
        "For hver dato bruges dagens rækker fra {n} tabel, som der slås op i uden dato."
    ),
    "doubt.lookups.many": (
        "For hver dato bruges dagens rækker fra {n} tabeller, som der slås op i uden dato."
    ),
    "doubt.owners": (
        "Ansvarlige vises som id’er: for at se navne skal `owner` i salus.yaml angive en "
        "kolonne med navne."
    ),
    "doubt.no_value.one": "{Amount} mangler for {n} {entity}, som ikke indgår i nogen sum.",
    "doubt.no_value.many": "{Amount} mangler for {n} {entities}, som ikke indgår i nogen sum.",
    "reading": "Sådan læser du siden",
    "reading.score": (
        "Scoren går fra 0 til 100, og 100 er altid bedst. Hver indikator giver point, "
        "indikatorerne danner dimensioner, og de vægtede dimensioner giver scoren."
    ),
    "reading.band": ("Et niveau er et scoreinterval. Form, navn og farve betyder altid det samme."),
    "reading.smooth": (
        "Scoren er et gennemsnit over {days} dage. Dagen i dag tæller mest; en dag, der ligger "
        "{half_life} dage tilbage, tæller halvt så meget."
    ),
    "reading.zone": (
        "Niveauet skifter først, når scoren er {points} point forbi grænsen, så det ikke "
        "springer frem og tilbage. En regel slår igennem med det samme."
    ),
    "reading.coverage": (
        "Dækning er den andel af vægten, der kommer fra indikatorer, som der er data for. "
        "Under {least} er niveauet ukendt, fordi scoren mest ville være et gæt."
    ),
    "reading.missing": (
        "Mangler der data for en indikator, fordeles dens vægt på de andre; en indikator kan "
        "så koste flere point, end den viste vægt tyder på."
    ),
    "reading.cap": (
        "En regel begrænser scoren, så længe et alvorligt problem står på, uanset hvor "
        "godt resten ser ud."
    ),
    "footer": ("Lavet med Salus {version}. Filen er komplet og henter intet fra nettet."),
}
