"""Texts of the report in Danish."""

from __future__ import annotations

from salus.channels.words.format import FIXED

TEXTS = {
    "title": "Sundhedsscore for {entities}",
    "as_of": "Pr. {date}",
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
    "within.one": " inden for {n}" + FIXED + "dag",
    "within.many": " inden for {n}" + FIXED + "dage",
    "yes": "ja",
    "no": "nej",
    "lead.at_risk.one": "{n} af {all} {entities} er i risikozonen.",
    "lead.at_risk.many": "{n} af {all} {entities} er i risikozonen.",
    "lead.at_risk_money.one": (
        "{n} af {all} {entities} er i risikozonen, svarende til {money} af {total}."
    ),
    "lead.at_risk_money.many": (
        "{n} af {all} {entities} er i risikozonen, svarende til {money} af {total}."
    ),
    "lead.band.one": "{n} af {all} {entities} ligger i båndet “{band}”.",
    "lead.band.many": "{n} af {all} {entities} ligger i båndet “{band}”.",
    "lead.band_money.one": (
        "{n} af {all} {entities} ligger i båndet “{band}”, svarende til {money} af {total}."
    ),
    "lead.band_money.many": (
        "{n} af {all} {entities} ligger i båndet “{band}”, svarende til {money} af {total}."
    ),
    "lead.none": "Ingen af {all} {entities} ligger i båndet “{band}”.",
    "lead.moved": (
        "I de seneste {days} dage er {fell} faldet til et dårligere bånd, og {rose} er steget "
        "til et bedre."
    ),
    "lead.by_model.one": "{n} har kun skiftet bånd, fordi en anden model nu gælder.",
    "lead.by_model.many": "{n} har kun skiftet bånd, fordi en anden model nu gælder.",
    "lead.unknown.one": "{n} har for få data til et bånd.",
    "lead.unknown.many": "{n} har for få data til et bånd.",
    "lead.stale.one": "{n} kilde har ingen nye data; dens indikatorer er udeladt.",
    "lead.stale.many": "{n} kilder har ingen nye data; deres indikatorer er udeladt.",
    "figure.mean": "Gennemsnitlig score",
    "figure.money": "{Amount} i båndet",
    "figure.money_at_risk": "{Amount} i risikozonen",
    "figure.moved": "Skiftede bånd",
    "figure.share": "{share} af alle {entities}",
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
    "bands.money": "{Amount}",
    "bands.money_in": "{Amount}, {currency}",
    "bands.change": "Seneste {days}" + FIXED + "dage",
    "bands.from": "fra {low}",
    "bands.below": "under {high}",
    "bands.between": "{low} til under {high}",
    "bands.unknown": "for få data",
    "bands.by_number": "{Entities}",
    "bands.by_money": "{Amount}",
    "bands.bar": "Hvert bånds andel efter antal",
    "bands.money_bar": "Hvert bånds andel efter {amount}",
    "bands.part": "{band}: {share}",
    "histogram": "Sådan fordeler scorerne sig",
    "histogram.conclusion": "Halvdelen ligger mellem {low} og {high}; medianen er {median}.",
    "histogram.none": "Ingen har en score.",
    "histogram.bin": "{low} til {high}: {n}",
    "trend": "Måned for måned",
    "trend.up": "På {months} måneder er den gennemsnitlige score steget fra {first} til {last}.",
    "trend.down": "På {months} måneder er den gennemsnitlige score faldet fra {first} til {last}.",
    "trend.same": "Den gennemsnitlige score har ligget på {last} i {months} måneder.",
    "trend.bands": "Hvert bånds andel",
    "trend.mean": "Gennemsnitlig score",
    "trend.numbers": "Vis tallene",
    "trend.month": "Dato",
    "trend.as_it_was": "Alle datoer er beregnet med dagens model og de data, man kendte dengang.",
    "attention": "{Entities}, der først kræver opmærksomhed",
    "attention.order": (
        "Først alle i “{band}”, højeste {amount} først. Derefter de øvrige efter {amount} × "
        "(100 − score), højeste resultat først."
    ),
    "attention.order_soon": (
        "Først alle i “{band}”: dem med en beslutning inden for {n} dage, så de andre, højeste "
        "{amount} først. Derefter de øvrige efter {amount} × (100 − score), højeste resultat "
        "først."
    ),
    "attention.order_score": (
        "Først alle i “{band}”, laveste score først, så de øvrige. Modellen har intet beløb, så "
        "det spiller ingen rolle her."
    ),
    "attention.more_at_risk.one": (
        "Der er {n} mere i “{band}”, som ikke vises her; `salus score --out scores.csv` viser alle."
    ),
    "attention.more_at_risk.many": (
        "Der er {n} flere {entities} i “{band}”, som ikke vises her; `salus score --out "
        "scores.csv` viser alle."
    ),
    "attention.more.one": "{n} mere i bedre bånd vises ikke her.",
    "attention.more.many": "{n} flere {entities} i bedre bånd vises ikke her.",
    "attention.decision.one": "beslutning om {n} dag",
    "attention.decision.many": "beslutning om {n} dage",
    "attention.caption": "De første {n} {entities}",
    "attention.none": "Ingen har en score.",
    "attention.who": "{Entity}",
    "attention.score": "Score",
    "attention.line": "{n} måneder",
    "attention.reason": "Vigtigste årsag",
    "attention.owner": "ansvarlig:",
    "attention.line_text": "Score i de seneste måneder: {first} til {last}",
    "attention.unknown": "kun {share} af dataene",
    "reason.value": "{measure}: {value}",
    "reason.good": "godt: {good}",
    "reason.cost": "koster {points}" + FIXED + "point",
    "reason.nothing": "Intet trækker denne score ned.",
    "reason.cap": "Begrænset til {at_most} af reglen “{cap}”",
    "reason.above": (
        "Dagens værdier alene ville give {points} point mindre; scoren er udjævnet over de "
        "seneste uger"
    ),
    "reason.below": (
        "Dagens værdier alene ville give {points} point mere; scoren er udjævnet over de seneste "
        "uger"
    ),
    "reason.step": "For at nå “{band}”: {steps}",
    "reason.settled": "For at nå “{band}”: {steps}; båndet følger med, når ændringen varer ved",
    "reason.step_change": "{measure}: {before} → {after}",
    "reason.and": " og ",
    "moved": "De største ændringer",
    "moved.falls": "Største fald",
    "moved.rises": "Største stigninger",
    "moved.caption_falls": "Største fald siden {date}",
    "moved.caption_rises": "Største stigninger siden {date}",
    "moved.change": "Ændring",
    "moved.from_to": "Score",
    "moved.no_falls": "Ingen score faldt et point eller mere.",
    "moved.no_rises": "Ingen score steg et point eller mere.",
    "moved.no_past": (
        "Der er ingen tidligere dato at sammenligne med: Den {date} var der endnu ingen {entities}."
    ),
    "cause.measure": "{measure}: {before} → {after}",
    "cause.cap_on": "Reglen “{cap}” begrænser nu scoren",
    "cause.cap_off": "Reglen “{cap}” begrænser ikke længere scoren",
    "cause.lost": "{measure} har ikke længere en værdi",
    "cause.gained": "{measure} har igen en værdi: {after}",
    "cause.weight": "{measure} har en anden vægt end før",
    "cause.model": "Andre vægte gælder, fordi segmentet har ændret sig",
    "cause.smoothing": "Tidligere dage tæller stadig med i den udjævnede score",
    "cause.points": "{points} point",
    "dimensions": "Hvad scoren består af",
    "dimensions.weight": "vægt {share}",
    "dimensions.mean": "i gennemsnit",
    "dimensions.nobody": "ingen har en værdi",
    "dimensions.spread": "Halvdelen ligger mellem {low} og {high}; medianen er {median}.",
    "dimensions.caption": "Indikatorer: {dimension}",
    "dimensions.measure": "Indikator",
    "dimensions.have": "Med værdi",
    "dimensions.usual": "Typisk værdi",
    "dimensions.anchors": "Dårligt → godt",
    "dimensions.points": "Point i gennemsnit",
    "dimensions.strip": "{dimension}: scorernes fordeling fra 0 til 100",
    "proof": "Forudsiger scoren “{outcome}”?",
    "proof.further": "Forudsiger scoren “{score}” “{outcome}”?",
    "proof.rows": (
        "Grundlaget er {rows} rækker: {all} {entities} på {dates} datoer fra {first} til "
        "{last}, hver beregnet med de data, man kendte dengang. “{outcome}” indtraf inden for "
        "{days} dage hos {events} af disse {entities}. 95 %-intervallerne tager højde for, at "
        "der er flere rækker pr. {entity}. Ved færre end {least} rækker vises ingen andel."
    ),
    "proof.warned.one": "{n} fund gør disse tal mindre sikre; `salus validate` viser det.",
    "proof.warned.many": "{n} fund gør disse tal mindre sikre; `salus validate` viser dem.",
    "proof.no_pictures": (
        "Rapporten har ingen diagrammer, fordi udvidelsen “pictures” ikke er installeret. "
        "Installér den med: pip install 'salus[pictures]'. Tabellerne nedenfor viser de samme "
        "tal."
    ),
    "proof.register": "{Entities}, som scoren overså",
    "proof.missed": "Båndet “{band}” overså {missed} af {all} {entities} med “{outcome}”.",
    "proof.limit": "En båndgrænse på {limit} ville have fanget {caught} af dem.",
    "proof.register_note": (
        "{missed} af {all} med “{outcome}” lå ikke i “{band}” på nogen af de tre dage før, der "
        "er undersøgt. De seneste {n}:"
    ),
    "proof.register_none": (
        "Alle med “{outcome}” lå i båndet “{band}” på mindst en af de tre dage før, der er "
        "undersøgt."
    ),
    "proof.on": "Indtraf den",
    "proof.before": "{days} før",
    "proof.lowest": "Svageste indikator dengang",
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
    "data.coverage": (
        "I gennemsnit kommer {share} af vægten i en score fra indikatorer, der har en værdi."
    ),
    "data.covered.one": "{n} {entity} ligger under de {least}, som et bånd kræver.",
    "data.covered.many": "{n} {entities} ligger under de {least}, som et bånd kræver.",
    "data.doubt": "Vær opmærksom på",
    "data.no_doubt": (
        "Intet springer i øjnene: Alle kilder er aktuelle, og alle indikatorer har værdier."
    ),
    "doubt.stale": (
        "{source}: De nyeste data er {age} gamle, men grænsen er {fresh}. Kildens indikatorer "
        "er udeladt."
    ),
    "doubt.empty": "{source}: Der er ingen data før denne dag.",
    "doubt.thin": "{measure}: Kun {share} af alle {entities} har en værdi.",
    "doubt.unknown_keys": (
        "{source}: Nogle rækker har en nøgle, der ikke hører til nogen {entity}; de tæller ikke "
        "med."
    ),
    "doubt.rejected.one": "{source}: {n} række kunne ikke læses ({share}).",
    "doubt.rejected.many": "{source}: {n} rækker kunne ikke læses ({share}).",
    "doubt.today": (
        "For tidligere datoer bruges dagens værdier for {names}, fordi historikken ikke er kendt."
    ),
    "doubt.no_value.one": "{Amount} mangler for {n} {entity}, som ikke indgår i nogen sum.",
    "doubt.no_value.many": "{Amount} mangler for {n} {entities}, som ikke indgår i nogen sum.",
    "reading": "Sådan læser du siden",
    "reading.score": (
        "Scoren går fra 0 til 100, og 100 er altid sundt. Hver indikator giver point, "
        "indikatorerne danner dimensioner, og de vægtede dimensioner giver scoren."
    ),
    "reading.band": "Et bånd er et scoreinterval. Form, navn og farve betyder altid det samme.",
    "reading.smooth": (
        "Scoren er et gennemsnit over {days} dage. Dagen i dag tæller mest; en dag, der ligger "
        "{half_life} dage tilbage, tæller halvt så meget."
    ),
    "reading.zone": (
        "Båndet skifter først, når scoren er {points} point forbi grænsen, så det ikke springer "
        "frem og tilbage. En regel gælder straks."
    ),
    "reading.coverage": (
        "Dækning er den andel af vægten, der kommer fra indikatorer med en egen værdi. Under "
        "{least} er båndet ukendt, fordi scoren mest ville være et gæt."
    ),
    "reading.cap": (
        "En regel begrænser scoren, så længe et alvorligt problem varer, hvor godt resten end er."
    ),
    "footer": ("Lavet med Salus {version}. Filen er komplet og henter intet fra nettet."),
}
