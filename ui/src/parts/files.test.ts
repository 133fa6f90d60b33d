import { expect, it } from "vitest";
import { fileName } from "./files";

it("calls a file what it shows, in a way that file systems take", () => {
  expect(fileName("Граф: Завод «Изопан» (Волжский)", "csv", "2026-11-28")).toBe("Граф Завод Изопан (Волжский) 2026-11-28.csv");
  expect(fileName("../..\u0000/:*", "svg", "2026-11-28")).toBe(".. .. 2026-11-28.svg");
  expect(fileName("я".repeat(300), "png", "2026-11-28")).toHaveLength(80 + 15);
});
