// name: set_linked
// mode: write
// parameters:
//   version: integer — the version that the links show
//   today: string — the day that they show
//   documents: list<string> — changed documents that were looked at
// returns:
//   none
// doc: Note what the links show.

MATCH (z:Zveno {id: 'zveno'})
SET z.linked_version = $version, z.linked_on = $today,
    z.documents_changed = [d IN coalesce(z.documents_changed, []) WHERE NOT d IN $documents]
