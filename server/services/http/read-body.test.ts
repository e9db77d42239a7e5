import { expect, test } from "vitest";

import { readBody } from "./read-body.ts";

const LIMIT = 100;
const post = (body: BodyInit, headers: Record<string, string> = {}): Request =>
  new Request("http://127.0.0.1/", { method: "POST", body, headers, duplex: "half" } as RequestInit);

/** A body of unknown length that never ends; tells how much was taken of it. */
const endless = () => {
  let taken = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      taken += 10;
      controller.enqueue(new Uint8Array(10));
    },
  });
  return { stream, taken: () => taken };
};

test("a body up to the limit is read as it is", async () => {
  expect(await readBody(post("x".repeat(LIMIT)), LIMIT)).toHaveLength(LIMIT);
  expect(await readBody(new Request("http://127.0.0.1/", { method: "POST" }), LIMIT)).toHaveLength(0);
});

test("a body that says it is longer is not read", async () => {
  const { stream, taken } = endless();
  expect(await readBody(post(stream, { "content-length": "101" }), LIMIT)).toBeNull();
  expect(taken()).toBeLessThanOrEqual(10);
});

test("a body that does not say its length is given up at the limit", async () => {
  const { stream, taken } = endless();
  expect(await readBody(post(stream), LIMIT)).toBeNull();
  expect(taken()).toBeLessThan(LIMIT * 2);
});
