"""What is not HTML, as text: feeds, JSON, PDF, Markdown, plain text."""
