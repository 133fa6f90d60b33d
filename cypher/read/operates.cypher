// name: operates
// mode: read
// parameters:
//   none
// returns:
//   company: string — id of the operator as stated
//   plant: string — id of the plant as stated
// doc: Who runs which plant by a live statement that has not ended.

MATCH ()-[c:CLAIM_OPERATES]->()
WHERE c.retracted IS NULL AND c.status = 'actual' AND c.valid_to IS NULL
RETURN c.from_raw AS company, c.to_raw AS plant
