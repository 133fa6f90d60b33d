// name: create_claims
// mode: write
// parameters:
//   type: list<string> — relation type of each claim; all lists have one element a claim
//   start: list<string> — id of the node where it begins
//   end: list<string> — id of the node where it ends
//   claim_id: list<string> — its id
//   link: list<string> — key of the link that it speaks of
//   document_id: list<string> — its document
//   source_rank: list<integer> — rank of the document's source
//   published_on: list<string> — when the document was published
//   last_seen: list<string> — the latest of valid_from, last day of the period, published_on
//   from_raw: list<string> — The subject as stated, before any merging.
//   to_raw: list<string> — The object as stated, before any merging; empty for HAS and DESCRIBED_IN.
//   product: list<string> — The product that the statement is about.
//   kind: list<string> — What is counted or how the parties cooperate: Cost, Output, joint_venture …
//   role: list<string> — The role of a participant or the title of a person.
//   basis: list<string> — delivery: dated, deliveries add up · rate: a standing statement.
//   quantity_min: list<float> — Amount in `unit`, lower bound; empty = not stated.
//   quantity_max: list<float> — Amount in `unit`, upper bound; empty = not stated.
//   capacity_min: list<float> — What could be made, in `unit`, lower bound; empty = not stated.
//   capacity_max: list<float> — What could be made, in `unit`, upper bound; empty = not stated.
//   unit: list<string> — Unit of quantity and capacity; a rate carries its period: t/month.
//   value_min: list<float> — Money in `currency`, lower bound; empty = not stated.
//   value_max: list<float> — Money in `currency`, upper bound; empty = not stated.
//   currency: list<string> — ISO 4217 code.
//   buyer_share_min: list<float> — Share of the buyer's need of the product, 0 to 1, lower bound; empty = not stated.
//   buyer_share_max: list<float> — Share of the buyer's need of the product, 0 to 1, upper bound; empty = not stated.
//   sales_share_min: list<float> — Share of the seller's sales, 0 to 1, lower bound; empty = not stated.
//   sales_share_max: list<float> — Share of the seller's sales, 0 to 1, upper bound; empty = not stated.
//   share_min: list<float> — Share held, or another share that `kind` names, 0 to 1, lower bound; empty = not stated.
//   share_max: list<float> — Share held, or another share that `kind` names, 0 to 1, upper bound; empty = not stated.
//   count_min: list<float> — How many parties, lower bound; empty = not stated.
//   count_max: list<float> — How many parties, upper bound; empty = not stated.
//   seq: list<integer> — Number of the stage.
//   essential: list<boolean> — Output stops without this input.
//   complete: list<boolean> — All suppliers of this need are known.
//   substitutable: list<boolean> — Another input can replace this one.
//   scope: list<string> — What the figure covers where a source limits it; other scopes are no rivals.
//   valid_from: list<string> — The relation holds from this day.
//   valid_to: list<string> — The relation holds before this day (stated end dates are inclusive: stored + 1).
//   period_from: list<string> — First day that the figure covers.
//   period_to: list<string> — The day after the last that the figure covers.
//   status: list<string> — actual, planned or cancelled.
//   record: list<string> — The row's own key at the source, else a hash of its cells; never a row number.
//   quote: list<string> — The words of the document.
//   char_start: list<integer> — Offset of the quote in the document's text, in characters.
//   char_end: list<integer> — Offset after the quote.
//   dates: list<string> — The dates as the source writes them.
//   note: list<string> — A paraphrase or the editor's note.
//   row: list<string> — File, sheet and row that it was read from.
//   confidence: list<float> — 0 to 1; 1 unless stated.
//   review: list<string> — A person's word: asserted, confirmed, disputed.
//   how: list<string> — explicit, coref, implied, inferred.
//   method: list<string> — Loader and its version.
//   value_per_year_min: list<float> — Money per year, lower bound.
//   value_per_year_max: list<float> — Money per year, upper bound.
//   quantity_per_year_min: list<float> — Amount per year in `base_unit`, lower bound.
//   quantity_per_year_max: list<float> — Amount per year in `base_unit`, upper bound.
//   base_unit: list<string> — Unit of the amount per year.
//   version: integer — the version that will hold them
//   load: integer — the load that states them
// returns:
//   none
// doc: New claims, in columns: lists travel and are read faster than a map for each claim, and a column that no claim
//   states is one null. The caller has made sure that the nodes exist and the ids are not in use.

UNWIND range(0, size($claim_id) - 1) AS i
MATCH (a:Entity {id: $start[i]})
MATCH (b:Entity {id: $end[i]})
CREATE (a)-[:$('CLAIM_' + $type[i]) {
  claim_id: $claim_id[i], live_id: $claim_id[i],
  link: $link[i], document_id: $document_id[i], source_rank: $source_rank[i],
  published_on: $published_on[i], last_seen: $last_seen[i], from_raw: $from_raw[i], to_raw: $to_raw[i],
  product: $product[i], kind: $kind[i], role: $role[i], basis: $basis[i], quantity_min: $quantity_min[i],
  quantity_max: $quantity_max[i], capacity_min: $capacity_min[i], capacity_max: $capacity_max[i],
  unit: $unit[i], value_min: $value_min[i], value_max: $value_max[i], currency: $currency[i],
  buyer_share_min: $buyer_share_min[i], buyer_share_max: $buyer_share_max[i],
  sales_share_min: $sales_share_min[i], sales_share_max: $sales_share_max[i], share_min: $share_min[i],
  share_max: $share_max[i], count_min: $count_min[i], count_max: $count_max[i], seq: $seq[i],
  essential: $essential[i], complete: $complete[i], substitutable: $substitutable[i], scope: $scope[i],
  valid_from: $valid_from[i], valid_to: $valid_to[i], period_from: $period_from[i],
  period_to: $period_to[i], status: $status[i], record: $record[i], quote: $quote[i],
  char_start: $char_start[i], char_end: $char_end[i], dates: $dates[i], note: $note[i], row: $row[i],
  confidence: $confidence[i], review: $review[i], how: $how[i], method: $method[i],
  value_per_year_min: $value_per_year_min[i], value_per_year_max: $value_per_year_max[i],
  quantity_per_year_min: $quantity_per_year_min[i], quantity_per_year_max: $quantity_per_year_max[i],
  base_unit: $base_unit[i],
  recorded: $version, load: $load, loads: [$load]
}]->(b)
