import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  CUT_MARK,
  INBOUND_MAX_CHARACTERS,
  PREVIEW_MAX_CHARACTERS,
  cleanInbound,
  containsInvisible,
  normaliseForHash,
  previewOf,
} from "./text.ts";

/** Any sequence of UTF-16 code units, also ill-formed ones, with the characters under test made frequent. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        "\u0000",
        "\u200b",
        "\u200d",
        "\u2060",
        "\ufe0f",
        "\u{e0041}",
        "\ud83d",
        "\r\n",
        "\r",
        "\u2028",
        "e\u0301",
        "👍",
        " ",
        "a",
        "4111 1111 1111 1111",
        "•",
      ),
    ),
    { maxLength: 200 },
  )
  .map((parts) => parts.join(""));

const luhnDigit = (digits: string): string => {
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${(10 - (sum % 10)) % 10}`;
};

describe("cleanInbound", () => {
  test("nothing invisible, no control character, no half pair and no carriage return is left", () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const { text } = cleanInbound(raw);
        expect(containsInvisible(text)).toBe(false);
        expect(text.isWellFormed()).toBe(true);
        // oxlint-disable-next-line no-control-regex -- these very characters must be gone.
        expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u2028\u2029]/);
        expect(text).toBe(text.normalize("NFC"));
      }),
    );
  });

  test("cleaning twice is cleaning once", () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const once = cleanInbound(raw).text;
        expect(cleanInbound(once).text).toBe(once);
      }),
    );
  });

  test("what people really type is kept letter by letter", () => {
    const typed = "¿A qué hora cierran?\n\n• mañana\t• hoy 😀 — “gracias”";
    expect(cleanInbound(typed)).toEqual({ text: typed, isCut: false, hadInvisible: false, maskedCardCount: 0 });
  });

  test.each([
    ["NUL", "he\u0000llo"],
    ["a zero-width space", "he\u200bllo"],
    ["a word joiner", "he\u2060llo"],
    ["tag letters", "he\u{e0069}\u{e0067}llo"],
    ["a variation selector", "he\ufe0fllo"],
    ["a direction override", "he\u202ello"],
    ["a byte order mark", "\ufeffhello"],
    ["a lone surrogate", "he\ud800llo"],
  ])("%s is taken out", (_name, raw) => {
    expect(cleanInbound(raw).text).toBe("hello");
  });

  test("a text over the limit is cut, marked and says so, also in the middle of a pair", () => {
    const { text, isCut } = cleanInbound("😀".repeat(INBOUND_MAX_CHARACTERS));
    expect(isCut).toBe(true);
    expect(text.length).toBeLessThanOrEqual(INBOUND_MAX_CHARACTERS);
    expect(text.endsWith(CUT_MARK)).toBe(true);
    expect(text.isWellFormed()).toBe(true);
  });
});

describe("card numbers", () => {
  test.each([
    ["my card is 4111 1111 1111 1111 exp 12/27", "my card is •••• •••• •••• 1111 exp 12/27"],
    ["4111111111111111", "••••••••••••1111"],
    ["5555-5555-5555-4444", "••••-••••-••••-4444"],
    ["amex 3782 822463 10005 ok", "amex •••• •••••• •0005 ok"],
    ["4111 1111 1111 1111 12 27", "•••• •••• •••• 1111 12 27"],
    ["6011.1111.1111.1117", "••••.••••.••••.1117"],
    ["4111\u200b111111111111", "••••••••••••1111"],
    ["4242 4242 4242 4242, 4111 1111 1111 1111", "•••• •••• •••• 4242, •••• •••• •••• 1111"],
  ])("%s is masked", (raw, masked) => {
    expect(cleanInbound(raw).text).toBe(masked);
  });

  test.each([
    "call 303-555-0142",
    "+1 303 555 0142",
    "3035550101 3035550102",
    "4111 1111 1111 1112",
    "order 1234567890123456",
    "2026-11-21 18:30",
    "my member id is 00187000001",
  ])("%s is left as it is", (text) => {
    expect(cleanInbound(text)).toMatchObject({ text, maskedCardCount: 0 });
  });

  test("a number hidden behind the last digits of another is masked too", () => {
    const { text } = cleanInbound("4111 1111 1111 1111 4242 4242 4242 4242");
    expect(text).toBe("•••• •••• •••• 1111 •••• •••• •••• 4242");
  });

  test("no valid 16-digit card number survives, however it is grouped", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^(4[0-9]{14}|5[1-5][0-9]{13})$/),
        fc.constantFrom("", " ", "-", "."),
        fc.constantFrom("", "pay with ", "it's\n"),
        (body, separator, before) => {
          const number = `${body}${luhnDigit(body)}`;
          const grouped = (number.match(/.{4}/g) ?? []).join(separator);
          const { text, maskedCardCount } = cleanInbound(`${before}${grouped}`);
          expect(text.replace(/\D/g, "")).toBe(number.slice(-4));
          expect(maskedCardCount).toBe(1);
        },
      ),
    );
  });
});

describe("previewOf", () => {
  test("is one bounded line", () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const preview = previewOf(raw);
        expect(preview.length).toBeLessThanOrEqual(PREVIEW_MAX_CHARACTERS);
        expect(preview).not.toMatch(/[\n\r\t]/);
        expect(preview.isWellFormed()).toBe(true);
      }),
    );
  });

  test("a short text is its own preview", () => {
    expect(previewOf("  what time\ndo you close? ")).toBe("what time do you close?");
  });
});

describe("normaliseForHash", () => {
  test("normalising twice is normalising once", () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const once = normaliseForHash(raw);
        expect(normaliseForHash(once)).toBe(once);
      }),
    );
  });

  test("the vendor's spelling of our text is the same text", () => {
    expect(normaliseForHash("We’re open 5am–11pm…\r\n“See you”")).toBe(normaliseForHash('we\'re open  5am-11pm...\n"See you" '));
  });

  test("different words stay different", () => {
    expect(normaliseForHash("open at 5")).not.toBe(normaliseForHash("open at 6"));
  });
});
