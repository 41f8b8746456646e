"""What is taken out of sentences: times and deadlines, parties, directive units, roles."""
