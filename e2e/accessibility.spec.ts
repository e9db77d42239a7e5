import { accessibilityFaults, DESK, expect, openLive, PHONE, test } from "./fixtures.ts";
import { inboxOf, threadOf } from "./inbox-page.ts";
import { ASKED_OF_THE_MODEL, memberOf, modelAnswers } from "./stack.ts";

/** A check of one page in two themes takes some seconds: a test holds as many as its time lets it. */
const PAGES = [
  ["approvals", "activity", "health", "team"],
  ["agent", "agent/learning", "agent/test"],
  ["connections", "connections/new", "connections/new/openphone"],
  ["settings", "settings/notifications", "settings/escalation"],
  ["settings/me", "settings/franchise", "knowledge?tab=proposals"],
  ["settings/desk"],
] as const;

const SCREENS = [
  { name: "a desk", viewport: DESK, place: 27 },
  { name: "a phone", viewport: PHONE, place: 28 },
];

for (const { name, viewport, place } of SCREENS) {
  test(`sign-in and inbox have no fault that an automatic check finds, light and dark, on ${name}`, async ({ signInAs, openStranger }) => {
    const member = memberOf("ironwood-denver", place);
    await modelAnswers({ confidence: 0.72 });
    await member.text(ASKED_OF_THE_MODEL);
    const stranger = await openStranger({ viewport });
    await stranger.goto("/sign-in");
    await expect(stranger.getByRole("heading", { name: "Sign in" })).toBeVisible();
    expect(await accessibilityFaults(stranger), "sign-in").toEqual([]);

    const page = await signInAs("owner@ironwood.example", { viewport });
    await openLive(page, "/ironwood-denver/inbox?view=all");
    await expect(inboxOf(page).row(member.name)).toContainText("Draft to approve");
    await inboxOf(page).row(member.name).click();
    const { draft } = threadOf(page, member.name);
    await draft.getByRole("button", { name: /^Why: / }).click();
    await expect(draft.getByRole("meter", { name: /Confidence/ })).toBeVisible();
    expect(await accessibilityFaults(page), "inbox").toEqual([]);
  });

  for (const [group, paths] of PAGES.entries()) {
    test(`no page of group ${group + 1} has a fault that an automatic check finds, light and dark, on ${name}`, async ({ signInAs }) => {
      const page = await signInAs("owner@ironwood.example", { viewport });
      for (const path of paths) {
        await openLive(page, `/ironwood-denver/${path}`);
        expect(await accessibilityFaults(page), path).toEqual([]);
      }
    });
  }
}
