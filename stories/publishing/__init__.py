"""From an update to a version to the changelog: the public record."""
