/** A text cut where quotes begin and end: pieces without a claim and pieces on which claims rest. */

interface Quote {
  claim: string;
  start: number;
  end: number;
}

export interface Passage {
  start: number;
  words: string;
  claims: readonly string[];
}

/**
 * @param text the whole text; positions count characters as Python does (code points).
 * @param quotes where claims stand in it; they may overlap.
 */
export function passages(text: string, quotes: readonly Quote[]): Passage[] {
  const letters = Array.from(text);
  const inside = quotes.filter(({ start, end }) => start >= 0 && end <= letters.length && start < end);
  const cuts = [...new Set([0, letters.length, ...inside.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, place) => {
    const end = cuts[place + 1] ?? letters.length;
    return {
      start,
      words: letters.slice(start, end).join(""),
      claims: inside.filter((quote) => quote.start <= start && end <= quote.end).map(({ claim }) => claim),
    };
  });
}
