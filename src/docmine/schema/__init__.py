"""WHAT FLOWS: spans and the offset map, blocks of a document, findings, records."""
