// name: sources
// mode: read
// parameters:
//   none
// returns:
//   id: string — source id
//   name: string — who publishes
//   rank: integer — 1 register, 2 the party itself, 3 authority or news, 4 reprint, 5 unknown
//   licence: string — terms of use
// doc: All sources, ordered by id.

MATCH (s:Source)
RETURN s.id AS id, s.name AS name, s.rank AS rank, s.licence AS licence
ORDER BY id
