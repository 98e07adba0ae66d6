"""The page where a campaign is composed: recipients, message, what they see."""
