// name: renew_lock
// mode: write
// parameters:
//   token: string — the holder's secret
//   seconds: integer — how long it lasts from now
// returns:
//   holder: string — one row if the lock is still this holder's, none if not
// doc: Keep the writer's lock; run first in every writing transaction.

MATCH (z:Zveno {id: 'zveno'})
SET z.lock_asked = $token
WITH z
WHERE z.lock_token = $token
SET z.lock_until = timestamp() + $seconds * 1000
RETURN z.lock_holder AS holder
