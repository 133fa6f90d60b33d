// name: erase_drawn
// mode: write
// parameters:
//   relationships: list<string> — element ids of relationships that claims stand for now
//   nodes: list<string> — element ids of nodes that entities stand for now
// returns:
//   none
// doc: Remove what was drawn by hand once claims say it: the links of these claims take its place.

CALL () {
  UNWIND $relationships AS element
  MATCH ()-[r]->()
  WHERE elementId(r) = element
  DELETE r
}
CALL () {
  UNWIND $nodes AS element
  MATCH (n)
  WHERE elementId(n) = element AND NOT n:Entity AND NOT EXISTS { (n)--() }
  DELETE n
}
