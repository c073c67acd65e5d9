"""Names of companies without what tools write differently: case, marks, signs and legal forms."""

from __future__ import annotations

import re

from salus.model.key_functions.letters import BARE, BLANKS, MARKS, PAIRS, WRITTEN_APART

LONGEST = 400  # characters that are read
# signs that are left out, so that `G.m.b.H.` is `GmbH`; every other sign is a blank
DROPPED = ".'’‘`´ʼ′\u00ad" + MARKS
SEPARATORS = (
    BLANKS + '!"#$%&()*+,-/:;<=>?@[\\]^_{|}~¡¢£¤¥¦§¨©«¬®¯°±¶·¸»¿×÷–—―‐‑‒„“”‚‛‟‹›…•™、。・（）＆'
)
_FORMS_BY_COUNTRY = {
    "de": """gmbh mbh ggmbh ag gag kg kgaa ohg ug ek ev eg gbr partg partgmbb se haftungsbeschraenkt
        e-k e-kfm ekfm e-kfr ekfr e-v e-g g-m-b-h m-b-h a-g k-g part-g-mbb vvag i-g i-gr i-l
        gesellschaft-mit-beschraenkter-haftung aktiengesellschaft kommanditgesellschaft co-kg
        und-co u-co cie und-cie""",
    "at, ch": "gesmbh ges-mbh ges-m-b-h og keg eu e-u sagl gmbh-srl",
    "dk": "aps as a-s ivs i-s k-s p-s amba a-m-b-a fmba smba aktieselskab anpartsselskab og-co",
    "se": "ab hb kb publ aktiebolag aktiebolaget handelsbolag kommanditbolag ek-foer och-co",
    "no": "as asa ans da enk nuf sa ks ba aksjeselskap allmennaksjeselskap a-s-a",
    "fi": "oy oyj ky ab-oy",
    "nl, be": "bv nv vof cv b-v n-v v-o-f c-v bvba sprl srl besloten-vennootschap en-co",
    "uk": "ltd limited plc llp lp l-l-p p-l-c l-t-d cic pty pte pvt public-limited-company",
    "us": """inc incorporated corp corporation llc l-l-c lllp pllc pc co company i-n-c and-co
        and-company""",
    "fr": """sa sas sasu sarl eurl sci snc scs sca scop selarl gie s-a s-a-s s-a-s-u s-a-r-l sa-rl
        e-u-r-l s-n-c societe-anonyme et-cie et-compagnie""",
    "es": "sl slu sau sll slp scl s-l s-l-u s-a-u s-l-l sociedad-limitada sociedad-anonima cia y-cia",
    "it": "spa srl srls sapa scarl s-p-a s-r-l s-r-l-s s-a-p-a societa-per-azioni",
    "others": "sro s-r-o doo d-o-o kft zrt sp-z-oo sp-z-o-o spzoo",
}
FORMS = tuple(
    sorted(
        {form.replace("-", " ") for forms in _FORMS_BY_COUNTRY.values() for form in forms.split()},
        key=lambda form: (-len(form), form),
    )
)
_FIRST = ("aktiebolaget", "aktieselskabet", "gmbh", "sarl", "sas", "ab", "oy", "sa", "ag")
# At most a few in a row: a pattern without a limit takes for ever on a text made to match badly.
# A name that is nothing but legal forms keeps the first of them.
AT_END = f"( ({'|'.join(FORMS)})){{1,5}}$"
AT_START = f"^({'|'.join(_FIRST)}) "

_TABLE = str.maketrans(
    {**BARE, **dict.fromkeys(SEPARATORS, " ")},
)
_DROP = str.maketrans("", "", DROPPED)


def company(name: str) -> str | None:
    """The name of a company without case, marks, signs and legal forms; None if nothing is left.

    >>> company("Nordwind GmbH & Co. KG"), company("MÜLLER Ångström A/S"), company(" ... ")
    ('nordwind', 'mueller aangstroem', None)
    """
    text = name[:LONGEST].translate(_TABLE)
    for letters in (WRITTEN_APART, PAIRS):
        for pair, both in letters.items():
            text = text.replace(pair, both)
    text = text.translate(_DROP)
    text = text.replace(" ", "<>").replace("><", "").replace("<>", " ").strip(" ")
    return re.sub(AT_START, "", re.sub(AT_END, "", text)) or None
