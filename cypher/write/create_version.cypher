// name: create_version
// mode: write
// parameters:
//   number: integer — the version
//   committed_at: string — now, UTC
// returns:
//   none
// doc: The graph moves to this version.

MATCH (z:Zveno {id: 'zveno'})
SET z.version = $number, z.committed_at = $committed_at
CREATE (:ZvenoVersion {number: $number, committed_at: $committed_at})
