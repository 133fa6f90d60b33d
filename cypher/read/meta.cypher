// name: meta
// mode: read
// parameters:
//   none
// returns:
//   schema: integer — number of the last migration
//   version: integer — the last completed version
//   committed_at: string — when it was completed, UTC
//   linked_version: integer — the version that the links show
//   linked_on: string — the day that the links show, or null
//   documents_changed: list<string> — documents whose claims have not followed them yet
//   linked_on: string — the day that the links show, or null
//   documents_changed: list<string> — documents whose claims have not followed them yet
//   linked_on: string — the day that the links show, or null
//   documents_changed: list<string> — documents whose claims have not followed them yet
//   used: list<string> — properties that any claim has
//   lock_token: string — the writer's secret, null while nobody writes
//   lock_holder: string — its name
//   lock_host: string — its machine
//   lock_pid: integer — its process there
//   lock_started: string — when that process began, as its kernel counts
//   is_locked: boolean — whether its time is not over
// doc: The one node on which Zveno keeps what it must know about the whole graph.

MATCH (z:Zveno {id: 'zveno'})
RETURN z.schema AS schema, coalesce(z.version, 0) AS version, coalesce(z.committed_at, '') AS committed_at,
       coalesce(z.linked_version, 0) AS linked_version, z.linked_on AS linked_on,
       coalesce(z.documents_changed, []) AS documents_changed, coalesce(z.used, []) AS used, z.lock_token AS lock_token,
       z.lock_holder AS lock_holder, z.lock_host AS lock_host, z.lock_pid AS lock_pid, z.lock_started AS lock_started,
       z.lock_token IS NOT NULL AND z.lock_until >= timestamp() AS is_locked
