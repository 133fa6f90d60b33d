import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { setLanguage, startWords } from "../words";
import { Value } from "./Value";

test("what is so or not says what it is where no heading does", async () => {
  await startWords();
  setLanguage("ru");
  const { container, rerender } = render(<Value name="links" value={[{ status: "actual", undated: true }]} />);
  expect(container.textContent).toContain("без даты");
  expect(container.textContent).not.toMatch(/да$/);
  rerender(<Value name="links" value={[{ essential: false }]} />);
  expect(container.textContent).toBe("необходимо: нет");
  rerender(<Value name="essential" value={false} />);
  expect(container.textContent).toBe("нет");
});
