"""Chat services with hosts of their own: each message goes through Apprise, to nowhere but that host."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, parse_qsl

from django.utils.translation import gettext_noop as _

from stories.alerting.channels.chat_service import ChatText, Field, Service, Values
from stories.alerting.channels.through_apprise import notify

_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,200}")


def _send_to_slack(values: Values, text: ChatText) -> str:
    team, bot, token = SLACK.match("url", values).groups()
    return notify(
        "slack.NotifySlack",
        text,
        token_a=team,
        token_b=bot,
        token_c=token,
        include_footer=False,
        include_image=False,
    )


SLACK: Service = Service(
    key="slack",
    label="Slack",
    help=_(
        "In Slack: Apps → Incoming WebHooks → Add to Slack, choose the channel, and copy the webhook URL."
    ),
    fields=(
        Field(
            "url",
            _("Webhook URL"),
            _("It begins with https://hooks.slack.com/services/ and is a secret."),
            re.compile(
                r"https://hooks\.slack\.com/services/([A-Z0-9]{3,20})/([A-Z0-9]{3,20})/([A-Za-z0-9]{8,64})/?"
            ),
            _("The address is like https://hooks.slack.com/services/T…/B…/…."),
            placeholder="https://hooks.slack.com/services/…",
        ),
    ),
    send=_send_to_slack,
)


def _send_to_teams(values: Values, text: ChatText) -> str:
    parts = TEAMS.match("url", values).groupdict()
    asked = parse_qs(parts.pop("query"))
    return notify(
        "workflows.NotifyWorkflows",
        text,
        markup="markdown",
        host=parts["host"],
        workflow=parts["workflow"],
        signature=asked.get("sig", [""])[0],
        version=asked.get("api-version", ["2016-06-01"])[0],
        power_automate=bool(parts["automate"]),
        routing_id=parts["routing"],
        include_image=False,
    )


TEAMS: Service = Service(
    key="teams",
    label="Microsoft Teams",
    help=(
        _(
            "In Teams: the channel’s menu → Workflows → “Post to a channel when a webhook request is received”, "
            "and copy the address at the end."
        )
    ),
    fields=(
        Field(
            "url",
            _("Workflow address"),
            _("A long address of Microsoft’s, with sig= in it. It is a secret."),
            # Microsoft's own hosts: the public cloud, the American government's and the Chinese.
            re.compile(
                r"https://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:logic\.azure\.(?:com|us|cn)"
                r"|api(?:\.[a-z0-9-]+)?\.powerplatform\.(?:com|microsoft\.us|partner\.microsoftonline\.cn)))(?::443)?"
                r"(?P<automate>/powerautomate/automations/direct(?:/cu/(?P<routing>[0-9]+))?)?"
                r"/workflows/(?P<workflow>[A-Za-z0-9_-]+)/triggers/manual/paths/invoke/?\?(?P<query>\S*\bsig=\S+)"
            ),
            _(
                "The address is like https://….logic.azure.com/workflows/…/triggers/manual/paths/invoke?…&sig=…."
            ),
            placeholder="https://….api.powerplatform.com/…",
        ),
    ),
    send=_send_to_teams,
)


def _send_to_discord(values: Values, text: ChatText) -> str:
    webhook, token = DISCORD.match("url", values).groups()
    return notify("discord.NotifyDiscord", text, webhook_id=webhook, webhook_token=token, avatar=False)


DISCORD: Service = Service(
    key="discord",
    label="Discord",
    help=_("In Discord: the channel’s settings → Integrations → Webhooks → New Webhook → Copy Webhook URL."),
    fields=(
        Field(
            "url",
            _("Webhook URL"),
            _("It begins with https://discord.com/api/webhooks/ and is a secret."),
            re.compile(
                r"https://(?:(?:ptb|canary)\.)?discord(?:app)?\.com/api/webhooks/([0-9]{5,25})/([A-Za-z0-9_-]{8,100})/?"
            ),
            _("The address is like https://discord.com/api/webhooks/…/…."),
            placeholder="https://discord.com/api/webhooks/…",
        ),
    ),
    send=_send_to_discord,
)


def _send_to_google_chat(values: Values, text: ChatText) -> str:
    space, query = GOOGLE_CHAT.match("url", values).groups()
    asked = dict(parse_qsl(query))
    return notify(
        "google_chat.NotifyGoogleChat",
        text,
        workspace=space,
        webhook_key=asked.get("key"),
        webhook_token=asked.get("token"),
        thread_key=text.thread or None,
    )


GOOGLE_CHAT: Service = Service(
    key="google_chat",
    label="Google Chat",
    help=_(
        "In Google Chat: the space’s menu → Apps & integrations → Webhooks → Add webhook, and copy its link."
    ),
    fields=(
        Field(
            "url",
            _("Webhook link"),
            _("It begins with https://chat.googleapis.com/v1/spaces/ and is a secret."),
            re.compile(
                r"https://chat\.googleapis\.com/v1/spaces/([A-Za-z0-9_-]+)/messages/?\?(\S*\btoken=\S+)"
            ),
            _("The address is like https://chat.googleapis.com/v1/spaces/…/messages?key=…&token=…."),
            placeholder="https://chat.googleapis.com/v1/spaces/…",
        ),
    ),
    send=_send_to_google_chat,
)


def _send_to_telegram(values: Values, text: ChatText) -> str:
    token, chat = TELEGRAM.match("token", values)[0], TELEGRAM.match("chat", values)[0]
    # Apprise would take what looks like a tag in plain text for one.
    return notify(
        "telegram.NotifyTelegram", text, markup="html", bot_token=token, targets=[chat], detect_owner=False
    )


TELEGRAM: Service = Service(
    key="telegram",
    label="Telegram",
    help=(
        _(
            "In Telegram: write /newbot to @BotFather and copy the token. "
            "Write to your bot once, or add it to the group. "
            "@userinfobot tells you the chat’s number."
        )
    ),
    fields=(
        Field(
            "token",
            _("Bot token"),
            _("As BotFather gave it."),
            re.compile(r"[0-9]{5,15}:[A-Za-z0-9_-]{16,64}"),
            _("A token is like 123456789:AAE…, a number, a colon and letters."),
            placeholder="123456789:AAE…",
        ),
        Field(
            "chat",
            _("Chat"),
            _(
                "The number of the chat, which for a group begins with a minus, or @ and the name of a channel."
            ),
            re.compile(r"-?[0-9]{3,20}|@[A-Za-z0-9_]{5,32}"),
            _("A chat is a number such as -1001234567890, or a name such as @ournews."),
            placeholder="-1001234567890",
            is_secret=False,
        ),
    ),
    send=_send_to_telegram,
)


def _send_to_webex(values: Values, text: ChatText) -> str:
    token = WEBEX.match("url", values)[1]
    return notify("webexteams.NotifyWebexTeams", text, markup="markdown", token=token)


WEBEX: Service = Service(
    key="webex",
    label="Webex",
    help=_("In the Webex App Hub: Incoming Webhooks → Connect, choose the space, and copy the webhook URL."),
    fields=(
        Field(
            "url",
            _("Webhook URL"),
            _("It begins with https://webexapis.com/v1/webhooks/incoming/ and is a secret."),
            re.compile(
                r"https://(?:webexapis|api\.ciscospark)\.com/v1/webhooks/incoming/([A-Za-z0-9]{80,160})/?"
            ),
            _("The address is like https://webexapis.com/v1/webhooks/incoming/…."),
            placeholder="https://webexapis.com/v1/webhooks/incoming/…",
        ),
    ),
    send=_send_to_webex,
)


def _send_to_zulip(values: Values, text: ChatText) -> str:
    bot, organization = ZULIP.match("bot", values).groups()
    token, stream = ZULIP.match("token", values)[0], ZULIP.match("stream", values)[0]
    return notify(
        "zulip.NotifyZulip", text, botname=bot, organization=organization, token=token, targets=[stream]
    )


ZULIP: Service = Service(
    key="zulip",
    label="Zulip",
    help=_("In Zulip Cloud: Settings → Your bots → Add a new bot, of the type “Incoming webhook”."),
    fields=(
        Field(
            "bot",
            _("Bot’s e-mail address"),
            _("As Zulip shows it beside the bot."),
            re.compile(r"([A-Za-z0-9_.+-]{1,64})-bot@([A-Za-z0-9-]{1,64})\.zulipchat\.com"),
            _("It is like alerts-bot@yourname.zulipchat.com. A server of your own is reached by a webhook."),
            placeholder="alerts-bot@yourname.zulipchat.com",
            is_secret=False,
        ),
        Field(
            "token",
            _("API key"),
            _("As Zulip shows it beside the bot."),
            _TOKEN,
            _("A key has letters and digits only."),
        ),
        Field(
            "stream",
            _("Channel"),
            _("The name of the channel to write in."),
            re.compile(r"[^\x00-\x1f,]{1,60}"),
            _("A channel’s name has up to 60 letters, and no comma."),
            placeholder="news alerts",
            is_secret=False,
        ),
    ),
    send=_send_to_zulip,
)


def _send_to_pushover(values: Values, text: ChatText) -> str:
    user, token = PUSHOVER.match("user_key", values)[0], PUSHOVER.match("token", values)[0]
    return notify("pushover.NotifyPushover", text, user_key=user, token=token, supplemental_url=text.address)


PUSHOVER: Service = Service(
    key="pushover",
    label="Pushover",
    help=_(
        "At pushover.net: your user key is on the first page; make an application there for its API token."
    ),
    fields=(
        Field(
            "user_key",
            _("User key"),
            _("30 letters and digits."),
            re.compile(r"[A-Za-z0-9]{30}"),
            _("A user key has 30 letters and digits."),
        ),
        Field(
            "token",
            _("API token"),
            _("Of the application, 30 letters and digits."),
            re.compile(r"[A-Za-z0-9]{30}"),
            _("An API token has 30 letters and digits."),
        ),
    ),
    send=_send_to_pushover,
)
