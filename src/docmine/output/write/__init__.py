"""Files that hold records, one format a module."""
