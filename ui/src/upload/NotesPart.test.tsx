import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { setLanguage, startWords } from "../words";
import { RejectsList } from "./NotesPart";

const REJECT = { where: "a.csv, row 2", sheet: null, row: 2, reason: "wrong", words: { en: "wrong", ru: "неверно" } };

test("that rejected rows are but the first of all is said", async () => {
  await startWords();
  setLanguage("en");
  const { rerender } = render(<RejectsList rejects={[REJECT]} total={12} />);
  expect(screen.getByText("shown 1 of 12")).toBeTruthy();
  rerender(<RejectsList rejects={[REJECT]} total={1} />);
  expect(screen.queryByText(/shown/)).toBeNull();
});
