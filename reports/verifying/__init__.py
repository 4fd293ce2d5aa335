"""What somebody says a report says, held against what its attachments give."""
