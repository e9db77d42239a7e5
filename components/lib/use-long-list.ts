"use client";

import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useRef } from "react";

import { isStale, readAgain, type PageShape, type Read } from "#components/lib/long-list.ts";

type LongListOptions<Page, Param> = {
  readonly queryKey: QueryKey;
  readonly shape: PageShape<Page, Param>;
  readonly fetchPage: (param: Param, asked: { readonly until: Param | undefined; readonly signal: AbortSignal }) => Promise<Page>;
};

type Asked<Param> = { readonly pageParam: Param; readonly signal: AbortSignal };

/** Of a list that may be scrolled far only the first page and what is in sight are kept true; the rest is when it comes into sight. */
export const useLongList = <Page extends object, Param>({ fetchPage, queryKey, shape }: LongListOptions<Page, Param>) => {
  const queryClient = useQueryClient();
  const sight = useRef({ first: 0, last: 0, isCatchingUp: false });
  const known = () => queryClient.getQueryData<Read<Page, Param>>(queryKey);

  const isStaleInSight = (): boolean =>
    known()
      ?.pages.slice(sight.current.first, sight.current.last + 1)
      .some(isStale) ?? false;

  const catchUp = async () => {
    sight.current.isCatchingUp = true;
    let readAtMs = -1;
    // Ends when all in sight is true, and when nothing could be read: offline, or the server in trouble.
    while (isStaleInSight() && readAtMs !== queryClient.getQueryState(queryKey)?.dataUpdatedAt) {
      readAtMs = queryClient.getQueryState(queryKey)?.dataUpdatedAt ?? -1;
      await queryClient.refetchQueries({ queryKey, exact: true }, { cancelRefetch: false });
    }
    sight.current.isCatchingUp = false;
  };

  return {
    /** For the query: reads one page, or leaves it as it is. */
    queryFn: ({ pageParam, signal }: Asked<Param>) =>
      readAgain({
        ...shape,
        param: pageParam,
        known: known(),
        isInSight: (index) => index >= sight.current.first && index <= sight.current.last,
        fetchPage: (param, until) => fetchPage(param, { until, signal }),
      }),
    /** To be called with the pages in sight, first and last, when the list stands still. */
    onSight: (first: number, last: number) => {
      sight.current.first = Math.min(first, last);
      sight.current.last = Math.max(first, last);
      if (!sight.current.isCatchingUp && isStaleInSight()) {
        void catchUp();
      }
    },
  };
};
