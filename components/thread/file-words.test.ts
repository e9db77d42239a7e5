import type { FileOffer } from "#server/domain/file-kinds.ts";
import { expect, test } from "vitest";

import { filesObstacle, fileWords } from "./file-words.ts";

const MAIL: FileOffer = { kind: "taken", rules: { maxCount: 2, maxBytes: 1_000, kinds: ["pdf"] } };
const file = (kind: "sending" | "ready" | "refused", sizeBytes = 10) => ({ mediaType: "application/pdf", sizeBytes, state: { kind } });

test("a reply with files waits for each of them, and goes where the channel takes them", () => {
  expect(filesObstacle([], { kind: "none", why: "No." })).toBeNull();
  expect(filesObstacle([file("ready"), file("ready")], MAIL)).toBeNull();
  expect(filesObstacle([file("ready"), file("sending")], MAIL)).toMatch(/on their way/);
  expect(filesObstacle([file("sending"), file("refused")], MAIL)).toMatch(/^Remove/);
  expect(filesObstacle([file("ready", 600), file("ready", 600)], MAIL)).toBe("The files of a message may weigh 1 KB together.");
  expect(filesObstacle([file("ready")], { kind: "none", why: "Texts here carry no files." })).toMatch(
    /^Texts here carry no files\. Remove/,
  );
});

test("a file is named by kind and size, and by its kind alone where the size is not known", () => {
  expect(fileWords({ mediaType: "application/pdf", sizeBytes: 412_300 })).toBe("PDF, 412 KB");
  expect(fileWords({ mediaType: "application/zip", sizeBytes: 0 })).toBe("File");
  expect(fileWords({ mediaType: "image/heic", sizeBytes: 2_000_000 })).toBe("Picture, 2.0 MB");
});
