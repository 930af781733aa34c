"""Language: sentences, terms, synonyms, spelling. It knows nothing of files or indexes."""
