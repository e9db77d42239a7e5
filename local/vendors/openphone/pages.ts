type Page<T> = { readonly data: readonly T[]; readonly totalItems: number; readonly nextPageToken: string | null };

/**
 * One page of v1: `maxResults` 1 to 100, default 10; the token counts from the front, so pages drift as they do there:
 * with `hasDrifted` something has come in meanwhile, and the last item of the page before stands on this one as well.
 */
export const pageOf = <T>(items: readonly T[], query: URLSearchParams, hasDrifted = false): Page<T> => {
  const size = Math.min(Math.max(Number(query.get("maxResults") ?? "10") || 10, 1), 100);
  const token = Number(Buffer.from(query.get("pageToken") ?? "", "base64url").toString() || "0");
  const start = hasDrifted ? Math.max(token - 1, 0) : token;
  const end = start + size;
  return {
    data: items.slice(start, end),
    totalItems: items.length,
    nextPageToken: end < items.length ? Buffer.from(`${end}`).toString("base64url") : null,
  };
};
