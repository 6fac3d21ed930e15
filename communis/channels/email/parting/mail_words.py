"""The words that mail programs put around what they quote, in the languages they speak.

All are in lower case. A word is here because a program writes it, never because a mail in a test holds it. The rules
that use them (``header_blocks``, ``attributions``, ``separators``, ``signatures``) hold for other languages too, where
an address and a date tell enough.
"""


def _words(*lines: str) -> frozenset[str]:
    """Words and phrases, parted by commas."""
    return frozenset(word.strip() for line in lines for word in line.split(",") if word.strip())


# What stands before the colon in the lines that repeat whom a mail was from, and the rest.
SENDER = _words(
    "from, från, avsändare, fra, frå, avsender, afsender, lähettäjä, frá, sendandi",
    "von, absender, de, expéditeur, da, mittente, remitente, remetente, van, de la, saatja, kellelt",
    "od, nadawca, šalje, odesílatel, odosielateľ, pošiljatelj, feladó, от, от кого, від, від кого, no, nuo, από",
    "kimden, gönderen, 差出人, 发件人, 寄件者, 보낸 사람",
)
DATE = _words(
    "sent, date, skickat, skickades, datum, sendt, dato, lähetetty, päivämäärä, päiväys, dags, dagsetning",
    "dată, gesendet, envoyé, envoyé le, message du, le, inviato, data, enviado, enviada, enviado el, enviado em",
    "enviada em, fecha, verzonden, trimis, saadetud, kuupäev, wysłano, odesláno, odoslané, poslano, dátum",
    "küldve, elküldve, отправлено, дата, надіслано, nosūtīts, išsiųsta, ημερομηνία, gönderildi, tarih",
    "日付, 送信日時, 日期, 发送时间, 傳送時間, 날짜, 보낸 날짜",
)
RECIPIENT = _words(
    "to, till, mottagare, til, mottaker, modtager, vastaanottaja, vastaanottajat, viðtakandi",
    "an, empfänger, à, a, pour, destinataire, per, destinatario, para, aan, către, adressaat, kellele, saaja",
    "do, adresat, komu, pre, za, prima, címzett, кому, для, kam, προς, kime, alıcı, 宛先, 收件人, 받는 사람",
)
COPY = _words(
    "cc, kopia, kopia till, kopi, kopi til, kopio, afrit, kopie, kopie (cc), copie, copie à, copia, cópia",
    "copia per conoscenza, dw, kopija, kópia, másolat, másolatot kap, копия, копія, koopia, bilgi, ct, 抄送, 참조",
    "bcc, blindkopia, hemlig kopia, dold kopia, blindkopi, skjult kopi, piilokopio, blindkopie, copie cachée",
)
SUBJECT = _words(
    "subject, ämne, emne, aihe, efni, betreff, objet, sujet, oggetto, asunto, assunto, onderwerp, subiect",
    "teema, temat, předmět, predmet, naslov, zadeva, tárgy, тема, temats, tema, θέμα, konu, 件名, 主题, 主旨, 제목",
)
OTHER_HEADER = _words(
    "reply-to, reply to, svara till, svar til, vastaus, vastausosoite, antwort an, répondre à, message-id",
    "importance, priority, prioritet, prioriteetti, tärkeys, viktighet, priorität, attachments, bilagor",
    "bifogade filer, bifogad fil, vedlegg, vedhæftede filer, liitteet, anlagen, pièces jointes, organization",
    "organisation, newsgroups, categories, kategorier, resent-from, sensitivity, känslighet",
)

# The word for having written, in the line above a quote.
WROTE = _words(
    "wrote, writes, skrev, skriver, kirjoitti, kirjoittaa, skrifaði, schrieb, schreibt, écrit, écrivait, schreef",
    "schrijft, geschreven, escribió, scritto, escreveu, scris, kirjutas, napisał, napisała, napisał(a), pisze",
    "napsal, napsala, napsal(a), napísal, napísala, napísal(a), napisao, napisala, je napisao, je napisala, írta",
    "написал, написала, написал(а), пишет, писал, писала, написав, написала, rakstīja, rašė, έγραψε, написа",
    "yazdı, yazmış, 写道, 寫道, のメッセージ",
    "quoting, citerar, citerer, siterer, zitat, citando, cito",
)
# What may stand between that word and the colon.
FOLLOWING = _words("følgende, följande, seuraavaa, the following, ce qui suit, folgendes, het volgende, ezt")

