import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Actor } from "./actor.ts";
import { DESK_IDLE_MINUTES, DESK_STRETCH_HOURS, isStillThere } from "./desk.ts";
import { asId } from "./ids.ts";
import { AT_DESK, can, MACHINE_PERMISSIONS, PERMISSIONS, ROLE_PERMISSIONS, type Permission } from "./permissions.ts";
import { assertRecentSignIn } from "./recent-sign-in.ts";
import { ROLES, type Role } from "./vocabulary.ts";

/** What people may do and a PIN never opens, word for word: doors and money, files, many at once, credentials, rules, the team. */
const NEVER_AT_DESK: readonly Permission[] = [
  "deed.decide",
  "snippet.write",
  "escalation.manage",
  "notification.own",
  "connection.read",
  "connection.manage",
  "member.export",
  "filter.share",
  "member.import",
  "action.export",
  "report.read",
  "agent.rehearse",
  "team.invite",
  "team.manage",
  "club.manage",
  "desk.manage",
  "policy.publish",
  "emergency.stop",
  "knowledge.write",
  "knowledge.share",
  "learning.read",
  "learning.decide",
  "debt.note",
  "access.decide",
  "referral.export",
  "workflow.read",
  "ask.use",
  "workflow.run",
  "workflow.manage",
];

const NOW = new Date("2026-11-20T17:00:00.000Z");
const at = (role: Role, deskId?: `desk_${string}`): Actor => ({
  kind: "staff",
  userId: asId("user", "user_01jd4q0000000000000000000a"),
  name: "Robin",
  role,
  signedInAt: NOW,
  ...(deskId === undefined ? {} : { deskId }),
});
const DESK = "desk_01jd4q0000000000000000000b";

describe("at a shared computer", () => {
  test("everything that people may do is either opened by a PIN or named as never done there", () => {
    expect([...AT_DESK, ...NEVER_AT_DESK].toSorted()).toEqual([...ROLE_PERMISSIONS.owner].toSorted());
  });

  test.each(ROLES)("a %s may do what the role allows elsewhere, less what is never done there, and nothing more", (role) => {
    const granted = PERMISSIONS.filter((permission) => can(at(role, DESK), permission));
    expect(granted).toEqual(PERMISSIONS.filter((permission) => can(at(role), permission) && !NEVER_AT_DESK.includes(permission)));
  });

  test("nothing of the machinery is open there that a role does not open anyhow", () => {
    const ofMachines = new Set<Permission>(Object.values(MACHINE_PERMISSIONS).flat());
    const open = [...ofMachines].filter((permission) => can(at("owner", DESK), permission));
    expect(open.filter((permission) => !ROLE_PERMISSIONS.owner.includes(permission))).toEqual([]);
  });

  test("nobody counts as signed in a moment ago, however fresh the instant", () => {
    expect(() => assertRecentSignIn(at("owner"), NOW)).not.toThrow();
    expect(() => assertRecentSignIn(at("owner", DESK), NOW)).toThrow(/not at the desk/);
  });
});

describe("somebody is still at the desk", () => {
  const minutesBefore = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
  const PIN = minutesBefore(100_000);

  test.each([
    ["just used", { openedAt: minutesBefore(1), lastUsedAt: NOW, pinSetAt: PIN }, true],
    [
      "a moment before the limit",
      { openedAt: minutesBefore(60), lastUsedAt: new Date(minutesBefore(5).getTime() + 1), pinSetAt: PIN },
      true,
    ],
    ["at the limit", { openedAt: minutesBefore(60), lastUsedAt: minutesBefore(DESK_IDLE_MINUTES), pinSetAt: PIN }, false],
    ["in use, for too long", { openedAt: minutesBefore(DESK_STRETCH_HOURS * 60), lastUsedAt: NOW, pinSetAt: PIN }, false],
    ["with a PIN that was replaced", { openedAt: minutesBefore(2), lastUsedAt: NOW, pinSetAt: minutesBefore(1) }, false],
  ])("%s: %#", (_name, stretch, expected) => {
    expect(isStillThere(stretch, NOW)).toBe(expected);
  });

  test("never again once they were gone, unless it was used in between", () => {
    const minute = fc.integer({ min: 0, max: 2_000 });
    fc.assert(
      fc.property(minute, minute, minute, (opened, used, later) => {
        const stretch = { openedAt: minutesBefore(opened), lastUsedAt: minutesBefore(used), pinSetAt: PIN };
        const isLater = isStillThere(stretch, new Date(NOW.getTime() + later * 60_000));
        expect(isLater && !isStillThere(stretch, NOW)).toBe(false);
      }),
    );
  });
});
