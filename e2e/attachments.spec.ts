import { simpleParser } from "mailparser";

import { accessibilityFaults, callFrom, expect, openLive, PHONE, test } from "./fixtures.ts";
import { inboxOf, threadOf } from "./inbox-page.ts";
import { mailOf, memberOf } from "./stack.ts";

const INBOX = "/ironwood-denver/inbox?view=all";

/** One red pixel. */
const PICTURE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const PDF = Buffer.from("%PDF-1.4\n% an invented waiver\n");

test("a mail with a picture arrives, staff look at it and answer with a PDF, which the member has received byte for byte", async ({
  signInAs,
}) => {
  const page = await signInAs("manager@ironwood.example");
  const member = mailOf("ironwood-denver", 71);
  await openLive(page, INBOX);
  await member.write({
    subject: "My locker",
    text: "wuzzle locker, see the picture",
    files: [{ name: "locker.png", type: "image/png", contentBase64: PICTURE.toString("base64") }],
  });
  await inboxOf(page).row(member.name).click();
  const thread = threadOf(page, member.name);
  const picture = thread.said(member.name).getByRole("img", { name: "locker.png" });
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((img) => (img instanceof HTMLImageElement ? img.naturalWidth : 0))).toBe(1);
  const address = (await picture.getAttribute("src")) ?? "";
  const opened = await page.request.get(address);
  expect(opened.headers()).toMatchObject({
    "content-type": "image/png",
    "content-disposition": expect.stringMatching(/^inline; filename="locker\.png"/),
    "x-content-type-options": "nosniff",
  });
  expect(opened.headers()["content-security-policy"]).toContain("sandbox");
  expect(Buffer.compare(await opened.body(), PICTURE)).toBe(0);

  await thread.pane.locator('input[type="file"]').setInputFiles([
    { name: "program.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ\u0000 no pdf") },
    { name: "waiver.pdf", mimeType: "application/pdf", buffer: PDF },
  ]);
  const tray = thread.pane.getByRole("list", { name: "Files of this reply" });
  await expect(tray.getByRole("listitem").filter({ hasText: "program.pdf" })).toContainText(
    "Only pictures, PDF and plain text can be sent here",
  );
  await expect(tray.getByRole("listitem").filter({ hasText: "waiver.pdf" })).toContainText("PDF, ");
  await tray.getByRole("button", { name: "Remove program.pdf" }).click();
  await expect(tray.getByRole("listitem")).toHaveCount(1);
  expect(await accessibilityFaults(page)).toEqual([]);

  await thread.field.fill("Here is the form for it");
  await thread.action("Send").click();
  await thread.action("Undo").click();
  await expect(thread.field).toHaveValue("Here is the form for it");
  await expect(tray.getByRole("listitem")).toContainText("waiver.pdf");
  await thread.action("Send").click();
  await expect(tray).toBeHidden();
  const reply = thread.pane.getByRole("article").filter({ hasText: "Here is the form for it" });
  await expect(reply.getByRole("link", { name: /waiver\.pdf/ })).toBeVisible();
  await expect(reply).toContainText("Sent");
  const ours = async () => (await member.received()).filter((raw) => raw.includes("Here is the form for it"));
  await expect.poll(async () => (await ours()).length).toBe(1);
  const mail = await simpleParser((await ours())[0] ?? "");
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(["waiver.pdf"]);
  expect(mail.attachments[0]?.content.equals(PDF)).toBe(true);

  const stranger = await signInAs("owner@fairway.example");
  expect((await callFrom(stranger, address)).status).toBe(404);
});

test("where a channel carries no files the composer says so and offers none, also on a phone", async ({ signInAs }) => {
  const page = await signInAs("manager@ironwood.example", { viewport: PHONE });
  const member = memberOf("ironwood-denver", 72);
  await openLive(page, INBOX);
  await member.text("wuzzle no files");
  await inboxOf(page).row(member.name).click();
  const attach = threadOf(page, member.name).pane.getByRole("button", { name: /^Attach files: / });
  await expect(attach).toHaveAttribute("aria-disabled", "true");
  await expect(threadOf(page, member.name).pane.locator('input[type="file"]')).toHaveCount(0);
});
