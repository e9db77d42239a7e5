import fc from "fast-check";
import { expect, test } from "vitest";

import { cleanFileName, dispositionOf, FILE_KINDS, fileObstacle, kindWords, sizeWords, sniffKind, type FileKind } from "./file-kinds.ts";

const KINDS = Object.keys(FILE_KINDS) as FileKind[];
const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

const HEADS: Readonly<Record<Exclude<FileKind, "text">, readonly number[]>> = {
  jpeg: [0xff, 0xd8, 0xff, 0xe0],
  png: [0x89, ...ascii("PNG\r\n"), 0x1a, 0x0a],
  gif: ascii("GIF89a"),
  webp: [...ascii("RIFF"), 1, 2, 3, 4, ...ascii("WEBP")],
  pdf: ascii("%PDF-1.7"),
};

test("a file is what its first bytes say, whatever follows", () => {
  fc.assert(
    fc.property(fc.constantFrom(...(Object.keys(HEADS) as (keyof typeof HEADS)[])), fc.uint8Array({ maxLength: 500 }), (kind, rest) => {
      expect(sniffKind(Uint8Array.of(...HEADS[kind], ...rest))).toBe(kind);
    }),
  );
});

test.each([
  ["a Windows program", [...ascii("MZ"), 0x90, 0, 3, 0]],
  ["a Linux program", [0x7f, ...ascii("ELF"), 2, 1, 1, 0]],
  ["an archive, and so an Office document", [...ascii("PK"), 3, 4, 0x14, 0]],
  ["a page", ascii("<!doctype html><script>alert(1)</script>")],
  ["a page after blanks", ascii("\n  <html>")],
  ["a drawing that can carry scripts", ascii('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ["a page that hides a PDF further down", ascii("<html>\n%PDF-1.7")],
  ["a shell script", ascii("#!/bin/sh\nrm -rf ~")],
  ["rich text", ascii("{\\rtf1 hello}")],
  ["a sound that begins like WebP", [...ascii("RIFF"), 1, 2, 3, 4, ...ascii("WAVE")]],
  ["half of a PNG's signature", [0x89, ...ascii("PNG")]],
  ["bytes that are no UTF-8", [0xc3, 0x28, 0x41]],
  ["nothing", []],
])("%s is none of the kinds", (_name, bytes) => {
  expect(sniffKind(Uint8Array.from(bytes))).toBeNull();
});

test("words are plain text, also where a character stands across the end of what is looked at", () => {
  expect(sniffKind(new TextEncoder().encode("name;visits\nRobin;3\n"))).toBe("text");
  expect(sniffKind(new TextEncoder().encode(`a${"ü".repeat(40_000)}`))).toBe("text");
});

test("no bytes whatever make it throw, and what it names is on the list", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
      expect([...KINDS, null]).toContain(sniffKind(bytes));
    }),
  );
});

test("no name leaves its folder, hides characters or ends in another kind than its bytes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.constantFrom(...KINDS), (raw, kind) => {
      const name = cleanFileName(raw, { fallback: "file", kind });
      expect(name).not.toMatch(/[/\\"\r\n:<>|?*]/);
      expect(name).not.toMatch(/\p{Default_Ignorable_Code_Point}|\p{Surrogate}|\p{Cc}/u);
      expect(name).not.toMatch(/^\./);
      const endings: readonly string[] = FILE_KINDS[kind].extensions;
      expect(endings).toContain(name.split(".").at(-1)?.toLowerCase());
      expect(Array.from(name).length).toBeLessThanOrEqual(105);
    }),
  );
});

test.each([
  ["waiver.pdf", "pdf", "waiver.pdf"],
  ["Waiver.PDF", "pdf", "Waiver.PDF"],
  ["photo.exe", "png", "photo.exe.png"],
  ["../../etc/passwd", "text", "etc passwd.txt"],
  ["invoice\u202Efdp.exe", "pdf", "invoice fdp.exe.pdf"],
  ["", "jpeg", "file.jpg"],
  ["...", "jpeg", "file.jpg"],
  ["members.csv", "text", "members.csv"],
] as const)("%s of kind %s is called %s", (raw, kind, expected) => {
  expect(cleanFileName(raw, { fallback: "file", kind })).toBe(expected);
});

test("a file whose kind is not known keeps its name without what is unsafe", () => {
  expect(cleanFileName("report.docx", { fallback: "file" })).toBe("report.docx");
  expect(cleanFileName('a"b\r\nc', { fallback: "file" })).toBe("a b c");
  expect(cleanFileName("\u200B", { fallback: "attachment-1" })).toBe("attachment-1");
});

test("a name adds no header and no second value, and comes back whole", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.boolean(), (raw, isShown) => {
      const name = cleanFileName(raw, { fallback: "file" });
      const header = dispositionOf(name, { isShown });
      expect(header).toMatch(/^(?:inline|attachment); filename="[\x20-\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w%.!~-]*$/);
      expect(decodeURIComponent(header.split("''")[1] ?? "")).toBe(name);
    }),
  );
});

test("what may go out together is a matter of count, kind and weight", () => {
  const rules = { maxCount: 2, maxBytes: 1_000_000, kinds: ["jpeg", "pdf"] } as const;
  const pdf = (sizeBytes: number) => ({ mediaType: "application/pdf", sizeBytes });
  expect(fileObstacle([pdf(400_000), pdf(600_000)], rules)).toBeNull();
  expect(fileObstacle([pdf(400_000), pdf(600_001)], rules)).toBe("the files of a message may weigh 1.0 MB together");
  expect(fileObstacle([pdf(1), pdf(1), pdf(1)], rules)).toBe("a message here carries 2 files at most");
  expect(fileObstacle([{ mediaType: "image/png", sizeBytes: 1 }], rules)).toBe("only pictures and PDF can be sent here");
});

test("sizes and kinds read as people say them", () => {
  expect([0, 1, 999, 1_000, 412_300, 999_499, 999_500, 7_340_032].map(sizeWords)).toEqual([
    "0 bytes",
    "1 byte",
    "999 bytes",
    "1 KB",
    "412 KB",
    "999 KB",
    "1.0 MB",
    "7.3 MB",
  ]);
  expect(kindWords(KINDS)).toBe("pictures, PDF and plain text");
  expect(kindWords(["pdf"])).toBe("PDF");
});
