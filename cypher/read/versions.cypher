// name: versions
// mode: read
// parameters:
//   none
// returns:
//   number: integer — a completed version
//   committed_at: string — when it was completed, UTC
// doc: All completed versions, oldest first.

MATCH (v:ZvenoVersion)
RETURN v.number AS number, v.committed_at AS committed_at
ORDER BY number
