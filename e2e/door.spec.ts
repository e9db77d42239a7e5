import { DEMO_PASSWORD } from "../prisma/demo.ts";
import { expect, fillSignIn, openLive, PHONE, test } from "./fixtures.ts";
import { memberOf } from "./stack.ts";

test("a manager lets a member in from a phone: what will open is read and approved, and the member is told for how long", async ({
  openStranger,
}) => {
  const member = memberOf("ironwood-denver", 33);
  // A door wants a sign-in of the last minutes.
  const page = await openStranger({ viewport: PHONE, hasTouch: true, isMobile: true });
  await page.goto("/sign-in");
  await fillSignIn(page, { email: "manager@ironwood.example", password: DEMO_PASSWORD });
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
  await openLive(page, "/ironwood-denver/approvals");
  await member.text("I'm locked out, the front door won't open");
  const card = page.getByRole("article").filter({ hasText: member.name });
  await expect(card).toContainText(/Open the .* for \d+ seconds/);
  await card.getByRole("button", { name: "Approve", exact: true }).tap();
  await expect(card).toBeHidden();
  await expect.poll(() => member.heard()).toContainEqual(expect.stringMatching(/open for \d+ seconds/));
});
