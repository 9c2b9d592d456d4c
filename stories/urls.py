"""Every public route on one page."""

from django.templatetags.static import static
from django.urls import include, path, register_converter
from django.utils.functional import lazy
from django.views.generic import RedirectView

from stories.desk import alert_views as alerts
from stories.desk import cite_views as cite
from stories.desk import copy_views as copies
from stories.desk import delivery_views as deliveries
from stories.desk import endpoint_views as endpoints
from stories.desk import feed_views as feed
from stories.desk import following_views as following
from stories.desk import hearing_views as hearing
from stories.desk import inbox_views as inbox
from stories.desk import news_views as news
from stories.desk import source_views as sources
from stories.desk import unsubscribe_views as unsubscribing
from stories.desk.doors import KeyConverter, for_the_newsroom
from stories.desk.lost_session import with_typed_words_kept
from stories.probes import views as probes
from stories.reader import card, feeds, memento, policy, preview, proof, report, sitemaps
from stories.reader import views as reader

#: Its name goes with its content, and is known once the files are collected.
_ICON = lazy(static, str)("stories/favicon.svg")

register_converter(KeyConverter, "key")

urlpatterns = [
    # Readers.
    path("", reader.front_page, name="front_page"),
    path("stories/<slug:slug>/", reader.article, name="article"),
    path("stories/<slug:slug>/changes/", reader.changelog, name="changelog"),
    path("stories/<slug:slug>/timegate/", memento.timegate, name="timegate"),
    path("stories/<slug:slug>/timemap/", memento.timemap, name="timemap"),
    path("stories/<slug:slug>/versions/<int:number>/", reader.version, name="version"),
    path("stories/<slug:slug>/compare/<int:before>/<int:after>/", reader.compare, name="compare"),
    path("stories/<slug:slug>/as-of/", reader.as_of, name="as_of"),
    path("stories/<slug:slug>/card.png", card.card, name="card"),
    path("stories/<slug:slug>/report/", report.report, name="report"),
    path("stories/<slug:slug>/report/thanks/", report.thanks, name="report_thanks"),
    path("corrections/", reader.corrections, name="corrections"),
    path("corrections/policy/", policy.policy, name="policy"),
    # The proof of the record.
    path("record/", proof.record, name="record"),
    path("record/checkpoint", proof.checkpoint, name="record_checkpoint"),
    path("record/leaves", proof.leaves, name="record_leaves"),
    path("record/inclusion", proof.inclusion, name="record_inclusion"),
    path("record/consistency", proof.consistency, name="record_consistency"),
    path("record/exports/<str:name>", proof.export, name="record_export"),
    path("record/verify.pyz", proof.verifier, name="record_verifier"),
    path("stories/<slug:slug>/record.json", proof.story_record, name="story_record"),
    # Machines.
    *(
        path(
            f"stories/<slug:slug>/changes.{name}", feeds.story_changes, {"write": write}, f"changelog_{name}"
        )
        for name, write in feeds.WRITERS.items()
    ),
    *(
        path(f"corrections.{name}", feeds.corrections, {"write": write}, f"corrections_{name}")
        for name, write in feeds.WRITERS.items()
    ),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-stories-<int:page>.xml", sitemaps.stories, name="sitemap_stories"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap_news"),
    path("robots.txt", sitemaps.robots, name="robots"),
    # Where browsers look for the icon of what is no page, such as a feed.
    path("favicon.ico", RedirectView.as_view(url=_ICON), name="favicon"),
    # What looks after the newsroom.
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.metrics, name="metrics"),
    # Everybody of the newsroom.
    path("account/", include("stories.signing_in.urls")),
    # Editors.
    path("preview/<key:pk>/", preview.preview, name="preview_story"),
    # Reporters.
    path(
        "desk/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="desk_login",
    ),
    path("desk/", inbox.inbox, name="desk_inbox"),
    path("desk/news/", news.news, name="desk_news"),
    path("desk/answers/", inbox.answers, name="desk_answers"),
    path("desk/undo/", inbox.undo, name="desk_undo"),
    path("desk/alerts/<key:pk>/", alerts.alert, name="desk_alert"),
    path("desk/alerts/<key:pk>/answer/", alerts.answer, name="desk_answer"),
    path("desk/alerts/<key:pk>/undo/", alerts.undo, name="desk_undo_answer"),
    path("desk/alerts/<key:pk>/assign/", alerts.assign, name="desk_assign"),
    path("desk/alerts/<key:pk>/note/", alerts.note, name="desk_note"),
    path("desk/cite/", cite.cite, name="desk_cite"),
    path("desk/following/", following.following, name="desk_following"),
    path("desk/following/change/", following.change, name="desk_follow"),
    path("desk/hearing/", hearing.hearing, name="desk_hearing"),
    path("desk/sources/", sources.sources, name="desk_sources"),
    path("desk/sources/<key:pk>/", sources.source, name="desk_source"),
    path("desk/sources/<key:pk>/check/", sources.check_now, name="desk_check_now"),
    path("desk/sources/<key:pk>/look/", sources.look, name="desk_look"),
    path("desk/sources/<key:pk>/move/", sources.confirm_source_move, name="desk_confirm_move"),
    path("desk/sources/<key:pk>/copies/", copies.copies, name="desk_copies"),
    path("desk/sources/<key:pk>/copies/<key:copy_pk>/", copies.copy, name="desk_copy"),
    path("desk/sources/<key:pk>/copies/<key:copy_pk>/inert/", copies.inert_copy, name="desk_inert_copy"),
    path("desk/sources/<key:pk>/copies/<key:copy_pk>/file/", copies.copy_file, name="desk_copy_file"),
    path(
        "desk/sources/<key:pk>/compare/<key:before>/<key:after>/", copies.compare, name="desk_compare_copies"
    ),
    # Where else alerts go.
    path("desk/hearing/endpoints/", endpoints.endpoints, name="desk_endpoints"),
    path("desk/hearing/endpoints/add/<slug:service>/", endpoints.add, name="desk_endpoint_add"),
    path("desk/hearing/endpoints/<key:pk>/", endpoints.endpoint, name="desk_endpoint"),
    path("desk/hearing/endpoints/<key:pk>/change/", endpoints.change, name="desk_endpoint_change"),
    path("desk/hearing/endpoints/<key:pk>/test/", endpoints.test, name="desk_endpoint_test"),
    path("desk/hearing/endpoints/<key:pk>/pause/", endpoints.pause, name="desk_endpoint_pause"),
    path("desk/hearing/endpoints/<key:pk>/resume/", endpoints.resume, name="desk_endpoint_resume"),
    path("desk/hearing/endpoints/<key:pk>/secret/", endpoints.new_secret, name="desk_endpoint_secret"),
    path("desk/hearing/endpoints/<key:pk>/remove/", endpoints.remove, name="desk_endpoint_remove"),
    path("desk/hearing/email/resume/", endpoints.resume_email, name="desk_resume_email"),
    path("desk/hearing/feed/", feed.feed_settings, name="desk_feed_settings"),
    path("desk/feed/<str:token>.atom", feed.feed, name="desk_feed"),
    path("desk/deliveries/<key:pk>/resend/", deliveries.resend, name="desk_resend"),
    # The mail's own way out.
    path("desk/unsubscribe/<str:token>/", unsubscribing.unsubscribe, name="desk_unsubscribe"),
]

#: The pages of the desk that need no role: to sign in or out, and what a secret address opens.
_OPEN_TO_ALL = {"desk_login", "desk_unsubscribe", "desk_feed"}
#: Keeps what was typed by itself: more than a note.
_KEEPS_ITS_OWN = "desk_cite"
for _route in urlpatterns:
    if str(getattr(_route, "name", "")).startswith("desk_") and _route.name not in _OPEN_TO_ALL:
        _route.callback = for_the_newsroom(_route.callback)
        if _route.name != _KEEPS_ITS_OWN:
            _route.callback = with_typed_words_kept(_route.callback)