# Whoever repeats what she wrote herself.
ONESELF = _words("jag, vi, jeg, eg, minä, me, i, we, ich, wir, je, nous, ik, ég")

# Beginnings of words in the line between one's own words and a mail that was forwarded ...
FORWARDED = _words(
    "forward, vidarebefordra, vidaresän, videresend, videresendt, välite, áframsen, weitergeleit, weiterleit",
    "transfér, transmis, réexpéd, faire suivre, doorgest, doorstur, reenvia, reencaminha, encaminha, inoltra",
    "redirecț, redirecţ, edastat, edasi saad, przesłan, przekaz, přepos, prepos, proslij, prosljeđ, posredovan",
    "továbbít, letilmiş, yönlendiril, пересл, пересыл, пересил, переадрес, перенаправл",
    "pārsūt, persiųs, προωθ, iletil, 転送, 转发, 轉寄, 전달",
)
# ... or one that was answered ...
ORIGINAL = _words(
    "original, ursprunglig, opprinnelig, oprindelig, alkuperäi, upprunaleg, ursprünglich, d'origine, d’origine",
    "oorspronkelij, mensaje origin, oryginal, původn, pôvodn, izvorn, izvirn, eredeti, исходн, оригинал, orijinal",
    "algne, sākotn, pradin, πρωτότυπ, 原始, 元のメッセージ, 원본",
)
# ... and the word for a mail beside it, where no dashes stand around them.
MESSAGE = _words(
    "message, meddelande, brev, mejl, melding, meddelelse, besked, viesti, sähköpost, skeyti, nachricht",
    "bericht, mensaje, messaggio, mensagem, mesaj, wiadomo, zpráv, správ, poruk, sporočil, üzenet",
    "сообщени, повідомленн, vēstul, laišk, levél, лист, kiri, e-mail, e-post, mail, ileti",
    "メッセージ, 邮件, 郵件, 메시지",
)
# What a program puts before the subject of a mail that is forwarded, and of one that is an answer.
FORWARDED_SUBJECT = _words(
    "fwd, fw, vb, vs, vl, fs, wg, tr, i, rv, enc, doorst, pd, pr, trs, yml, edasi, ilt, i̇lt, πρθ, пер",
    "転送, 转发, 轉寄",
)
ANSWERED_SUBJECT = _words(
    "re, sv, vs, svar, vast, aw, antw, antwoord, rép, ref, r, rif, odp, res, ynt, vá, απ, на, отв, 回复"
)

# How a mail is ended: what follows is a name and how to reach her.
CLOSINGS = _words(
    "med vänlig hälsning, med vänliga hälsningar, med vänlig hälsn, vänlig hälsning, vänliga hälsningar",
    "med bästa hälsningar, bästa hälsningar, bästa hälsning, hälsningar, hälsning, hälsn, mvh, m.v.h, mvh., vh",
    "varma hälsningar, hjärtliga hälsningar, många hälsningar, soliga hälsningar, trevlig helg önskar, vänligen",
    "med hälsning, kram, kramar, bästa hälsn, hälsar, allt gott, allt gott önskar, högaktningsfullt",
    "med vennlig hilsen, med vennleg helsing, vennlig hilsen, med hilsen, beste hilsen, beste hilsener, hilsen",
    "helsing, helsing frå, de beste hilsener, klem, med beste hilsen, med beste hilsener, varm hilsen, ha det bra",
    "med venlig hilsen, venlig hilsen, med venlige hilsner, venlige hilsner, de bedste hilsner, bedste hilsner",
    "bedste hilsen, mange hilsner, kærlig hilsen, kærlige hilsner, hilsner, kh, bh, med kærlig hilsen, dbh, v.h",
    "ystävällisin terveisin, ystävällisesti, parhain terveisin, terveisin, lämpimin terveisin, terv, t, yt, kt",
    "yst. terv, yst.terv, yst terv, kunnioittavasti, terveiset, terkuin, terkkuja, terveisiä, ystävällisin terv",
    "best regards, kind regards, kindest regards, warm regards, with kind regards, many regards, regards, best",
    "best wishes, all the best, sincerely, yours sincerely, yours truly, yours faithfully, cheers, br, kr",
    "mit freundlichen grüßen, mit freundlichen grüssen, mit besten grüßen, freundliche grüße, viele grüße",
    "beste grüße, liebe grüße, herzliche grüße, schöne grüße, mfg, lg, vg, gruß, grüße",
    "cordialement, bien cordialement, bien à vous, bien à toi, salutations, sincères salutations, amicalement",
    "met vriendelijke groet, met vriendelijke groeten, vriendelijke groet, groeten, groetjes, mvg",
    "un saludo, saludos, saludos cordiales, atentamente, cordiali saluti, distinti saluti, saluti, atenciosamente",
    "cumprimentos, atenciosament, z poważaniem, pozdrawiam, lugupidamisega, с уважением, kveðja, bestu kveðjur",
)
# What may stand between the closing words and the name.
FROM_WHOM = _words("från, fra, from, gm, genom, önskar, av, af, frå")

