import { addressKey } from "#server/platform/keys.ts";
import { unsubscribeUrlOf } from "#server/services/people/unsubscribe-link.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub } from "#server/testing/factories.ts";
import { expect, test } from "vitest";

import { GET, POST } from "./route.ts";

useDatabase();

const KEY = addressKey("one.click@members.example");

const callWith = async (body: BodyInit | null, over: { readonly token?: string } = {}) => {
  const club = await makeClub();
  const url = unsubscribeUrlOf({ franchiseId: club.franchiseId, clubId: club.id, addressKey: KEY });
  const token = over.token ?? url.slice(url.lastIndexOf("/") + 1);
  const params = Promise.resolve({ token });
  return { club, params, answer: await POST(new Request(url, { method: "POST", body }), { params }) };
};

const suppressedCount = (franchiseId: string) => database().owner.suppression.count({ where: { franchiseId, addressKey: KEY } });

const oneClick = { "List-Unsubscribe": "One-Click" };
const asMultipart = (): FormData => {
  const form = new FormData();
  form.set("List-Unsubscribe", "One-Click");
  return form;
};

test.each([
  ["a form", () => new URLSearchParams(oneClick)],
  ["parts", asMultipart],
])("a mail program's one click as %s is answered 200 without a redirect, without cookies, again and again", async (_, bodyOf) => {
  const { club, params, answer } = await callWith(bodyOf());
  expect(answer.status).toBe(200);
  expect(answer.headers.get("location")).toBeNull();
  const again = await POST(new Request("https://app.example/", { method: "POST", body: bodyOf() }), { params });
  expect(again.status).toBe(200);
  expect(await suppressedCount(club.franchiseId)).toBe(1);
});

test("a scanner that opens the link is led to a page that asks, and unsubscribes nobody", async () => {
  const { club, params } = await callWith("nothing");
  const answer = await GET(new Request("https://app.example/"), { params });
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(`/unsubscribe/${(await params).token}`);
  expect(await suppressedCount(club.franchiseId)).toBe(0);
});

test.each([
  ["no body", null],
  ["another word", new URLSearchParams({ "List-Unsubscribe": "Maybe" })],
  ["far too much", new URLSearchParams({ ...oneClick, more: "x".repeat(5_000) })],
])("%s is no click", async (_, body) => {
  const { club, answer } = await callWith(body);
  expect(answer.status).toBe(400);
  expect(await suppressedCount(club.franchiseId)).toBe(0);
});

test("a link that is none of ours is not found", async () => {
  const { answer } = await callWith(new URLSearchParams(oneClick), { token: "AAAA" });
  expect(answer.status).toBe(404);
});
