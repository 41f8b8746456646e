"""3 FINDINGS → RECORDS: the record of one document, and the files that hold records."""