# How the line begins that a telephone or a program puts below a mail, about itself.
DEVICES = _words(
    "skickat från, skickat med, skickad från, skickades från, skickat via, sänt från, hämta outlook, skaffa outlook",
    "sendt fra, sendt med, sendt via, sendt frå, få outlook, skaff deg outlook, hent outlook, skaff outlook",
    "lähetetty, hanki outlook, hanki ios, hanki android, hae outlook",
    "sent from, sent with, sent via, sent using, get outlook, get yahoo, von meinem, gesendet von, gesendet mit",
    "gesendet aus, outlook für, holen sie sich outlook, diese nachricht wurde von meinem, envoyé de, envoyé depuis",
    "envoyé à partir, envoyé avec, télécharger outlook, obtenez outlook, verstuurd vanaf, verzonden vanaf",
    "verzonden met, verstuurd met, download outlook, enviado desde, enviado con, obtener outlook, enviado do",
    "enviado via, obter o outlook, obter outlook, inviato da, inviato con, ottieni outlook, scarica outlook",
    "wysłane z, wysłano z, pobierz outlook, pobierz aplikację, odesláno z, odoslané z, poslano z, отправлено с",
    "отправлено из, надіслано з, saadetud minu, trimis de pe, küldve, sent fra, sendt úr",
)

# What is known from these beginnings of words, where no name with a capital letter stands in that line.
DEVICE_KINDS = _words(
    "telefon, mobil, puhelim, kännyk, phone, handy, téléphone, surfplatta, nettbrett, tablet, tabletti, laitte"
    ", enhet, enhed, device, gerät, toestel, dispositiv, móvil, celular, komórk, smartphone, smarttelefon"
)

# How a postscript begins, without the marks after it.
POSTSCRIPT = _words("ps, p.s, pps, p.p.s")

# Beginnings of words that footers about secrecy are made of: they begin with this mail, and one word of each of two
# groups follows. Those about personal data stand below a signature, and go with it.
THIS = _words(
    "detta, det här, denna, den här, denne, dette, tämä, this, diese, ce, cet, cette, dit, deze, questo, este, esta"
)
FOOTER_GROUPS = (
    _words(
        "konfidentiell, sekretess, fortrolig, taushetsbelagt, luottamuksel, salassapit, confidential, privileged",
        "vertraulich, confidentiel, vertrouwelijk, confidencial, riservat, poufne",
    ),
    _words(
        "avsedd, avsett, adressat, mottagare, mottaker, modtager, ment for, tiltenkt, bestemt for, tarkoitettu",
        "vastaanottaja, recipient, intended, addressee, empfänger, destinataire, geadresseerde, destinatari",
    ),
    _words(
        "av misstag, fel mottagare, felaktigt, ved en feil, ved en fejl, rette modtager, rette mottaker",
        "erehdyksessä, vahingossa, by mistake, in error, irrtümlich, par erreur, per errore",
    ),
    _words(
        "radera, ta bort meddelandet, förstöra, slette, sletter, tuhoa, poista, delete, destroy, löschen, vernichten",
    ),
)
