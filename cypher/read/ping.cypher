// name: ping
// mode: read
// parameters:
//   none
// returns:
//   one: integer — 1
// doc: The cheapest question there is; its bookmark tells whether anything was committed.

RETURN 1 AS one
