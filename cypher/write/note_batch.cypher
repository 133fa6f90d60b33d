// name: note_batch
// mode: write
// parameters:
//   load: integer — the load
//   known: integer — claims of this batch that were there before the load
//   used: list<string> — properties that this batch is the first to use
//   documents: list<string> — documents that changed in a way that links show
// returns:
//   none
// doc: What a batch adds to the memory of its load and of the graph.

MATCH (z:Zveno {id: 'zveno'})
MATCH (l:ZvenoLoad {load_id: $load})
SET z.used = coalesce(z.used, []) + [name IN $used WHERE NOT name IN coalesce(z.used, [])],
    l.noted = coalesce(l.noted, 0) + $known,
    z.documents_changed = coalesce(z.documents_changed, []) + $documents
