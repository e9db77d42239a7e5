import { QueryClient, type InfiniteData } from "@tanstack/react-query";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { isStale, readAgain, rowsCollector, rowsOf, type PageShape } from "#components/lib/long-list.ts";

const PAGE_SIZE = 5;

/** A row stands where its number says; `version` changes with whatever else is said of it. */
type Row = { readonly id: string; readonly at: number; readonly version: number };
type Page = { readonly items: readonly Row[]; readonly next: number | null };

const boundOf = (following: readonly Page[]): number =>
  following.flatMap(({ items }) => items.slice(0, 1))[0]?.at ?? Number.NEGATIVE_INFINITY;

const SHAPE: PageShape<Page, number | null> = {
  nextOf: ({ next }) => next,
  isReaching: ({ items }, _next, following) => (items.at(-1)?.at ?? Number.NEGATIVE_INFINITY) <= boundOf(following),
  join: (read, next, following) => ({
    items: read.flatMap(({ items }) => items).filter(({ at }) => at > boundOf(following)),
    next,
  }),
};

/** A server that lists by `at`, highest first, a browser that has read all of it, and a person who looks at some pages. */
const longList = async (rows: readonly Row[]) => {
  const world = { rows: [...rows], reads: 0, sight: { first: 0, last: 0 } };
  const queryClient = new QueryClient();
  const queryKey = ["list"];
  const known = () => queryClient.getQueryData<InfiniteData<Page, number | null>>(queryKey);
  const fetchPage = async (before: number | null): Promise<Page> => {
    world.reads += 1;
    const items = world.rows.filter(({ at }) => before === null || at < before).toSorted((left, right) => right.at - left.at);
    const page = items.slice(0, PAGE_SIZE);
    return { items: page, next: items.length > PAGE_SIZE ? (page.at(-1)?.at ?? null) : null };
  };
  const read = (pages: number) =>
    queryClient.fetchInfiniteQuery({
      queryKey,
      initialPageParam: null as number | null,
      getNextPageParam: ({ next }: Page) => next,
      pages,
      retry: false,
      queryFn: ({ pageParam }) =>
        readAgain({
          ...SHAPE,
          param: pageParam,
          known: known(),
          isInSight: (index) => index >= world.sight.first && index <= world.sight.last,
          fetchPage,
        }),
    });
  await read(Number.MAX_SAFE_INTEGER);
  world.reads = 0;
  return {
    world,
    pages: () => known()?.pages ?? [],
    readAgain: async () => {
      world.reads = 0;
      await read(known()?.pages.length ?? 0);
    },
  };
};

const rowsUpTo = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ id: `row ${index}`, at: (count - index) * 10, version: 0 }));

/** What may happen to a row while somebody reads: it says something else, moves to the top, goes, or a new one comes before it. */
const aChange = fc.record({ kind: fc.constantFrom("edit", "raise", "remove", "insert"), at: fc.nat({ max: 199 }) });
type Change = { readonly kind: string; readonly at: number };

const changed = (rows: readonly Row[], { at, kind }: Change, serial: number): Row[] => {
  const index = at % rows.length;
  const row = rows[index];
  if (row === undefined) {
    return [...rows];
  }
  const others = rows.filter((other) => other !== row);
  const top = Math.max(...rows.map((other) => other.at)) + 10;
  const moved = {
    edit: [{ ...row, version: row.version + 1 }],
    raise: [{ ...row, at: top, version: row.version + 1 }],
    remove: [],
    insert: [row, { id: `new ${serial}`, at: row.at + 0.01 * (serial + 1), version: 0 }],
  }[kind];
  return [...others, ...(moved ?? [])];
};

const sorted = (rows: readonly Row[]): readonly Row[] => rows.toSorted((left, right) => right.at - left.at);

describe("a list that was scrolled far", () => {
  test("is not read from end to end for a piece of news, however long it is", async () => {
    const list = await longList(rowsUpTo(1_000));
    list.world.sight = { first: 120, last: 121 };
    await list.readAgain();
    expect(list.pages()).toHaveLength(200);
    expect(list.world.reads).toBe(3);
  });

  test("is read as a whole while it is short", async () => {
    const list = await longList(rowsUpTo(3 * PAGE_SIZE));
    await list.readAgain();
    expect(list.world.reads).toBe(3);
    expect(list.pages().some(isStale)).toBe(false);
  });

  test("shows what is true at the top and in sight, whatever happened, and loses its place never", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aChange, { maxLength: 12 }), fc.nat({ max: 9 }), fc.nat({ max: 2 }), async (changes, first, span) => {
        const list = await longList(rowsUpTo(50));
        const count = list.pages().length;
        changes.forEach((change, serial) => (list.world.rows = changed(list.world.rows, change, serial)));
        list.world.sight = { first, last: first + span };
        await list.readAgain();
        const pages = list.pages();
        expect(pages).toHaveLength(count);
        const fresh = pages.filter((page) => !isStale(page)).flatMap(({ items }) => items);
        for (const row of fresh) {
          expect(list.world.rows).toContainEqual(row);
        }
        expect(isStale(pages[0])).toBe(false);
        expect(pages.slice(first, first + span + 1).some(isStale)).toBe(false);
      }),
    );
  });

  test("is the server's list again, each row once, when somebody has looked at all of it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aChange, { maxLength: 12 }), async (changes) => {
        const list = await longList(rowsUpTo(50));
        changes.forEach((change, serial) => (list.world.rows = changed(list.world.rows, change, serial)));
        // From the end, so that each page is cut where a page begins that nobody has looked at.
        for (let index = list.pages().length - 1; index >= 0; index -= 1) {
          list.world.sight = { first: index, last: index };
          await list.readAgain();
        }
        list.world.sight = { first: 0, last: list.pages().length };
        await list.readAgain();
        const { pageOf, rows } = rowsOf(list.pages().map(({ items }) => items));
        const truth = sorted(list.world.rows);
        // What was pushed beyond the last page comes when somebody scrolls on.
        expect(rows).toEqual(list.pages().at(-1)?.next === null ? truth : truth.slice(0, rows.length));
        expect(pageOf).toHaveLength(rows.length);
      }),
    );
  });

  test("shows a row that moved once, where it stands now", () => {
    const { pageOf, rows } = rowsOf([
      [{ id: "b" }, { id: "a" }],
      [{ id: "b" }, { id: "c" }],
    ]);
    expect(rows.map(({ id }) => id)).toEqual(["b", "a", "c"]);
    expect(pageOf).toEqual([0, 0, 1]);
  });
});

test("rows that are collected page by page are those of all pages, whatever happens to the pages before", () => {
  const anyPage = fc.array(fc.record({ id: fc.constantFrom(..."abcdefghij") }), { maxLength: 4 });
  const anyChange = fc.record({ keptCount: fc.nat(4), added: fc.array(anyPage, { maxLength: 3 }) });
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 8 }), (changes) => {
      const collect = rowsCollector<{ readonly id: string }>();
      let pages: (readonly { readonly id: string }[])[] = [];
      for (const { added, keptCount } of changes) {
        pages = [...pages.slice(0, keptCount), ...added];
        const { pageOf, rows } = collect(pages);
        expect({ pageOf, rows }).toEqual({ pageOf: rowsOf(pages).pageOf, rows: rowsOf(pages).rows });
        const all = pages.flatMap((page, index) => page.map((row) => ({ row, index })));
        expect(rows).toEqual(all.filter(({ row }, at) => all.findIndex((one) => one.row.id === row.id) === at).map(({ row }) => row));
      }
    }),
  );
});
