import { newId } from "#server/platform/ids.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { anyPhone, makeClub, makeInbound, makeMember, minutesAfter, scopeOf } from "#server/testing/factories.ts";
import { expect, test } from "vitest";

import { getContactPanel } from "./get-contact-panel.ts";

useDatabase();

test("the panel shows the three bookings that come next, and none where an address could be somebody else's", async () => {
  const club = await makeClub();
  const from = anyPhone();
  const { conversation } = await makeInbound(club, { from });
  const { contactId } = conversation;
  const panel = () => getContactPanel({ ...club.as.staff, fixedNow: minutesAfter(0) }, { conversationId: conversation.id });
  expect((await panel()).nextBookings).toEqual([]);
  const booking = { ...scopeOf(club), contactId, kind: "class", status: "booked", sourceHash: "", place: "Studio 2" };
  const stamps = { readAt: minutesAfter(0), createdAt: minutesAfter(0), updatedAt: minutesAfter(0) };
  const made = (minute: number, title: string, over: object = {}) => ({
    ...booking,
    ...stamps,
    id: newId("booking"),
    externalId: title,
    title,
    startsAt: minutesAfter(minute),
    endsAt: minutesAfter(minute + 30),
    ...over,
  });
  await database().owner.booking.createMany({
    data: [
      made(400, "fourth"),
      made(300, "third"),
      made(-10, "running"),
      made(200, "second"),
      made(-30, "over"),
      made(100, "cancelled", { status: "cancelled" }),
      made(50, "a stranger's", { contactId: null }),
    ],
  });
  expect((await panel()).nextBookings).toEqual(
    [
      ["running", -10],
      ["second", 200],
      ["third", 300],
    ].map(([title, minute]) => ({
      id: expect.stringMatching(/^book_/),
      title,
      place: "Studio 2",
      startsAt: minutesAfter(Number(minute)),
      endsAt: minutesAfter(Number(minute) + 30),
    })),
  );
  await makeMember(club, contactId, { phone: from });
  expect(await panel()).toMatchObject({ binding: "bound", nextBookings: [{ title: "running" }, {}, {}] });
  await makeMember(club, contactId, { phone: from });
  expect(await panel()).toMatchObject({ binding: "shared", nextBookings: [] });
});
