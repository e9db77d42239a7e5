/** A list of up to so many pages is read again as a whole. */
const WHOLE_UP_TO = 3;

/** Pages of rows in the order of the list, each read from the param that the page before it names. */
export type Read<Page, Param> = { readonly pages: readonly Page[]; readonly pageParams: readonly Param[] };

/** What a kind of list knows about its pages. */
export type PageShape<Page, Param> = {
  readonly nextOf: (page: Page) => Param | null;
  /** Does this page go as far as the known pages that follow? `next` is where the first of them begins. */
  readonly isReaching: (page: Page, next: Param, following: readonly Page[]) => boolean;
  /** One page of those that were read one after the other, up to where the known ones begin; it names `next`. */
  readonly join: (read: readonly [Page, ...Page[]], next: Param, following: readonly Page[]) => Page;
};

type ReadAgain<Page, Param> = PageShape<Page, Param> & {
  readonly param: Param;
  /** What is on screen; undefined at the first read. */
  readonly known: Read<Page, Param> | undefined;
  readonly isInSight: (index: number) => boolean;
  /** `until`: where the next known page begins, for a server that can be told to stop there. */
  readonly fetchPage: (param: Param, until: Param | undefined) => Promise<Page>;
};

/** Pages that were left alone when their list was read again: they are asked for when somebody looks at them. */
const stale = new WeakSet<object>();

export const isStale = (page: object | undefined): boolean => page !== undefined && stale.has(page);

/**
 * One page of a list. A list that somebody has scrolled far is not read again from end to end for every piece of news: the
 * first page and what is in sight are, and each of them ends where the next known page begins, so that what is left alone
 * still fits. A row that moved in between may stand in two pages, see `rowsOf`.
 */
export const readAgain = async <Page extends object, Param>({
  fetchPage,
  isInSight,
  isReaching,
  join,
  known,
  nextOf,
  param,
}: ReadAgain<Page, Param>): Promise<Page> => {
  const index = known?.pageParams.indexOf(param) ?? -1;
  const page = known?.pages[index];
  if (known === undefined || page === undefined || known.pages.length <= WHOLE_UP_TO) {
    return fetchPage(param, undefined);
  }
  if (index > 0 && !isInSight(index)) {
    stale.add(page);
    return page;
  }
  const next = known.pageParams[index + 1];
  const following = known.pages.slice(index + 1);
  const isShort = (from: Param | null, latest: Page): from is Param =>
    next !== undefined && from !== null && from !== next && !isReaching(latest, next, following);
  let last = await fetchPage(param, next);
  const read: [Page, ...Page[]] = [last];
  for (let from = nextOf(last); isShort(from, last); from = nextOf(last)) {
    last = await fetchPage(from, next);
    read.push(last);
  }
  stale.delete(page);
  return next === undefined ? last : join(read, next, following);
};

type Row = { readonly id: string };

type Rows<R extends Row> = { readonly rows: readonly R[]; readonly pageOf: readonly number[] };

/** What was made of the pages of one list; `seen` grows with it. */
type Made<R extends Row> = Rows<R> & { readonly pages: readonly (readonly R[])[]; readonly seen: Set<string> };

const NOTHING_MADE = { pages: [], rows: [], pageOf: [] } as const;

/**
 * The rows of all pages, each once: where it stands first; and which page each is from. For one list: a page that comes after those it was
 * given before costs that page, however many there are, so that nobody who scrolls far waits for the rows above.
 */
export const rowsCollector = <R extends Row>(): ((pages: readonly (readonly R[])[]) => Rows<R>) => {
  let made: Made<R> = { ...NOTHING_MADE, seen: new Set() };
  return (pages) => {
    const isGrown = pages.length >= made.pages.length && made.pages.every((page, index) => page === pages[index]);
    const before: Made<R> = isGrown ? made : { ...NOTHING_MADE, seen: new Set() };
    const fresh = pages.slice(before.pages.length).flatMap((page, index) =>
      page.flatMap((row) => {
        const isNew = !before.seen.has(row.id);
        before.seen.add(row.id);
        return isNew ? [{ row, page: before.pages.length + index }] : [];
      }),
    );
    made = {
      pages,
      seen: before.seen,
      rows: [...before.rows, ...fresh.map(({ row }) => row)],
      pageOf: [...before.pageOf, ...fresh.map(({ page }) => page)],
    };
    return made;
  };
};

/** The same for pages that are looked at once. */
export const rowsOf = <R extends Row>(pages: readonly (readonly R[])[]): Rows<R> => rowsCollector<R>()(pages);
