"""Data only: rules, lexicons, calendars."""
