import { randomBytes } from "node:crypto";

import { handlesOf, type Person } from "#server/platform/handles.ts";
import { newId } from "#server/platform/ids.ts";
import { runKey } from "#server/platform/keys.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const KINDS = ["member", "prospect"] as const satisfies readonly Person[];
const run = handlesOf(randomBytes(32));
const other = handlesOf(randomBytes(32));

test("a handle leads back to its person, within its run and its kind alone, and shows nothing of the id", () => {
  const seen = new Set<string>();
  for (let round = 0; round < 2_000; round += 1) {
    const kind = KINDS[round % 2] ?? "member";
    const id = newId(kind);
    const handle = run.of(kind, id);
    seen.add(handle);
    expect(handle).toMatch(/^[mp]_[0-9a-z]{32}$/);
    expect(run.read(kind, handle)).toBe(id);
    expect(run.of(kind, id)).toBe(handle);
    expect(run.read(kind === "member" ? "prospect" : "member", handle)).toBeNull();
    expect(other.read(kind, handle)).toBeNull();
    // Ids made one after the other share their first half; their handles do not.
    expect(handle).not.toContain(id.slice(-26, -20));
  }
  expect(seen.size).toBe(2_000);
});

test("10,000 handles that were made up, changed, cut or taken from another run open nothing", () => {
  const real = Array.from({ length: 50 }, () => run.of("member", newId("member")));
  const alphabet = [..."0123456789abcdefghjkmnpqrstvwxyz"];
  const made = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.array(fc.constantFrom(...alphabet), { minLength: 32, maxLength: 32 }).map((letters) => `m_${letters.join("")}`),
    fc.constantFrom(...real).chain((handle) =>
      fc.tuple(fc.nat({ max: handle.length - 1 }), fc.constantFrom(...alphabet)).map(([at, letter]) => {
        const changed = `${handle.slice(0, at)}${letter}${handle.slice(at + 1)}`;
        return changed === handle ? `${handle}0` : changed;
      }),
    ),
    fc.constantFrom(...real).map((handle) => handle.slice(0, -1)),
    fc.uuid().map(() => other.of("member", newId("member"))),
    fc.constantFrom("mem_01h45ytscbebyvny4gc8cr8ma2", "' or 1=1 --", "m_", "", "__proto__"),
  );
  fc.assert(
    fc.property(made, (handle) => run.read("member", handle) === null && run.read("prospect", handle) === null),
    { numRuns: 10_000 },
  );
});

test("each run of each club has a key of its own", () => {
  const keys = [
    { clubId: "club_a", runId: "wfr_1" },
    { clubId: "club_a", runId: "wfr_2" },
    { clubId: "club_b", runId: "wfr_1" },
  ].map((of) => runKey(of).toString("hex"));
  expect(new Set(keys).size).toBe(3);
  expect(runKey({ clubId: "club_a", runId: "wfr_1" }).toString("hex")).toBe(keys[0]);
});
