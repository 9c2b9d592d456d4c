"""By which elements, roles, names, headings and words the frame of a page is known, in the languages of the web."""

from __future__ import annotations

import re

from stories.text.language.word_lists import words_in

# What a page counts of its own readers, in the words of schema.org.
FRAME_PROPERTIES = frozenset(
    ("upvoteCount", "downvoteCount", "commentCount", "userInteractionCount", "interactionCount")
)
FRAME_ELEMENTS = words_in("nav footer button select dialog search menu header aside")
# These are part of the content where they stand inside of it.
FRAME_OUTSIDE_CONTENT = words_in("footer header aside")
FRAME_ROLES = words_in(
    "navigation banner contentinfo search dialog alertdialog toolbar menu menubar tablist button timer "
    "marquee"
)
# Words of classes and ids. Only such as no one calls the content itself: a "teaser" may be the lead paragraph.
FRAME_WORDS = words_in(
    "ad ads advert advertisement advertising adslot breadcrumb breadcrumbs comments consent cookie "
    "cookies cookiebar cookiebanner gdpr masthead modal mostread mostpopular navbar navigation newsletter "
    "meter nav onetrust outbrain pagination popup promo promos popular promoted "
    "recirc recommend recommendations recommended "
    "related share sharing sidebar signup skip social sponsor sponsored subscribe taboola tags ticker "
    "toast toc toolbar trending commentaires commenti comentarios kommentare kommentarer komentarze reacties yorumlar"
)
# What is told at length, too, in a policy above all.
TOPICS_OF_ADVERTS = words_in("ad ads advert advertisement advertisements advertising sponsor sponsored")
TOPICS = TOPICS_OF_ADVERTS | words_in(
    "comments consent cookie cookies gdpr modal newsletter popular popup promoted recommended share sharing "
    "signup skip social subscribe toast toolbar trending kommentare "
    "commentaires comentarios commenti reacties"
)
FRAME_WORDS_OUTSIDE_CONTENT = words_in("sidebar")
# These lead on to others, or are no frame.
FRAME_WORDS_OF_LINKS = words_in("related promo promos")
# Behind it the rest of a story may be folded, too.
READ_MORE = "read-more"
# These are content unless the page has its content elsewhere.
FRAME_WORDS_BESIDE_CONTENT = words_in(
    "weather wetter meteo replies commentlist poll testimonial testimonials cta"
)
FRAME_HEADINGS = frozenset((
    "most read", "most popular", "most viewed", "most shared", "most commented", "trending", "trending now",
    "popular now", "promoted stories", "sponsored stories", "related stories", "related articles",
    "recommended for you", "you may also like",
    "you might also like", "read next",
    "more on this story", "what to read next", "watch next", "up next",
    "from around the web", "around the web", "editors picks", "editor s picks",
    "meistgelesen", "meist gelesen", "am meisten gelesen",
    "das könnte sie auch interessieren", "mehr zum thema", "les plus lus", "les plus lues", "à lire aussi",
    "lire aussi", "lo más leído", "más leídas", "i più letti", "più letti", "mais lidas", "meest gelezen",
    "noticias relacionadas", "te puede interesar", "leggi anche", "lees ook", "leia também", "czytaj także",
    "najczęściej czytane", "mest läst", "самое читаемое", "читайте также", "популярное", "по теме", "en çok okunanlar",
    "ilgili haberler", "الأكثر قراءة", "اقرأ أيضا", "مواضيع ذات صلة", "アクセスランキング", "関連記事", "人気記事",
    "热门文章", "相关阅读", "相关新闻", "热门新闻", "많이 본 뉴스",
))  # fmt: skip
# Above a box of its own, in the midst of the story too. None that may name an announcement too.
LABELS_OF_ADVERTS = frozenset((
    "ad", "advert", "advertisement", "advertising", "sponsored", "sponsored content", "paid content",
    "anzeige", "werbung", "publicité", "publicidad", "patrocinado", "pubblicità", "advertentie",
    "reklama", "reklam", "annonse", "annons", "mainos", "publicidade", "реклама", "広告", "广告", "廣告", "광고",
    "إعلان",
))  # fmt: skip
# "More from the Courier", "More in World". By themselves "más de" and "mehr von" say how much more.
MORE_OF_IT = re.compile(
    r"(?:more(?: (?:stories|news|articles))? (?:from|in(?! common\b)|by)"
    r"|mehr (?:aus|in|(?:nachrichten|meldungen|artikel|themen) (?:aus|von|in|zu))"
    r"|plus (?:dans|d (?:articles|actualités|infos) (?:de|d|du|dans|en|sur))"
    r"|más (?:en|(?:noticias|artículos|historias) (?:de|del|en|sobre))"
    r"|altr[oeai] (?:da|in|(?:notizie|articoli) (?:da|di|in|su))"
    r"|meer (?:uit|in|(?:nieuws|artikelen) (?:uit|van|over)))"
    r" [\w&' -]{2,30}"
)
HEADINGS_OF_COMMENTS = frozenset((
    "comment", "comments", "replies", "leave a comment", "kommentar", "kommentare", "commentaire", "commentaires",
    "comentarios", "comentários", "commenti", "reacties", "kommentarer", "komentarze", "комментарии", "yorumlar",
    "التعليقات", "コメント", "评论", "댓글",
))  # fmt: skip
FRAME_HEADINGS_BESIDE_CONTENT = HEADINGS_OF_COMMENTS | {
    "popular", "related", "recommended", "weather", "wetter", "météo", "more stories", "related news", "top stories",
    "latest news", "quote of the day",
}  # fmt: skip
# Where links follow; of a report they may be a part.
FRAME_HEADINGS_OF_LINKS = frozenset((
    "latest", "recent posts", "recent comments", "recent articles", "recent stories", "recent news", "archives",
    "categories", "tags", "upcoming events", "jobs", "neueste beiträge", "neueste kommentare", "archiv", "kategorien",
    "articles récents", "commentaires récents", "derniers articles", "entradas recientes", "comentarios recientes",
    "archivos", "categorías", "articoli recenti", "archivi", "ostatnie wpisy", "najnowsze", "最近の投稿", "アーカイブ",
    "свежие записи",
))  # fmt: skip
HEADINGS_OF_BOARDS = frozenset((
    "markets", "market data", "stock market", "stocks", "indices", "börse", "kurse", "märkte", "bourse", "marchés",
    "mercados", "bolsa", "mercati", "borsa", "beurs",
))  # fmt: skip
# What tells a board of prices from an article's own section of that name.
MARKET_INDEX = re.compile(
    r"\b(?:DAX|MDAX|Dow(?: Jones)?|Nasdaq|S&P 500|FTSE(?: 100| MIB)?|CAC 40|IBEX(?: 35)?|AEX|SMI|Nikkei(?: 225)?"
    r"|Hang Seng|Euro ?Stoxx(?: 50)?|Brent|Bitcoin|EUR/USD|GBP/USD)\b",
    re.IGNORECASE,
)
# Above a box that asks to be written to, in the midst of the story too: "Sign up for our newsletter".
NEWSLETTER_HEADING = re.compile(
    r"\b(?:sign up|subscribe|get|join|try|anmelden|abonnieren|bestellen|inscri|abonne|suscr|apúnt|iscriv|assine"
    r"|inscreva|schrijf|meld|zapisz|prenumerera|подпи).{0,40}\bnewsletters?\b"
    r"|\bnewsletters?\b.{0,40}(?:sign up|subscribe|anmelden|abonnieren|bestellen|abonnez|suscr|iscriv|aanmelden)"
)
COMMENTS = re.compile(
    r"(?:^|\s)(?:comments|comments?[_-]?(?:list|section|area|thread|stream)|disqus_thread|replies)(?:$|\s)"
)
# Names that are told by more than one word, or that their makers write as one.
FRAME_NAME = re.compile(
    r"cookie|consent|didomi|usercentrics|trustarc|truste_|iubenda|klaro|quantcast|qc-cmp|sp_message|osano|termly|borlabs"
    r"|disqus|(?:^|[\s_-])comments?[_-]{0,2}(?:list|section|area|thread|stream|item|author|wrapper|container|box|form|count"
    r"|\d+)|(?:^|[\s_-])(?:market|stock|share)s?[_-]{0,2}(?:ticker|bar|strip|quotes?|board|watch|count|data|header|prices?)"
    r"|adsbygoogle|google_ads|div-gpt|(?:^|[\s_-])(?:more-(?:stories|news|from|articles|like)|read-(?:next|more|also)"
    r"|also-(?:read|like)|you-may|up-next|top-stories|latest-(?:news|stories)|(?:app|smart)-?banner)"
    r"|(?:^|\s)(?:widget-area|widget_(?:recent_\w{4,8}|archive|categories)|tag-?cloud)(?:$|\s)|(?:^|\s)sitenotice(?:$|\s)|livechat"
    # Not what a help centre is written in.
    r"|intercom-(?!interblocks|force-break|align)"
    r"|(?:^|[\s_-])chat[_-]?(?:widget|bubble|box|launcher|window)|tarteaucitron|axeptio"
    r"|(?:^|[\s_-])cc-window|(?:^|[\s_-])(?:subscription|paywall|donat(?:e|ion)|fundraising|support-us)"
    r"[_-]?(?:banner|bar|box|cta|offer|prompt|module|widget|overlay)|(?:^|[\s_-])(?:breaking[_-]?(?:news)?|announcement)[_-]?(?:bar|banner|strip)"
    # Behind "tag-" and the like stands what a story is about.
    r"|(?:^|\s)(?:(?!\S{0,40}(?:tags?|category|topics?|section)[_-])\S{0,40}[_-])?"
    r"(?:onesignal|browse-?happy|(?:outdated|old)[_-]?browser|browser[_-]?upgrade|ad-?blocker)"
    r"|(?:^|[\s_-])(?:user|account|log-?in)[_-]?(?:menu|nav|bar|links)(?:$|[\s_-])"
    r"|(?:^|[\s_-])(?:like|reblog|favou?rite|reaction|response|restack|repost|retweet|bookmark|clap|view|hit|visitor)s?"
    r"[_-]?count(?:er|s)?(?:$|[\s_-])|(?:^|[\s_-])(?:reblogs|favou?rites)(?:$|[\s_-])"
    r"|(?:^|\s)(?:catlinks|printfooter|navbox|jp-relatedposts)(?:$|\s)"
    r"|(?:^|[\s_-])(?:clock|(?:current|todays?|live)[_-]?(?:time|date|clock))(?:$|\s)"
)
# Where two words are written as one that are a frame's together: "articleComments", "NewsletterBox". Between others a
# capital parts nothing: "voteShare" is of the content, and names such as "kFzxAd" are drawn by lot.
JOINED_FRAME_NAME = re.compile(
    r"(?<![A-Za-z])(?:(?i:article|blog|news|page|post|reader|story|user)(?=(?:Comments|Newsletter)(?![a-z]))"
    r"|(?i:popular|recommended|related|sponsored|trending)"
    r"(?=(?:Articles?|Content|Links|News|Posts?|Stor(?:y|ies)|Topics|Videos?)(?![a-z])))"
)
# A part of a policy is named after newsletters, but after no box.
NEWSLETTER_BOX = re.compile(
    r"newsletter[_-]{0,2}(?:banner|block|box|form|modal|module|popup|promo|sign-?up|teaser|widget)(?![a-z])"
    r"|sign-?up-?newsletter"
)
# Inside of the content these may hold a note or a correction.
FOOTER_NAME = re.compile(r"(?:^|\s)(?:(?:site|page|global|main|mw)[_-]?)?footer(?:[_-]?\d{1,2})?(?:$|\s)")
# Words of frames that are names of things to report on together with another, and the cookies that a policy lists.
NAMES_OF_CONTENT = re.compile(
    r"(?:^|(?<=[\s_-]))(?:market[_-]?shares?|shares?[_-]?(?:capital|price|repurchases?|ownership)|related[_-]?(?:part(?:y|ies)|costs?|deaths?|media)"
    r"|public[_-]?comments?|by[_-]?line[_-]?(?:comments?|share|social)"
    r"|comments?[_-]?received|shares?[_-]?class(?:es)?|(?:bill|co)[_-]?sponsors?|live[_-]?ticker"
    r"|(?:water|gas|smart|parking)[_-]?meters?|informed[_-]?consent"
    r"|recommended[_-]?(?:dos(?:e|age)s?|daily[_-]?(?:dose|intake|amount)s?|limits?|levels?)"
    r"|ad[_-]?hoc|social[_-]?(?:security|policy|housing|care|insurance|impact|spending|services?)|popular[_-]?(?:vote|initiative)"
    r"|consent[_-]?(?:decree|order|form)|cookies?[_-]{0,2}(?:policy|table|list|declaration[a-z]{0,40}|statement|overview|audit"
    r"|per-purpose|item|row|name|description|duration|expir(?:y|ation)|purpose|provider|type|domain|category))(?:$|(?=[\s_-]))"
    r"(?![_-]?(?:banner|bar|box|notice|popup|modal|overlay|dialog))"
)
# A box that asks for consent may be larger than all that a short page has to say.
CONSENT_BOX = re.compile(
    r"(?:cookie|consent|gdpr)s?[_-]?(?:banner|bar|box|notice|popup|layer|overlay|consent|manager|message|dialog|modal)"
    r"|(?:^|\s)(?:qc-)?cmp(?:-?(?:box|root|ui|wrapper))?(?:$|\s)|didomi|usercentrics|onetrust|iubenda|klaro|sp_message|osano|borlabs"
)
