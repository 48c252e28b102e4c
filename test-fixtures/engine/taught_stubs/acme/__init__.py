"""A package whose other half is compiled and not in the repository."""
