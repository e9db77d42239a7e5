import { expect, test } from "vitest";

import { articleTranslationOf } from "./article-translation.ts";

const ask = (texts: readonly string[], language = "Spanish") => {
  const sentences = texts.map((text, place) => ({ number: place + 1, text }));
  return articleTranslationOf({
    model: "demo",
    messages: [
      {
        role: "user",
        content: `<article>${JSON.stringify({ title: "Towels", sentences })}</article>\n<task>translate the sentences of an article into ${language}</task>`,
      },
    ],
  });
};

test("the demo brain translates the sentences it knows by their numbers, and says where it does not", () => {
  expect(ask(["Bring a smile.", "Towels are free."])).toEqual({
    sentences: [{ number: 2, text: "Las toallas son gratis." }],
    remark: expect.stringContaining("demo brain"),
  });
  expect(ask(["Towels are free."])).toMatchObject({ remark: "" });
  expect(ask(["Towels are free."], "German")).toMatchObject({ sentences: [] });
});

test("another request is none of its business, and an article that cannot be read has no sentences", () => {
  expect(
    articleTranslationOf({ model: "demo", messages: [{ role: "user", content: "<task>translate the message into Spanish</task>" }] }),
  ).toBeNull();
  const broken = "<article>{</article>\n<task>translate the sentences of an article into Spanish</task>";
  expect(articleTranslationOf({ model: "demo", messages: [{ role: "user", content: broken }] })).toMatchObject({ sentences: [] });
});
