"""The order of the stages: what is due is checked, news are told, deliveries are sent.

The rows are the truth. Each task loads by key, calls one service and chains the next stage; whatever message is
lost, doubled or late, the next tick carries on from the rows.
"""

from stories.tasks.bulk import ask_to_carry_out, carry_out, carry_out_now
from stories.tasks.hand_out import tick
from stories.tasks.letters import (
    ask_for_invitation,
    ask_for_link,
    ask_for_notice,
    mail_invitation,
    mail_link,
    mail_link_to,
    mail_notice,
)
from stories.tasks.looks import ask_to_check, check_sources, tell
from stories.tasks.messages import (
    ask_to_deliver,
    deliver,
    deliver_digest,
    gather,
    ping_hub,
    post,
    post_digest,
    say_what_is_paused,
    sender_of,
    sender_of_digest,
)
from stories.tasks.outside import ask_to_bring_in, bring_in, look_at_a_feed
from stories.tasks.record import (
    ask_to_renew_exports,
    export_daily,
    publish,
    renew_record_exports,
    sign_record,
    verify_nightly,
)
from stories.tasks.upkeep import count_figures, fold_looks, thin_snapshots, tidy

__all__ = [
    "ask_for_invitation",
    "ask_for_link",
    "ask_for_notice",
    "ask_to_bring_in",
    "ask_to_carry_out",
    "ask_to_check",
    "ask_to_deliver",
    "ask_to_renew_exports",
    "bring_in",
    "carry_out",
    "carry_out_now",
    "check_sources",
    "count_figures",
    "deliver",
    "deliver_digest",
    "export_daily",
    "fold_looks",
    "gather",
    "look_at_a_feed",
    "mail_invitation",
    "mail_link",
    "mail_link_to",
    "mail_notice",
    "ping_hub",
    "post",
    "post_digest",
    "publish",
    "renew_record_exports",
    "say_what_is_paused",
    "sender_of",
    "sender_of_digest",
    "sign_record",
    "tell",
    "thin_snapshots",
    "tick",
    "tidy",
    "verify_nightly",
]
