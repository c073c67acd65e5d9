"""Providers of free e-mail: their domains say nothing about the company of an address."""

from __future__ import annotations

_PROVIDERS = """
gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.dk
outlook.at outlook.be outlook.com.br outlook.jp outlook.ie hotmail.com hotmail.co.uk hotmail.de
hotmail.fr hotmail.es hotmail.it hotmail.nl hotmail.se hotmail.dk hotmail.no hotmail.be
hotmail.ch hotmail.at live.com live.co.uk live.de live.fr live.nl live.se live.dk live.no
live.it live.be live.at live.ie live.ca msn.com passport.com windowslive.com yahoo.com
yahoo.co.uk yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.se yahoo.dk yahoo.no yahoo.nl yahoo.at
yahoo.ca yahoo.ie yahoo.com.au yahoo.com.br yahoo.co.in yahoo.co.jp ymail.com rocketmail.com
aol.com aol.de aol.co.uk aol.fr aim.com icloud.com me.com mac.com gmx.de gmx.net gmx.at gmx.ch
gmx.com gmx.org gmx.eu gmx.fr gmx.es gmx.co.uk gmx.us gmx.biz gmx.info web.de t-online.de
freenet.de arcor.de mail.de email.de posteo.de posteo.net posteo.org mailbox.org kabelmail.de
unitybox.de vodafone.de vodafonemail.de online.de 1und1.de magenta.de o2mail.de o2online.de
alice-dsl.de alice.de netcologne.de ewetel.net ewe.net htp-tel.de osnanet.de emailn.de
directbox.com aon.at chello.at a1.net liwest.at kabsi.at inode.at utanet.at bluewin.ch
bluemail.ch hispeed.ch sunrise.ch swissonline.ch proton.me protonmail.com protonmail.ch pm.me
tutanota.com tutanota.de tuta.io tuta.com tutamail.com keemail.me hushmail.com hey.com
fastmail.com fastmail.fm zoho.com zohomail.com zohomail.eu mail.com email.com usa.com inbox.com
mail.ru bk.ru list.ru inbox.ru internet.ru yandex.ru yandex.com ya.ru rambler.ru ukr.net
laposte.net orange.fr wanadoo.fr free.fr sfr.fr neuf.fr bbox.fr numericable.fr club-internet.fr
aliceadsl.fr voila.fr libero.it virgilio.it alice.it tin.it tim.it tiscali.it fastwebnet.it
inwind.it iol.it email.it telefonica.net terra.es ono.com wanadoo.es movistar.es btinternet.com
btopenworld.com virginmedia.com ntlworld.com blueyonder.co.uk sky.com talktalk.net tiscali.co.uk
o2.co.uk plusnet.com uwclub.net comcast.net verizon.net att.net sbcglobal.net bellsouth.net
cox.net charter.net earthlink.net juno.com netzero.net optonline.net roadrunner.com rogers.com
shaw.ca sympatico.ca telus.net bigpond.com bigpond.net.au optusnet.com.au telia.com telia.se
spray.se bredband.net comhem.se home.se passagen.se swipnet.se online.no broadpark.no getmail.no
frisurf.no mail.dk jubii.dk ofir.dk tdcadsl.dk stofanet.dk youmail.dk webspeed.dk privat.dk
ziggo.nl kpnmail.nl kpnplanet.nl planet.nl home.nl xs4all.nl hetnet.nl casema.nl chello.nl
quicknet.nl upcmail.nl zonnet.nl skynet.be telenet.be proximus.be scarlet.be wp.pl o2.pl onet.pl
op.pl interia.pl gazeta.pl seznam.cz centrum.cz email.cz atlas.cz freemail.hu citromail.hu
uol.com.br bol.com.br terra.com.br ig.com.br qq.com 163.com 126.com sina.com yeah.net naver.com
hanmail.net daum.net rediffmail.com mailinator.com yopmail.com guerrillamail.com
"""
FREE_MAIL = frozenset(_PROVIDERS.split())
