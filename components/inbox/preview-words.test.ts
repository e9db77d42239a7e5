import { expect, test } from "vitest";

import { previewWords } from "#components/inbox/preview-words.ts";

const preview = (lastMessageAuthor: "agent" | "contact", lastMessagePreview: string): string =>
  previewWords({ lastMessageAuthor, lastMessagePreview });

test("the preview of a first answer begins with the answer, in every language of the disclosure", () => {
  expect(preview("agent", "Hi, this is Spotter. I'm the club's AI assistant. We open at 6. Does that help?")).toBe(
    "We open at 6. Does that help?",
  );
  expect(preview("agent", "Hola, soy Spotter, el asistente de IA del club. Abrimos a las 6.")).toBe("Abrimos a las 6.");
});

test("nothing else loses a word", () => {
  expect(preview("agent", "We open at 6. Does that help?")).toBe("We open at 6. Does that help?");
  expect(preview("agent", "Our AI coach costs $20. Want to try it?")).toBe("Our AI coach costs $20. Want to try it?");
  expect(preview("agent", "Yes, I'm the club's AI assistant.")).toBe("Yes, I'm the club's AI assistant.");
  expect(preview("contact", "Are you an AI? Tell me.")).toBe("Are you an AI? Tell me.");
});
