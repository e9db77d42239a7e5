import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import { openAcceptLog } from "./accept-log.ts";
import { createClubStore } from "./club-store.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "clubos-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const openStore = () => {
  const [club] = DEMO_CLUBS;
  if (club === undefined) {
    throw new Error("no club");
  }
  const log = openAcceptLog(join(folder, "log.jsonl"));
  return { log, store: createClubStore({ club, log, now: () => new Date("2026-11-20T17:30:00Z") }) };
};

test("a restart forgets neither messages nor opt-outs nor profiles", () => {
  const { store } = openStore();
  const [person] = store.people();
  const personId = person?.world.clubOsId ?? "";
  store.addMessage({ personId, direction: "inbound", medium: "text", text: "hi", author: "Pat", way: "phone" });
  store.setOptedOut(personId, true);
  store.overwriteProfile(personId, { firstName: "", lastName: "", email: "", homePhone: "", mobilePhone: "", workPhone: "" });
  const again = openStore().store;
  expect(again.messages()).toEqual(store.messages());
  expect(again.findPerson(personId)).toMatchObject({ isOptedOut: true, profile: { mobilePhone: "" } });
});

test("half a line at the end, left by a killed process, was never accepted", () => {
  const { log, store } = openStore();
  const personId = store.people()[0]?.world.clubOsId ?? "";
  store.addMessage({ personId, direction: "inbound", medium: "text", text: "hi", author: "Pat", way: "phone" });
  appendFileSync(join(folder, "log.jsonl"), '{"seq":2,"kind":"mess');
  const again = openStore();
  expect(again.log.facts()).toEqual(log.facts());
  again.store.setOptedOut(personId, true);
  expect(openStore().log.facts()).toHaveLength(2);
});
