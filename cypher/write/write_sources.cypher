// name: write_sources
// mode: write
// parameters:
//   rows: list<map> — id, name, rank, licence of each source
// returns:
//   none
// doc: Sources as decided by the caller; a known one gets the new rank and licence.

UNWIND $rows AS row
MERGE (s:Entity {id: row.id})
SET s:Source, s.name = row.name, s.rank = row.rank, s.licence = row.licence
