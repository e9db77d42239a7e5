import { expect, test } from "vitest";

import { voiceOf } from "#components/thread/voice.ts";

test("the machine and the people of the club are never told in one voice", () => {
  expect(voiceOf({ direction: "inbound", author: "contact" })).toBe("contact");
  expect(voiceOf({ direction: "outbound", author: "staff" })).toBe("staff");
  expect(voiceOf({ direction: "outbound", author: "agent" })).toBe("spotter");
  expect(voiceOf({ direction: "outbound", author: "workflow" })).toBe("spotter");
  expect(voiceOf({ direction: "outbound", author: "system" })).toBe("spotter");
});

test("notes and events are neither", () => {
  expect(voiceOf({ direction: "note", author: "staff" })).toBe("note");
  expect(voiceOf({ direction: "event", author: "system" })).toBe("event");
});
