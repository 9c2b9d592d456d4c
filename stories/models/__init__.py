"""The nouns. Imports run one way: words and history, article, claim, source, citation, what hangs on them."""

from django.apps import apps

from stories.models.acts import Act
from stories.models.alert import Alert
from stories.models.alert_event import AlertEvent
from stories.models.article import Article
from stories.models.audit_entry import AuditEntry
from stories.models.blob import Blob
from stories.models.bulk import Bulk, BulkRow
from stories.models.check import Check
from stories.models.checkpoint import Checkpoint
from stories.models.citation import Citation
from stories.models.claim import Claim
from stories.models.delivery import Delivery
from stories.models.digest import Digest
from stories.models.endpoint import Endpoint
from stories.models.error_report import ErrorReport
from stories.models.feed_token import FeedToken
from stories.models.following import Following
from stories.models.guesses import Guesses
from stories.models.host import Host
from stories.models.hub_ping import HubPing
from stories.models.intake import Incoming, Intake
from stories.models.kept_entry import KeptEntry
from stories.models.kept_figure import KeptFigure
from stories.models.leaf import Leaf
from stories.models.merge import Merge
from stories.models.names import say_names
from stories.models.node import Node
from stories.models.preferences import HearingChoice, Preferences
from stories.models.presence import Presence
from stories.models.publication import Publication
from stories.models.pulse import Pulse
from stories.models.saved_filter import SavedFilter
from stories.models.searchable import Searchable, SearchKind
from stories.models.snapshot import Snapshot
from stories.models.source import Source
from stories.models.takedown import Takedown
from stories.models.tally import Tally
from stories.models.update import Update
from stories.models.user import User
from stories.models.verdict import Verdict
from stories.models.verification import Verification
from stories.models.version import Version
from stories.models.watch import Watch
from stories.models.watched_feed import WatchedFeed

__all__ = [
    "Act",
    "Alert",
    "AlertEvent",
    "Article",
    "AuditEntry",
    "Blob",
    "Bulk",
    "BulkRow",
    "Check",
    "Checkpoint",
    "Citation",
    "Claim",
    "Delivery",
    "Digest",
    "Endpoint",
    "ErrorReport",
    "FeedToken",
    "Following",
    "Guesses",
    "HearingChoice",
    "Host",
    "HubPing",
    "Incoming",
    "Intake",
    "KeptEntry",
    "KeptFigure",
    "Leaf",
    "Merge",
    "Node",
    "Preferences",
    "Presence",
    "Publication",
    "Pulse",
    "SavedFilter",
    "SearchKind",
    "Searchable",
    "Snapshot",
    "Source",
    "Takedown",
    "Tally",
    "Update",
    "User",
    "Verdict",
    "Verification",
    "Version",
    "Watch",
    "WatchedFeed",
]

say_names(apps.all_models["stories"].values())
