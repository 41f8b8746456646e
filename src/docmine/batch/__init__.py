"""MANY FILES: what to read (plan), reading it (engine), the account of it (manifest)."""
