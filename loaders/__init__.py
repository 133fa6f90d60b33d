"""One file per source format: from files to claims, no store details."""
