import { newId } from "#server/platform/ids.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, type TestClub } from "#server/testing/factories.ts";
import { beforeEach, expect, test } from "vitest";

import { archiveSnippet } from "./archive-snippet.ts";
import { listSnippets } from "./list-snippets.ts";
import { saveSnippet } from "./save-snippet.ts";

useDatabase();

let club: TestClub;

beforeEach(async () => {
  club = await makeClub();
});

const auditOf = async (entityId: string) =>
  (await database().owner.auditLog.findMany({ where: { entityId }, orderBy: { id: "asc" } })).map(({ action }) => action);

test("a manager makes, changes and takes away a saved reply, and the desk reads it", async () => {
  const { snippetId } = await saveSnippet(club.as.manager, { name: " Hours ", text: "Hi {{first_name}}, we open at nine." });
  expect(await listSnippets(club.as.staff)).toEqual([{ id: snippetId, name: "Hours", text: "Hi {{first_name}}, we open at nine." }]);
  await saveSnippet(club.as.manager, { snippetId, name: "Hours", text: "We open at eight." });
  expect(await listSnippets(club.as.staff)).toMatchObject([{ text: "We open at eight." }]);
  await archiveSnippet(club.as.manager, { snippetId });
  expect(await listSnippets(club.as.staff)).toEqual([]);
  await saveSnippet(club.as.manager, { name: "hours", text: "free again" });
  expect(await auditOf(snippetId)).toEqual(["snippet.saved", "snippet.saved", "snippet.archived"]);
});

test("one name is one saved reply, also for two people at once", async () => {
  const both = await Promise.allSettled(["Hours", "HOURS"].map((name) => saveSnippet(club.as.manager, { name, text: "nine" })));
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await listSnippets(club.as.staff)).toHaveLength(1);
});

test("a field that nothing can be filled in for is refused", async () => {
  await expect(saveSnippet(club.as.manager, { name: "Debt", text: "You owe {{balance}}" })).rejects.toMatchObject({ code: "invalid" });
});

test("the desk changes none, and one of another club looks like none at all", async () => {
  const other = await makeClub();
  const { snippetId } = await saveSnippet(other.as.manager, { name: "Theirs", text: "theirs" });
  await expect(saveSnippet(club.as.staff, { name: "Mine", text: "mine" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(archiveSnippet(club.as.staff, { snippetId })).rejects.toMatchObject({ code: "forbidden" });
  const tries = [snippetId, newId("snippet")].flatMap((id) => [
    saveSnippet(club.as.manager, { snippetId: id, name: "x", text: "x" }),
    archiveSnippet(club.as.manager, { snippetId: id }),
  ]);
  const answers = await Promise.all(tries.map((attempt) => Promise.resolve<unknown>(attempt).catch(String)));
  expect(new Set(answers).size).toBe(1);
  expect(await listSnippets(club.as.staff)).toEqual([]);
});
