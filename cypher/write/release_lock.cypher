// name: release_lock
// mode: write
// parameters:
//   token: string — the holder's secret
// returns:
//   none
// doc: Give the writer's lock back.

MATCH (z:Zveno {id: 'zveno'})
WHERE z.lock_token = $token
REMOVE z.lock_token, z.lock_holder, z.lock_host, z.lock_pid, z.lock_started, z.lock_until, z.lock_asked
