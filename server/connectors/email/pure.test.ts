import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { isAutomatic } from "./automatic.ts";
import { imapFailure, smtpFailure } from "./failures.ts";
import { isOurs, messageIdOf } from "./message-id.ts";
import { withoutQuote } from "./quote.ts";
import { EmailAccount } from "./schemas.ts";
import { reachServer } from "./servers.ts";

const address = "hello@ironwood-denver.example";

describe("Message-ID", () => {
  test("ours is recognised for its own recipient and connection, and for no other", () => {
    fc.assert(
      fc.property(fc.string(), fc.emailAddress(), fc.emailAddress(), (key, to, other) => {
        const id = messageIdOf({ connectionId: "conn_1", key, to, address });
        expect(id).toMatch(/^<[A-Za-z0-9_-]{1,64}\.[0-9a-f]{20}@ironwood-denver\.example>$/);
        expect(isOurs(id, { connectionId: "conn_1", to: to.toUpperCase() })).toBe(true);
        expect(isOurs(id, { connectionId: "conn_2", to })).toBe(false);
        expect(isOurs(id, { connectionId: "conn_1", to: other })).toBe(other.toLowerCase() === to.toLowerCase());
      }),
    );
  });

  test("no text from outside passes for one of ours", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isOurs(text, { connectionId: "conn_1", to: "a@b.example" })).toBe(false);
      }),
    );
  });
});

describe("servers", () => {
  const account = { address, password: "x", smtpHost: "mail.example", imapHost: "mail.example" };
  const reach = (ip: string, over: object) =>
    reachServer(
      { takeTurn: () => Promise.resolve(), checkAddress: (host) => Promise.resolve({ ip, host }) },
      { account: EmailAccount.parse({ ...account, ...over }), protocol: "smtp" },
    );

  test("on the internet nothing is said without TLS, and nothing to ports of something else", async () => {
    await expect(reach("8.8.8.8", { security: "none", smtpPort: "587" })).rejects.toMatchObject({
      kind: "rejected",
      reason: "not_allowed",
    });
    await expect(reach("8.8.8.8", { smtpPort: "6379" })).rejects.toMatchObject({ kind: "rejected", reason: "not_allowed" });
    expect(await reach("8.8.8.8", { smtpPort: "465" })).toMatchObject({ ip: "8.8.8.8", servername: "mail.example", tls: "first" });
    expect(await reach("8.8.8.8", { smtpPort: "587" })).toMatchObject({ tls: "upgrade" });
  });

  test("in a network of the installation TLS is left out only where somebody chose that", async () => {
    expect(await reach("192.168.10.4", { security: "none", smtpPort: "1025" })).toMatchObject({ tls: "none" });
    expect(await reach("192.168.10.4", { smtpPort: "1025" })).toMatchObject({ tls: "upgrade" });
  });
});

describe("quotations", () => {
  const quotation =
    "On Sat, Nov 21, 2026 at 7:00 AM Ironwood Denver\n<hello@ironwood-denver.example> wrote:\n\n> See you at six.\n> Reply STOP to end messages.\n";

  test("the new words stay and the mail below goes, so that a quoted STOP is nobody's wish", () => {
    expect(withoutQuote(`Thanks!\n\n${quotation}`)).toBe("Thanks!");
    expect(withoutQuote("Ok\n\n-----Original Message-----\nFrom: Club\nHi")).toBe("Ok");
    expect(withoutQuote("Ok\n\nFrom: Ironwood Denver\nSent: Saturday\nTo: Orla\nSubject: Hi\n\nHi")).toBe("Ok");
  });

  test("what stands between or below quoted lines is kept with them", () => {
    const between = "> When?\nAt six.\n> And where?\nAt the desk.";
    expect(withoutQuote(between)).toBe(between);
    expect(withoutQuote(quotation)).toBe(quotation);
    expect(withoutQuote("I wrote: hello\nand on it went")).toBe("I wrote: hello\nand on it went");
  });

  test("nothing is ever added, and words never become none", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom("> a", "", "On Monday he wrote:", "---Original Message---"))), (lines) => {
        const text = lines.join("\n");
        const own = withoutQuote(text);
        expect(text.startsWith(own)).toBe(true);
        expect(own.trim() === "").toBe(text.trim() === "");
      }),
    );
  });
});

