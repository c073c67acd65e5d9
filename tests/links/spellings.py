"""Names of customers as tools write them: companies, addresses, URLs and ids, well formed or not."""

from __future__ import annotations

import unicodedata
from random import Random

NAMES = """Nordwind|Müller & Söhne|Ærø Energi|Smørrebrød København|Ångström Mätteknik|Señor Ñandú|
L’Oréal|Société Générale|Żabka Łódź|Ščepanović|Ελληνικά Τρόφιμα|Северный Ветер|株式会社サンプル|Straße|
O'Brien|Coca-Cola|3M|A.P. Møller|Crédit d'Été|İstanbul Ticaret|Œuvre|Þórr|Data|Ford Motor|ALL CAPS|
Ĳssel|Ǽther|Đà Nẵng|Città Metropolitana|Peña Nieto|Weiß|Groß-Gerau""".replace("\n", "").split("|")
FORMS = """GmbH|GmbH & Co. KG|G.m.b.H.|AG|e.V.|KGaA|UG (haftungsbeschränkt)|Ges.m.b.H.|OG|Sàrl|A/S|ApS|
I/S|AB|AB (publ)|HB|AS|ASA|B.V.|BV|N.V.|Ltd|Ltd.|Limited|PLC|LLP|Inc.|, Inc.|Corp.|LLC|L.L.C.|Co.|
S.A.|S.A.S.|SARL|S.à r.l.|& Cie|S.L.|SL|S.A.U.|S.p.A.|S.r.l.|SRL|Oy|Sp. z o.o.|s.r.o.|Pty Ltd|""".replace(
    "\n", ""
).split("|")
HOSTS = """nordwind.de|WWW.Nordwind.DE|müller-söhne.de|shop.nordwind.co.uk|xn--mller-kva.de|gmail.com|
GMX.de|nordwind|10.0.0.1|nordwind.de.|a..b|www.www.de|nordwind.museum|web.de""".replace(
    "\n", ""
).split("|")
ADDRESSES = (
    "{h}", "anna@{h}", "Anna Berg <Anna.Berg@{h}>", "https://{h}/shop?x=a@b.de", "http://{h}:8080",
    "//{h}/x", "mailto:info@{h}?subject=hi", "https://user:pw@{h}/a", "a@{h}, b@nordwind.com",
    "{h}:443", "<info@{h}>", "'info@{h}'", "https://medium.com/@{h}", "@", "a@", "ftp://{h}#top",
)  # fmt: skip
IDS = ("001Gk00000AbCdE", "001Gk00000AbCdEIAZ", "007", "0007", "7", "7.0", "C-00042", "42", "DE 42",
       "0", "", "-", "12345678901234567890", "٣٤", "1e5")  # fmt: skip
BLANKS = ("", "", "", " ", "  ", "\t", "\n", "\u00a0", "\u200b", "\ufeff", "\u2028", "\r\n", "\x85")
SIGNS = ".,-/&()'\"’<>@:;|\\*+?^$%_ \u0301\u0308\u030a"


def spelling(random: Random) -> str | None:
    """One name, in one of the ways that tools write it."""
    pick = random.choice
    kind = random.random()
    if kind < 0.02:
        return None
    if kind < 0.55:
        name = f"{pick(NAMES)}{pick((' ', ' ', '  ', ', ', ''))}{pick(FORMS)}"
        if random.random() < 0.1:
            name = f"{pick(('AB', 'SARL', 'S.A.S.', 'Firma'))} {name}"
    elif kind < 0.8:
        name = pick(ADDRESSES).format(h=pick(HOSTS))
    elif kind < 0.93:
        name = pick(IDS)
    else:
        name = "".join(pick(SIGNS + "aAäÄoOsS0 ") for _ in range(random.randint(0, 12)))
    name = pick((str, str, str.upper, str.lower, str.title))(name)
    if max(name, default="") < "\u2fff":  # letters of other scripts stay as they are composed
        name = pick((str, str, lambda text: unicodedata.normalize("NFD", text)))(name)
    if random.random() < 0.05:
        name *= random.randint(2, 60)
    return f"{pick(BLANKS)}{name}{pick(BLANKS)}"


def spellings(seed: int, count: int) -> list[str | None]:
    """Many names, some more than once."""
    random = Random(seed)
    return [spelling(random) for _ in range(count)]
