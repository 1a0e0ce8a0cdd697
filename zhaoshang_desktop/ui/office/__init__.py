"""办公室: what concerns the office as a whole: backups, damage, the ledger, who may what."""
