import { accessibilityFaults, expect, openLive, PHONE, test } from "./fixtures.ts";
import { inboxOf, threadOf } from "./inbox-page.ts";
import { memberOf, modelThinks } from "./stack.ts";

const PAGES = ["approvals", "activity", "health", "team"] as const;
const DESK = { width: 1440, height: 900 } as const;

for (const [index, colorScheme] of (["light", "dark"] as const).entries()) {
  test(`no page has a fault that an automatic check finds, ${colorScheme}, on a desk and on a phone`, async ({ signInAs, browser }) => {
    const member = memberOf("ironwood-denver", 27 + index);
    const question = "Do you have childcare?";
    await modelThinks(question, { confidence: 0.72 });
    const page = await signInAs("owner@ironwood.example", { colorScheme });
    await openLive(page, "/ironwood-denver/inbox?view=all");
    await member.text(question);
    await expect(inboxOf(page).row(member.name)).toContainText("Draft to approve");
    await inboxOf(page).row(member.name).click();
    await expect(threadOf(page, member.name).draft).toBeVisible();
    const conversation = page.url();

    for (const viewport of [DESK, PHONE]) {
      await page.setViewportSize(viewport);
      await page.goto(conversation);
      await threadOf(page, member.name).why.first().click();
      await expect(page.getByRole("meter", { name: /Confidence/ })).toBeVisible();
      expect(await accessibilityFaults(page), `inbox, ${viewport.width}`).toEqual([]);
      for (const name of PAGES) {
        await openLive(page, `/ironwood-denver/${name}`);
        expect(await accessibilityFaults(page), `${name}, ${viewport.width}`).toEqual([]);
      }
    }

    const stranger = await browser.newContext({ colorScheme, viewport: PHONE });
    const signIn = await stranger.newPage();
    await signIn.goto("/sign-in");
    await expect(signIn.getByRole("heading", { name: "Sign in" })).toBeVisible();
    expect(await accessibilityFaults(signIn), "sign-in").toEqual([]);
    await stranger.close();
  });
}
