import { expect, test } from "vitest";

import { rewriteOf } from "./rewrite.ts";

const ask = (words: string, wish: string) =>
  rewriteOf({
    model: "demo",
    system: "",
    messages: [
      { role: "user", content: `<message>${JSON.stringify(words)}</message>\n<task>rewrite the message so that it is ${wish}</task>` },
    ],
  });

test("the demo brain leaves out filler words, keeps every figure, and says so where there is nothing to leave out", () => {
  expect(ask("Please note that we just open at 9.", "shorter")).toEqual({ isRewritten: true, text: "We open at 9." });
  expect(ask("Open at 9.", "shorter")).toMatchObject({ isRewritten: false });
  expect(ask("Open at 9.", "warmer and friendlier")?.text).toContain("Open at 9.");
  expect(ask("Open at 9.", "louder")).toBeNull();
});
