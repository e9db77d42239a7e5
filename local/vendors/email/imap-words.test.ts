import fc from "fast-check";
import { expect, test } from "vitest";

import { setTest } from "./imap-search.ts";
import { createReader, quoted, type ImapCommand } from "./imap-words.ts";

const read = (chunks: readonly Buffer[]) => {
  const commands: ImapCommand[] = [];
  let literalCount = 0;
  let nonsenseCount = 0;
  const reader = createReader({
    onCommand: (command) => commands.push(command),
    onLiteral: () => (literalCount += 1),
    onNonsense: () => (nonsenseCount += 1),
  });
  chunks.forEach(reader.take);
  return { commands, literalCount, nonsenseCount };
};

const cutAt = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const edges = [0, ...places.map((place) => place % (bytes.length + 1)).toSorted((left, right) => left - right), bytes.length];
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
};

test("a command is the same however the network cuts it, and a literal holds any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.array(fc.nat(), { maxLength: 6 }), (content, places) => {
      const literal = Buffer.from(content);
      const bytes = Buffer.concat([
        Buffer.from(`a1 APPEND "Se\\"nt" (\\Seen (x)) {${literal.length}}\r\n`),
        literal,
        Buffer.from("\r\na2 UID FETCH 1:* (UID)\r\n"),
      ]);
      const { commands, literalCount, nonsenseCount } = read(cutAt(bytes, places));
      expect(commands).toEqual([
        { tag: "a1", name: "APPEND", words: ['Se"nt', [String.raw`\Seen`, ["x"]], literal.toString("latin1")] },
        { tag: "a2", name: "UID FETCH", words: ["1:*", ["UID"]] },
      ]);
      expect([literalCount, nonsenseCount]).toEqual([1, 0]);
    }),
  );
});

test("what is no command is said to be none, and the next one is read", () => {
  const { commands, nonsenseCount } = read([Buffer.from('a1 LOGIN "open\r\n)\r\nx\r\na2 NOOP\r\n')]);
  expect(nonsenseCount).toBe(3);
  expect(commands.map(({ name }) => name)).toEqual(["NOOP"]);
});

test("quoted text comes back as it was", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~]{0,30}$/), (text) => {
      const { commands } = read([Buffer.from(`a1 LIST ${quoted(text)}\r\n`)]);
      expect(commands[0]?.words).toEqual([text]);
    }),
  );
});

test("a set names what lies in it, and its star the last one there is", () => {
  expect([1, 2, 3, 4, 5, 9].filter(setTest("1,3:4,9:*", 5))).toEqual([1, 3, 4, 5, 9]);
  expect([6, 7, 8].filter(setTest("9:*", 7))).toEqual([7, 8]);
});
