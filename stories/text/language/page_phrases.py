"""The words by which pages that are not the page give themselves away, in the more widely read languages.

All in lower case with straight apostrophes. A long page may speak of any of these; so they are looked for in
titles, short lines and short texts only.
"""

from __future__ import annotations

import re

from stories.text.language.word_lists import words_in

# These speak of the page itself: enough by themselves in a title or a short line.
PAGE_NOT_FOUND = (
    "page not found", "page cannot be found", "page can't be found", "page could not be found",
    "page couldn't be found", "page doesn't exist", "page does not exist", "page isn't available",
    "page is not available", "page unavailable", "page no longer exists", "page is gone", "page is missing",
    "page has been removed", "page has been deleted", "find that page", "find the page", "find this page",
    "page you requested", "page you are looking for", "page you're looking for", "page you were looking for",
    "page you've requested", "article not found", "story not found", "document not found", "file not found",
    "content not found", "404 not found", "error 404", "404 error", "http 404", "404 - ", "seite nicht gefunden",
    "seite existiert nicht", "seite wurde nicht gefunden", "page introuvable", "page non trouvée",
    "cette page n'existe", "page demandée", "página no encontrada", "página no existe", "página não encontrada",
    "página não existe", "pagina non trovata", "pagina niet gevonden", "sidan hittades inte", "siden ble ikke funnet",
    "siden blev ikke fundet", "sivua ei löydy", "strona nie została znaleziona", "nie znaleziono strony",
    "stránka nenalezena", "страница не найдена", "сторінку не знайдено", "sayfa bulunamadı", "ページが見つかりません",
    "お探しのページ", "page que vous recherchez", "página que busca", "página que estás buscando",
    "página no disponible", "pagina che cerchi", "pagina die u zoekt", "pagina bestaat niet", "seite gibt es nicht",
    "seite ist nicht verfügbar", "articolo non trovato", "artikel nicht gefunden", "article introuvable", "fehler 404",
    "erreur 404", "errore 404", "ошибка 404", "страница удалена", "страница не существует",
    "article you are looking for", "story you are looking for", "find what you were looking for",
    "find what you are looking for", "find what you're looking for", "the link you followed",
    "requested url was not found", "הדף המבוקש", "העמוד המבוקש", "الصفحة المطلوبة", "페이지가 존재하지 않",
    "页面不存在", "找不到页面", "找不到網頁", "頁面不存在", "페이지를 찾을 수 없습니다", "الصفحة غير موجودة",
    "הדף לא נמצא", "page doesn't seem to exist", "page does not seem to exist", "page seems to be missing",
    "angeforderte seite", "gesuchte seite", "page que vous cherchez", "pas trouvé la page",
    "no se ha encontrado la página", "encontramos la página", "página solicitada", "página que você procura",
    "página que procura", "pagina che stai cercando", "pagina die je zoekt", "sidan du söker", "sidan finns inte",
    "siden finnes ikke", "siden findes ikke", "strona, której szukasz", "такой страницы",
    "страница больше не доступна", "запрашиваемая страница", "запрошенная страница", "aradığınız sayfa",
    "böyle bir sayfa", "sayfa artık mevcut", "ページは存在しま", "ページは存在しないか", "ページは見つかりません",
    "页面未找到", "您访问的页面", "您要找的页面", "لم يتم العثور على الصفحة", "الصفحة التي تبحث عنها",
    "finner ikke siden", "siden du leter", "siden, du leder", "sidan kan inte hittas", "hittar inte sidan",
    "sidan har tagits bort", "sivua ei löyt", "etsimääsi sivua", "stránka nebyla nalezena", "požadovaná stránka",
    "stránku jsme nenašli", "stránka neexistuje", "stránka sa nenašla", "hľadaná stránka", "az oldal nem található",
    "a keresett oldal", "pagina nu a fost găsit", "pagina căutată", "pagina nu există", "η σελίδα δεν βρέθηκε",
    "η σελίδα που ζητήσατε", "η σελίδα που αναζητ", "không tìm thấy trang", "trang bạn tìm", "trang không tồn tại",
    "halaman tidak ditemukan", "halaman yang anda cari", "पेज नहीं मिला", "पृष्ठ नहीं मिला", "صفحه پیدا نشد",
    "صفحه مورد نظر", "صفحه یافت نشد", "ไม่พบหน้า", "stranica nije pronađena", "tražena stranica",
    "stran ni bila najdena", "страницата не е намерена", "търсената страница", "сторінка не знайдена",
    "no s'ha trobat la pàgina", "la pàgina que cerq", "pàgina no trobada", "找不到您要的", "您要的網頁",
    "網頁可能已移除", "puslapis nerastas", "lapa nav atrasta", "lehekülge ei leitud", "page seems to have",
    "you took a wrong turn", "nothing to see here", "page you want", "removed by its author", "pagina richiesta",
    "opgevraagde pagina", "encontrado la página", "页面已删除", "diese seite nicht finden", "die seite nicht finden",
    "trouver cette page", "trouver la page", "encontrar esta página", "encontrar la página", "encontrar a página",
    "trovare la pagina", "trovare questa pagina", "pagina niet vinden", "znaleźć tej strony", "найти эту страницу",
    "页面走丢", "encontramos esa página", "encontramos esta página", "العثور على هذه الصفحة", "page seems to be lost",
)  # fmt: skip
# These may speak of anything: only where the page has lost its text.
NOT_FOUND = (
    "no longer available", "no longer exists", "not available", "has been removed", "has been deleted", "was removed",
    "was deleted", "been unpublished", "does not exist", "doesn't exist", "not found", "nothing was found",
    "nothing here", "has expired", "nicht gefunden", "nicht mehr verfügbar", "existiert nicht", "n'existe pas",
    "n'existe plus", "n'est plus disponible", "no se encuentra", "ya no está disponible", "não está mais disponível",
    "non è più disponibile", "niet gevonden", "niet meer beschikbaar", "gibt es nicht", "introuvable", "no disponible",
    "no existe", "não existe", "non esiste", "bestaat niet", "не существует", "не найден", "не найдена", "غير موجود",
    "לא נמצא", "不存在", "見つかりません", "찾을 수 없습니다", "link is broken", "may be broken",
    "nie jest już dostęp", "nie istnieje", "удалён или перемещён", "удален или перемещен", "материал удал",
    "больше не доступ", "削除されました", "已被删除", "已删除", "삭제되었습니다", "لم يعد متاح", "אינו זמין",
    "moved or been deleted", "moved or deleted", "nicht mehr abrufbar", "nicht verfügbar", "hier ist nichts",
    "indisponible", "bulunamadı", "mevcut değil", "kaldırılmış", "yayından kaldırıl", "存在しません", "存在しないか",
    "公開は終了", "掲載は終了", "掲載期間が終了", "已下线", "已下架", "未找到", "غير متوفر", "غير متاح",
    "لم يتم العثور", "nie znaleziono", "não está disponível", "掲載を終了", "公開を終了", "gelöscht oder verschoben",
)  # fmt: skip
# A retraction takes the text away too, but says so on the page itself: that is a change, and news.
EDITORS_WORDS = (
    "editor's note", "editors' note", "retract", "withdrawn", "correction", "clarification", "verified",
    "our standards",
)  # fmt: skip
# With these a line tells readers of the story that it stands beside.
BEGINS_OF_NOTES = (
    "update:", "update,", "disclosure", "offenlegung", "aktualisierung:", "mise à jour :", "actualización:",
)  # fmt: skip
# Under these a newsroom puts right what it said, wherever on the page that stands.
PUT_RIGHT = (
    "correct", "amended", "erratum", "korrektur", "berichtig", "richtigstellung", "rectifica", "fe de errores",
    "corrección", "errata", "rettifica", "correctie", "correção", "sprostowanie", "rättelse", "исправлен", "уточнен",
    "düzeltme", "訂正", "更正", "정정", "تصحيح", "earlier version", "previous version", "article was updated",
    "article has been updated", "story was updated", "story has been updated", "anmerkung der redaktion",
    "früheren fassung", "früheren version", "note de la rédaction", "version précédente", "version antérieure",
    "nota de la redacción", "versión anterior", "nota della redazione", "versione precedente", "versão anterior",
    "eerdere versie",
)  # fmt: skip
# So does a text that was withdrawn, in a few words of its newsroom.
WITHDRAWN = (
    "taken down", "taken this down", "taken it down", "legal advice", "zurückgezogen", "retiré", "rétract", "retirado",
    "retirada", "retractad", "ritirat", "ingetrokken",
)  # fmt: skip
# What somebody did to a text, where an error knows no more than that it is not there.
TAKEN_AWAY = (
    "removed", "deleted", "unpublished", "entfernt", "gelöscht", "supprimé", "effacé", "eliminad", "borrad",
    "suprimid", "rimoss", "cancellat", "verwijderd", "removid", "usunięt", "удалён", "удален", "удалил", "kaldırıl",
    "削除", "删除", "삭제", *WITHDRAWN,
)  # fmt: skip
# An error knows of nobody who wanted that.
AT_A_REQUEST = (
    "at the request of", "auf wunsch", "auf bitte", "à la demande d", "a petición de", "a pedido de", "su richiesta d",
    "op verzoek van", "na prośbę", "på begäran av", "по просьбе", "のご要望により", "应要求",
)  # fmt: skip
# Enough at the top of the markup of an answer that refuses.
CHALLENGE_TITLES = (
    "just a moment", "checking your browser", "checking if the site connection is secure", "you are human",
    "you're human", "you are a human", "are you a robot", "are you human", "not a robot", "attention required",
    "enable javascript and cookies to continue", "please enable js and disable any ad blocker",
)  # fmt: skip
CHALLENGE = (
    *CHALLENGE_TITLES, "pardon our interruption", "unusual traffic", "unusual activity", "automated access",
    "automated requests", "bot detection", "security check", "ddos protection", "access denied",
    "you have been blocked", "access to this page has been denied", "incapsula", "press & hold", "the captcha",
    "human verification", "performing security verification", "not a bot", "verifying you are human",
    "verify that you're not", "verify you are human", "verifying your browser", "security checkpoint",
    "website firewall", "security service to protect itself", "request unsuccessful", "nur einen moment",
    "ob sie ein mensch sind", "un instant…", "que vous êtes humain", "un momento…", "es un ser humano",
    "que eres un ser humano", "que usted es un ser humano", "un attimo", "een ogenblik", "um momento…",
    "verificare che tu sia umano", "よりよいセキュリティ", "人間であることを確認", "ロボットではありません",
    "确认您是真人", "验证您是真人", "您是否是真人", "사람인지 확인", "вы не робот", "что вы человек",
    "التحقق من أنك إنسان", "sicherheitsüberprüfung", "sind sie ein mensch", "vérification de sécurité",
    "êtes-vous un robot", "verifica que eres humano", "проверка браузера", "access to this site has been limited",
    "requested url was rejected", "complete a security check", "bestätigen sie, dass sie kein roboter sind",
    "sie kein roboter sind", "confirmer que vous n'êtes pas un robot", "vous n'êtes pas un robot",
    "confirme que no es un robot", "que no eres un robot", "no soy un robot", "conferma di non essere un robot",
    "di non essere un robot", "confirme que não é um robô", "não sou um robô", "bevestig dat u geen robot bent",
    "geen robot bent", "że nie jesteś robotem", "robot olmadığınızı doğrulayın", "robot olmadığınızı",
    "ロボットではないことを", "安全验证", "滑动验证", "完成验证", "أنك لست روبوت", "доступ к ресурсу ограничен",
    "подтвердите, что вы", "로봇이 아닙니다", "że jesteś człowiekiem", "att du är en människa", "at du er et menneske",
    "että olet ihminen", "že jste člověk", "que ets humà", "insan olduğunuzu", "ότι είστε άνθρωπος",
    "bạn là con người", "anda manusia", "protected by anubis", "browser wird überprüft",
    "vérification de votre navigateur", "comprobando tu navegador", "comprobando su navegador", "verifica del browser",
    "verificando o seu navegador", "verificando seu navegador", "controleren je browser", "controleren uw browser",
    "sprawdzamy twoją przeglądarkę", "проверяем ваш браузер", "ブラウザを確認しています", "检查您的浏览器",
    "التحقق من متصفحك", "que eres una persona", "être un humain", "vous êtes un humain", "di essere una persona",
    "que você é humano", "您不是机器人",
)  # fmt: skip
# Whole clauses that walls say to whoever is before them, amid as much text as an article may have.
CHALLENGE_CLAUSES = (
    "our systems have detected unusual traffic from your computer network",
    "unusual activity from your computer network", "this page checks to see if it's really you",
    "if it's really you sending the requests, and not a robot", "solving the above captcha",
    "type the characters you see in this image", "enter the characters you see below", "make sure you're not a robot",
    "click the box below to let us know you're not a robot", "complete the security check to access",
    "why have i been blocked? this website is using a security service",
    "something about your browser made us think you were a bot", "you've been blocked by network security",
    "your request originates from an undeclared automated tool", "your browsing activity has been paused",
    "unsere systeme haben ungewöhnlichen datenverkehr aus ihrem computernetzwerk",
    "nos systèmes ont détecté un trafic exceptionnel sur votre réseau informatique",
    "nuestros sistemas han detectado tráfico inusual", "i nostri sistemi hanno rilevato un traffico insolito",
    "nossos sistemas detectaram tráfego incomum", "onze systemen hebben ongebruikelijk verkeer",
)  # fmt: skip
FORBIDDEN = ("403 forbidden", "forbidden", "error 403", "http 403", "401 unauthorized", "accessdenied")
CHALLENGE_MARKUP = re.compile(
    r"/cdn-cgi/challenge-platform/h/[bg]/orchestrate|cf-chl-|_cf_chl_opt|captcha-delivery\.com|px-captcha"
    r"|_Incapsula_Resource|awsWafCookieDomainList|gokuProps|token\.awswaf\.com|/_sec/cp_challenge|anubis_challenge"
)
# Contact forms have these too.
CHALLENGE_WIDGET = re.compile(r"g-recaptcha|h-captcha|cf-turnstile")
REGION = (
    "in your region", "in your country", "in your location", "european economic area", "due to legal reasons",
    "from your country", "european visitors", "in ihrem land", "in ihrer region", "dans votre pays",
    "dans votre région", "en tu país", "en su país", "nel tuo paese", "no seu país", "na sua região", "in uw land",
    "in jouw land", "w twoim kraju", "w twoim regionie", "в вашем регионе", "в вашей стране", "ülkenizde",
    "bölgenizde", "お住まいの地域", "お住まいの国", "所在的地区", "所在地区", "所在的国家", "في بلدك", "في منطقتك",
    "in uw regio", "in jouw regio", "dal tuo paese", "depuis votre région", "depuis votre pays", "desde tu ubicación",
    "i dit land", "i din region", "i ditt land", "maassasi", "ve vaší zemi", "az ön országában", "în țara dvs",
    "στη χώρα σας", "ở quốc gia của bạn", "di negara anda", "해당 국가", "귀하의 지역",
)  # fmt: skip
# What stands on the buttons of a consent wall; a policy about cookies has none.
AGREE = (
    "accept", "agree", "allow all", "consent", "reject", "refuse", "akzeptieren", "zustimmen", "ablehnen",
    "einverstanden", "accepter", "rejeter", "refuser", "aceptar", "rechazar", "accetta", "rifiuta", "akkoord",
    "accepteren", "aceitar", "akceptuj", "zgadzam", "принять", "同意", "동의", "موافق", "אישור", "kabul", "reddet",
    "accetto", "godkänn", "godta", "souhlas", "接受", "hyväksy", "godkend", "tillad alle", "tillåt", "souhlasím",
    "přijmout", "odmítnout", "elfogad", "prihvati", "αποδοχή", "đồng ý", "setuju", "sutinku", "sprejmi", "приемам",
)  # fmt: skip
CONSENT = (
    "before you continue", "we value your privacy", "we and our partners", "our partners", "accept all", "reject all",
    "accept and continue", "agree and continue", "i agree", "manage your privacy", "your privacy choices",
    "privacy settings", "cookie settings", "manage settings", "more options", "your consent", "cookies",
    "alle akzeptieren", "zustimmen und weiter", "bevor sie fortfahren", "ihre privatsphäre", "tout accepter",
    "avant de continuer", "accepter et continuer", "aceptar todo", "antes de continuar", "tu privacidad",
    "accetta tutto", "prima di continuare", "alles accepteren", "nos partenaires", "unsere partner",
    "partner verarbeiten", "nuestros socios", "i nostri partner", "onze partners", "i nostri fornitori", "vie privée",
    "su privacidad", "tracking", "datenschutz", "pur-abo", "werbefrei", "continuer sans accepter", "rejeter",
    "rifiuta", "rechazar", "akkoord", "instellen", "einstellungen", "paramétrer", "ablehnen", "consentement",
    "consenso", "consentimiento", "einwilligung", "toestemming", "voordat je verdergaat", "aceitar tudo",
    "zaakceptuj wszystko", "with advertising", "mit werbung", "your privacy", "use cookies", "privacidade",
    "parceiros", "mais opções", "prywatność", "partnerzy", "plikach cookie", "więcej opcji", "конфиденциальност",
    "файлы cookie", "партнёры", "партнеры", "принять все", "gizlili", "çerez", "ortaklarımız", "tümünü kabul",
    "プライバシー", "パートナー", "cookieを", "すべて同意", "隐私", "合作伙伴", "接受全部", "خصوصيت",
    "ملفات تعريف الارتباط", "شركاؤنا", "partners store", "information on your device", "information on a device",
    "manage options", "manage choices", "manage my cookies", "it's your choice", "your data, your choice",
    "partenaires", "votre appareil", "accepter", "ihrem gerät", "zustimmung", "zustimmen", "su dispositivo", "aceptar",
    "un dispositivo", "la tua privacy", "uw privacy", "uw apparaat", "weigeren", "vores partnere", "din enhed",
    "vi bruger cookies", "våra partner", "din integritet", "din enhet", "våre partnere", "kumppanimme", "evästeitä",
    "laitteellesi", "yksityisyy", "naši partneři", "soubory cookie", "soukromí", "partnereink", "sütiket",
    "partenerii noștri", "partneri", "οι συνεργάτες μας", "godkend alle", "accepter alle", "hyväksy kaikki",
)  # fmt: skip
# What a wall says wherever it stands.
_FOR_SUBSCRIBERS = (
    "to continue reading", "subscribers only", "for subscribers", "already a subscriber", "already a member",
    "members only", "weiterlesen mit", "schon abonnent", "bereits abonniert", "nur für abonnenten",
    "continuer la lecture", "réservé aux abonnés", "déjà abonné", "para seguir leyendo", "ya eres suscriptor",
    "hai già un abbonamento", "exclusivo para suscriptores", "riservato agli abbonati", "только подписчикам",
    "только для подписчиков", "abonelere özel", "会員限定", "للمشتركين فقط", "kun for abonnenter", "allerede abonnent",
    "endast för prenumeranter", "vain tilaajille", "pouze pro předplatitele", "jen pro předplatitele",
    "réservée aux abonnés", "aby czytać dalej", "仅限订阅用户", "لمتابعة القراءة",
)  # fmt: skip
SIGN_IN = (
    *_FOR_SUBSCRIBERS, "log in", "login", "sign in", "subscribe to", "subscribe for", "subscribe now",
    "create a free account", "choose your subscription", "choose a subscription", "register to", "anmelden",
    "einloggen", "jetzt abonnieren", "connectez-vous", "se connecter", "iniciar sesión", "inicia sesión", "suscríbete",
    "accedi", "inloggen", "faça login", "para assinantes", "zaloguj", "logga in", "войти", "войдите",
    "оформить подписку", "giriş yap", "oturum aç", "ログイン", "会員登録", "登录", "登入", "تسجيل الدخول",
    "سجل الدخول", "log ind", "logg inn", "kirjaudu", "přihlásit se", "přihlášení", "prihlásiť sa", "bejelentkezés",
    "autentificare", "conectare", "σύνδεση", "đăng nhập", "masuk ke", "prijavi se", "prijava", "вход в", "увійти",
    "로그인", "identifiez-vous", "mot de passe", "contraseña", "passwort", "password", "adgangskode", "lösenord",
    "salasana", "heslo", "비밀번호", "abonnez-vous", "for abonnenter", "tilaa nyt", "abbonati",
)  # fmt: skip
# Beside words of the kind above these tell of a page that explains how, and asks for nothing.
ABOUT_SIGNING_IN = re.compile(
    r"\b(?:how (?:to|do|can|does|should)|why (?:do|can't|can|am)|what (?:to|is|if)"
    r"|(?:trouble|problems?|issues?|help) (?:with )?(?:logging|signing|log|sign)"
    r"|troubleshoot\w*|can(?:'t|not) (?:log|sign)|so (?:melde|loggen)|wie (?:melde|logge|kann|man)"
    r"|comment (?:se|me|vous)|cómo|come (?:accedere|fare)|hoe (?:log|meld|kan))\b"
)
# What 404 counts or names elsewhere.
OTHER_404 = re.compile(
    r"\b(?:area codes?|vorwahl|sections?|article|artikel|paragraph|rule|act|bill|room|zimmer|route|highway|road"
    r"|bus|line|linie|flight|train|gate|peugeot|bristol|model|no\.?|number|year|anno|§) ?§? ?404\b"
    r"|\b404 (?:area code|ad|bc|bce|ce|cars?|people|pages|votes|euros?|dollars"
    r"|is (?:an?|the) (?:(?!error|http|page|status)\w{1,30} ){0,2}"
    r"(?:area code|number|year|route|road|highway|model|car|room|bus))\b"
)
# Where a page breaks off, these say why; counters of free articles, which stand over whole pages, are not among them.
PAYWALL = (
    *_FOR_SUBSCRIBERS, "to keep reading", "continue reading with", "to read the full", "to read this article",
    "to read the rest", "reached your limit", "reached your monthly limit", "reached your article limit",
    "limit of free articles", "your last free article", "read your free articles", "unlock this article",
    "um weiterzulesen", "pour lire la suite", "para continuar leyendo", "solo para suscriptores",
    "per continuare a leggere", "om verder te lezen", "para continuar lendo", "exclusivo para assinantes",
    "alleen voor abonnees", "tylko dla prenumeratorów", "tylko dla subskrybentów", "чтобы читать дальше",
    "okumaya devam etmek için", "続きを読むには", "登录后查看", "登录后阅读", "订阅后阅读", "لمواصلة القراءة",
    "redan prenumerant", "csak előfizetőknek", "doar pentru abonați", "για συνδρομητές", "구독자 전용",
    "lire la suite de cet article", "para continuar a ler", "per continuare la lettura", "solo para abonados",
    "aby przeczytać całość", "登录后继续阅读", "以继续阅读", "有料会員限定", "有料会員になると",
    "続きをお読みいただけ", "to go on reading", "keep reading with", "to finish this article", "to finish reading",
    "free stories this month", "free articles this month",
)  # fmt: skip
# What goes wrong with lifts, ships and lines of trams as well.
OF_ANY_SERVICE = (
    "service unavailable", "service is unavailable", "temporarily unavailable", "briefly unavailable",
    "under maintenance", "scheduled maintenance", "down for maintenance", "undergoing maintenance",
    "performing maintenance", "wartungsarbeiten", "wegen wartung", "technische störung",
    "vorübergehend nicht erreichbar", "gleich wieder für sie da", "en maintenance", "momentanément indisponible",
    "temporairement indisponible", "serveurs sont surchargés", "en mantenimiento", "tareas de mantenimiento",
    "no está disponible temporalmente", "temporalmente no disponible", "servidores están saturados", "in manutenzione",
    "temporaneamente non disponibile", "momentaneamente non disponibile", "server sono sovraccarichi", "em manutenção",
    "temporariamente indisponível", "servidores estão sobrecarregados", "tijdelijk niet beschikbaar",
    "momenteel onderhoud", "servers zijn overbelast", "prace konserwacyjne", "chwilowo niedostęp",
    "serwery są przeciążone", "временно недоступ", "технические работы", "сервер перегружен", "bakım çalışması",
    "メンテナンス中", "サービスを利用できません", "サーバーが混み合", "维护中", "系统维护", "正在维护", "暂时不可用",
    "服务器繁忙", "점검 중", "تحت الصيانة", "قيد الصيانة", "غير متاحة مؤقتا", "الخادم مشغول", "unable to load",
    "failed to load", "could not be loaded", "couldn't be loaded", "cannot be loaded", "can't be loaded",
    "could not load", "couldn't load", "cannot load", "can't load", "konnte nicht geladen werden",
    "kann nicht geladen werden", "impossible de charger", "n'a pas pu être charg", "ne peut pas être charg",
    "se pudo cargar", "se ha podido cargar", "puede cargar", "impossibile caricare", "possível carregar",
    "niet worden geladen", "udało się załadować", "удалось загрузить", "无法加载", "加载失败", "読み込めません",
)  # fmt: skip
FAULT = (
    "internal server error", "bad gateway", "gateway time-out", "gateway timeout", "something went wrong",
    "an error occurred", "an error has occurred", "unexpected error", "application error",
    "error establishing a database connection", "we'll be back", "be right back", "site is offline",
    "too many requests", "rate limit", "try again later", "try again in a few", "server error", "fatal error",
    "origin is unreachable", "a timeout occurred", "web server is down", "une erreur est survenue",
    "se ha producido un error", "si è verificato un errore", "произошла ошибка", "request could not be satisfied",
    "backend fetch failed", "guru meditation", "connection timed out", "critical error on this website",
    "critical error on your website", "uncaught error", "fastly error", "unknown domain", "runtime error",
    "server error in", "domain is for sale", "domain may be for sale", "buy this domain", "domain is parked",
    "welcome to nginx", "apache2 default page", "apache2 ubuntu default page", "apache2 debian default page: it works",
    "apache2 ubuntu default page: it works", "it works!", "index of /", "account suspended",
    "account has been suspended", "site not configured", "site is not available", "no such app",
    "bandwidth limit exceeded", "wir sind bald wieder", "nous revenons bientôt", "volvemos pronto", "torniamo presto",
    "ein fehler ist aufgetreten", "ошибка сервера", "系统错误", "no healthy upstream", "upstream connect error",
    "web server is returning an unknown error", "origin dns error", "there has been a critical error", "cannot get /",
    "http status 500", "you are now in line", "you are in the queue", "in the waiting room",
    "experiencing high traffic", "this site can't be reached", "etwas schiefgelaufen", "etwas ist schiefgelaufen",
    "une erreur s'est produite", "algo salió mal", "algo ha ido mal", "ha ocurrido un error", "algo deu errado",
    "ocorreu um erro", "qualcosa è andato storto", "iets misgegaan", "ging iets mis", "coś poszło nie tak",
    "wystąpił błąd", "något gick fel", "что-то пошло не так", "bir hata oluştu", "bir şeyler ters gitti", "bakımdayız",
    "エラーが発生しました", "ただいまメンテナンス", "服务器错误", "出错了", "حدث خطأ", "zu viele anfragen",
    "trop de requêtes", "demasiadas solicitudes", "for mange forespørgsler", "secondary rate limit",
    "doing some maintenance", "nere för underhåll", "underhåll pågår", "under vedlikehold", "under vedligeholdelse",
    "nede for vedligeholdelse", "huoltokatko", "tilapäisesti pois käytöstä", "probíhá údržba", "karbantartás alatt",
    "în mentenanță", "υπό συντήρηση", "đang bảo trì", "dalam pemeliharaan", "er opstået en fejl", "oppstått en feil",
    "tapahtui virhe", "došlo k chybě", "hiba történt", "a apărut o eroare", "warning: mysql", "warning: include(",
    "warning: require(", "warning: cannot modify header", "parse error: syntax", "stack trace:",
    "traceback (most recent call last)", "unhandled exception", "a client-side exception", "domain is registered at",
    "domain has been registered", "domain has expired", "domain name has expired", "is for sale. make an offer",
    "get this domain", "this domain is for sale", "domain steht zum verkauf", "domain kaufen",
    "ce domaine est à vendre", "este dominio está en venta", "questo dominio è in vendita", "dit domein is te koop",
    "domena jest na sprzedaż", "домен продается", "website is on its way", "website is coming soon",
    "site is under construction", "page is under construction", "browser is not supported", "unsupported browser",
    "browser wird nicht unterstützt", "navigateur n'est pas pris en charge", "navegador no es compatible",
    "update your browser", "ad blocker detected", "adblocker detected", "ad-blocker detected",
    "disable your ad blocker", "disable your adblocker", "turn off your ad blocker", "werbeblocker deaktivieren",
    "désactivez votre bloqueur", "desactiva tu bloqueador", "disattiva il tuo ad blocker", "erreur inattendue",
    "error inesperado", "errore imprevisto", "erro inesperado", "estamos de mantenimiento", "dns resolution error",
    "something failed to load", "app failed to load", "application failed to load", "failed to load resource",
    "failed to load data", "failed to load module", "onverwachte fout", "nieoczekiwany błąd", "непредвиденная ошибка",
    "予期しないエラー", "未知错误", "خطأ غير متوقع", "server ist überlastet", *OF_ANY_SERVICE,
)  # fmt: skip
SCRIPT_NEEDED = (
    "enable javascript", "requires javascript", "javascript is disabled", "javascript is required", "need javascript",
    "turn on javascript", "without javascript", "javascript aktivieren", "activer javascript", "habilite javascript",
)  # fmt: skip
WAITING = ("loading", "please wait")


