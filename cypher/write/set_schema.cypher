// name: set_schema
// mode: write
// parameters:
//   number: integer — number of a migration that was applied
// returns:
//   none
// doc: Note that a migration was applied.

MERGE (z:Zveno {id: 'zveno'})
SET z.schema = CASE WHEN coalesce(z.schema, 0) < $number THEN $number ELSE z.schema END