describe("machines", () => {
  const judged = (headers: Record<string, string>, from: string | null = "orla@members.example"): boolean =>
    isAutomatic({ first: (name) => headers[name], from });

  test.each<[string, Record<string, string>]>([
    ["an automatic answer", { "auto-submitted": "auto-replied (vacation)" }],
    ["a list", { "list-id": "<news.example>" }],
    ["bulk", { precedence: "Bulk" }],
    ["an empty return path", { "return-path": "<>" }],
    ["a report", { "content-type": "multipart/report; report-type=delivery-status" }],
    ["a newsletter", { "list-unsubscribe": "<https://news.example>" }],
  ])("%s is a machine's", (_, headers) => {
    expect(judged(headers)).toBe(true);
  });

  test("a person is none, whatever a machine's header says no to", () => {
    expect(judged({ "auto-submitted": "no", precedence: "normal", "return-path": "<orla@members.example>" })).toBe(false);
    expect(judged({}, "mailer-daemon@mx.example")).toBe(true);
    expect(judged({}, "no-reply@shop.example")).toBe(true);
    expect(judged({}, "norepl.y@members.example")).toBe(false);
  });
});

describe("failures", () => {
  const smtp = (responseCode: number | undefined, response = "", command = "RCPT TO") =>
    smtpFailure({ message: "x", command, response, ...(responseCode === undefined ? {} : { responseCode }) }, { hasBegun: true });

  test("a reply of the server is always its word, no answer after the first byte never is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 599 }), fc.string(), (code, text) => {
        expect(smtp(code, `${code} ${text}`).kind).not.toBe("outcome_unknown");
      }),
    );
    expect(smtp(undefined).kind).toBe("outcome_unknown");
    expect(smtp(354).kind).toBe("outcome_unknown");
    expect(smtpFailure({ message: "x", code: "ECONNECTION" }, { hasBegun: false }).kind).toBe("unavailable");
  });

  test.each([
    [550, "550 5.1.1 no such user", "invalid_address"],
    [550, "550 no such user", "invalid_address"],
    [550, "550 5.7.515 access denied, sender does not meet the requirements", "not_allowed"],
    [550, "550 relaying denied", "not_allowed"],
    [552, "552 5.2.2 mailbox full", "other"],
    [554, "554 no", "other"],
  ] as const)("%i “%s” is refused as %s", (code, text, reason) => {
    expect(smtp(code, text)).toMatchObject({ kind: "rejected", reason });
  });

  test("a bare 550 after the mail speaks of the mail, not of the address", () => {
    expect(smtp(550, "550 no", "DATA")).toMatchObject({ kind: "rejected", reason: "other" });
  });

  test("a full quota and a full minute are waited for", () => {
    expect(smtp(550, "550 5.4.5 Daily user sending quota exceeded").kind).toBe("throttled");
    expect(smtp(450, "450 4.7.1 too many messages").kind).toBe("throttled");
    expect(smtp(451, "451 4.7.1 greylisted").kind).toBe("unavailable");
    expect(smtp(535, "535 5.7.8 bad", "AUTH PLAIN").kind).toBe("unauthorized");
  });

  test("a login that was cut off is no wrong password", () => {
    const refused = (over: object) =>
      imapFailure(Object.assign(new Error("x"), { authenticationFailed: true, ...over }), { throttledForMs: null }).kind;
    expect(refused({ responseStatus: "NO", serverResponseCode: "AUTHENTICATIONFAILED" })).toBe("unauthorized");
    expect(refused({ responseStatus: "NO", serverResponseCode: "UNAVAILABLE" })).toBe("unavailable");
    expect(refused({ responseStatus: "NO", serverResponseCode: "LIMIT" })).toBe("throttled");
    expect(refused({ code: "NoConnection" })).toBe("unavailable");
  });
});