# What may stand beside a phrase in a title or a line that says nothing else.
FILLERS = words_in(
    "a an the this that is are was we we're i'm it it's oops whoops uh-oh sorry but error errors http https code page "
    "notice listing posting entry request processing process while before accessing access required couldn't can't "
    "could try again later site website server and or of for to in on at your you please 404 403 500 502 503 504 not "
    "article story content be been cannot shown viewed "
    "der die das dieser diese dieses ist wurde leider artikel seite beitrag inhalt le la les ce cet cette est été "
    "contenu malheureusement désolé el los este esta artículo contenido lamentablemente il lo questo questa articolo "
    "pagina contenuto purtroppo het dit deze helaas niet meer"
)
WORD_OF_LINE = re.compile(r"[\w'-]+")


def says_only(line: str, phrases: tuple[str, ...], *, other_words: int) -> bool:
    """Does the line tell some of the phrases and hardly anything else, at most `other_words` of weight?

    Linear in the line, for each phrase.
    """
    told = [phrase for phrase in phrases if phrase in line]
    if not told:
        return False
    # Phrases may overlap: "subscribe to" and "to continue reading".
    rest = list(line)
    for phrase in told:
        at = line.find(phrase)
        while at >= 0:
            rest[at : at + len(phrase)] = " " * len(phrase)
            at = line.find(phrase, at + len(phrase))
    return sum(word not in FILLERS for word in WORD_OF_LINE.findall("".join(rest))) <= other_words


def tells_any(text: str, phrases: tuple[str, ...]) -> bool:
    """Is any of the phrases in `text`? Linear in `text`, for each phrase."""
    return any(phrase in text for phrase in phrases)


def count_told(text: str, phrases: tuple[str, ...]) -> int:
    """How many of the phrases are in `text`. Linear in `text`, for each phrase."""
    return sum(phrase in text for phrase in phrases)
