import type { Placed } from "./tiers";
import type { Layout } from "./view";

/** A card of the picture. */
export interface Card {
  id: string;
  type: string;
  name: string;
  second: string;
  /** In place of the glyph: how many are counted, `?` where nobody counts. */
  count: string | undefined;
  at: Placed;
  isPinned: boolean;
  isDisputed: boolean;
  isPlanned: boolean;
  /** Whether it stands back, while a path is shown that does not touch it. */
  isFaint: boolean;
  /** Whether it stands for neighbours that are not shown, and opens them. */
  isGroup: boolean;
  /** «20 and 117 more»: how many neighbours are not shown. */
  hidden: number;
}

/** A line of the picture: its pattern is the status, its end the kind of relation. */
export interface Line {
  id: string;
  from: string;
  to: string;
  label: string;
  status: string;
  isDisputed: boolean;
  end: "arrow" | "circle" | "bar" | "diamond";
  /** What it stands out by, beside the sign in its label; `faint` where others do. */
  emphasis?: "new" | "ended" | "path" | "faint" | undefined;
}

export interface Column {
  tier: number;
  title: string;
  count: number;
}

export interface Picture {
  /** How it is laid out; a free one has no columns. */
  layout: Layout;
  cards: readonly Card[];
  lines: readonly Line[];
  columns: readonly Column[];
}

/** What draws a picture; the explorer knows nothing else of it. */
export interface GraphRenderer {
  show: (picture: Picture) => void;
  choose: (cards: readonly string[], line: string | undefined) => void;
  /** Show everything. */
  fit: () => void;
  /** Bring many cards into sight, zooming out as far as names can be read. */
  bringIn: (ids: readonly string[]) => void;
  /** Bring a card into sight without moving more than needed. */
  reveal: (id: string) => void;
  zoomBy: (factor: number) => void;
  /** Read the colours of the theme again. */
  recolour: () => void;
  png: () => Promise<Blob>;
  /** Take it off the page. */
  end: () => void;
}

export interface Reactions {
  onCard: (id: string, isAdded: boolean) => void;
  onLine: (id: string) => void;
  onNothing: () => void;
  onMoved: (id: string, at: Placed) => void;
  onOpen: (id: string) => void;
  /** How many cards are in sight now. */
  onSight: (cards: number) => void;
}
