import { callFrom, expect, openLive, test } from "./fixtures.ts";
import { inboxOf, threadOf } from "./inbox-page.ts";
import { clubOf, memberOf } from "./stack.ts";

const DENVER = { slug: "ironwood-denver", email: "manager@ironwood.example" };
const BROOKLYN = { slug: "fairway-brooklyn", email: "manager@fairway.example" };
/** Well formed, and nobody's. */
const MISSING_CLUB = "club_01kd3m0dem0000000000009999";

test("two people in two clubs of two franchises see their own conversations move, and only those", async ({ signInAs }) => {
  const ours = memberOf(DENVER.slug, 13);
  const theirs = memberOf(BROOKLYN.slug, 13);
  const denver = await signInAs(DENVER.email);
  const brooklyn = await signInAs(BROOKLYN.email);
  await openLive(denver, `/${DENVER.slug}/inbox?view=all`);
  await openLive(brooklyn, `/${BROOKLYN.slug}/inbox?view=all`);

  await ours.text("Is the Denver sauna open?");
  await theirs.text("Is bay four free tonight?");
  await expect(inboxOf(denver).row(ours.name)).toBeVisible();
  await expect(inboxOf(brooklyn).row(theirs.name)).toBeVisible();
  await expect(inboxOf(denver).row(theirs.name)).toBeHidden();
  await expect(inboxOf(brooklyn).row(ours.name)).toBeHidden();

  await inboxOf(brooklyn).row(theirs.name).click();
  await expect(threadOf(brooklyn, theirs.name).said(theirs.name)).toContainText("Is bay four free tonight?");
  const foreignConversation = conversationIn(brooklyn.url());
  await denver.goto(`/${DENVER.slug}/inbox?view=all&conversation=${foreignConversation}`);
  await expect(denver.getByRole("alert").filter({ hasText: "Conversation not found" })).toContainText("it belongs to another club");
  await expect(denver.getByText("Is bay four free tonight?")).toBeHidden();
});

test("a foreign club is not found like one that never was: as a page, as a call, and as a live channel", async ({ signInAs }) => {
  const page = await signInAs(DENVER.email);
  const own = clubOf(DENVER.slug);
  const foreign = clubOf(BROOKLYN.slug);

  const foreignPage = await page.goto(`/${foreign.slug}/inbox`);
  expect(foreignPage?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  const missingPage = await page.goto("/no-such-club/inbox");
  expect(missingPage?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();

  const ownAnswer = await callFrom(page, listCall(own.id));
  expect(ownAnswer.status).toBe(200);
  const foreignAnswer = await callFrom(page, listCall(foreign.id));
  const missingAnswer = await callFrom(page, listCall(MISSING_CLUB));
  expect(foreignAnswer.status).toBe(404);
  expect(withoutRequestId(foreignAnswer)).toEqual(withoutRequestId(missingAnswer));

  const ownChannel = await callFrom(page, "/api/pusher/auth", channelForm(own.id));
  expect(ownChannel).toEqual({ status: 200, body: { auth: expect.stringMatching(/:/) } });
  const foreignChannel = await callFrom(page, "/api/pusher/auth", channelForm(foreign.id));
  const missingChannel = await callFrom(page, "/api/pusher/auth", channelForm(MISSING_CLUB));
  expect(foreignChannel.status).toBe(403);
  expect(foreignChannel).toEqual(missingChannel);
});

const conversationIn = (address: string): string => new URL(address).searchParams.get("conversation") ?? "";

const listCall = (clubId: string): string =>
  `/api/trpc/conversations.list?input=${encodeURIComponent(JSON.stringify({ json: { clubId, view: "all" } }))}`;

const channelForm = (clubId: string) => ({ socket_id: "1234.5678", channel_name: `private-club-${clubId}` });

/** Every answer names its own request; nothing else may differ. */
const withoutRequestId = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer).replaceAll(/"requestId":"[^"]*"/g, '"requestId":""'));
