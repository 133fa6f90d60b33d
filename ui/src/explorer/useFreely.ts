import { useEffect, useState } from "react";

type Lay = typeof import("./freely").layFreely;

/** The free layout, fetched when it is first wanted; undefined until it is there, and while it is not wanted. */
export function useFreely(isWanted: boolean): Lay | undefined {
  const [lay, setLay] = useState<Lay>();
  useEffect(() => {
    let isGone = false;
    if (isWanted) void import("./freely").then(({ layFreely }) => { if (!isGone) setLay(() => layFreely); });
    return () => { isGone = true; };
  }, [isWanted]);
  return isWanted ? lay : undefined;
}
