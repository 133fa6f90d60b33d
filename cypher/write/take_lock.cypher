// name: take_lock
// mode: write
// parameters:
//   token: string — the new holder's secret
//   dead: string — token of a holder that is known to be dead, or null
//   holder: string — the new holder's name
//   host: string — its machine
//   pid: integer — its process
//   started: string — when that process began
//   seconds: integer — how long the lock lasts without being renewed
// returns:
//   holder: string — one row if the lock was free, none if not
// doc: Take the writer's lock if nobody has it. The first SET makes everybody else wait until this is decided.

MATCH (z:Zveno {id: 'zveno'})
SET z.lock_asked = $token
WITH z
WHERE z.lock_token IS NULL OR z.lock_token = $dead OR z.lock_until < timestamp()
SET z.lock_token = $token, z.lock_holder = $holder, z.lock_host = $host, z.lock_pid = $pid,
    z.lock_started = $started, z.lock_until = timestamp() + $seconds * 1000
RETURN z.lock_holder AS holder
