"""The publish panel as tests meet it: its address, its form as it stands, a story that is edited before."""

from django.urls import reverse

from stories.models import Article


def panel(article, alert=None):
    query = f"?alert={alert.pk}" if alert else ""
    return reverse("admin:stories_article_publish", args=[article.pk]) + query


def sent(client, url, **typed):
    """The panel's form as it stands, and the button."""
    form = client.get(url).context
    values = {
        name: form["form"][name].value() or "" for name in ("kind", "note", "when", "at", "zone", "because")
    }
    take = form["form"]["take"].value() or []
    return {**values, "take": take, "seen": form["proposal"].seen, "_publish": "1", **typed}


def edit(article, **fields):
    article = Article.objects.get(pk=article.pk)
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    return article
