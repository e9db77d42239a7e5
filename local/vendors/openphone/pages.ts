/** One page of v1: `maxResults` 1 to 100, default 10; the token counts from the front, so pages drift as they do there. */
export const pageOf = <T>(
  items: readonly T[],
  query: URLSearchParams,
): { data: readonly T[]; totalItems: number; nextPageToken: string | null } => {
  const size = Math.min(Math.max(Number(query.get("maxResults") ?? "10") || 10, 1), 100);
  const start = Number(Buffer.from(query.get("pageToken") ?? "", "base64url").toString() || "0");
  const end = start + size;
  return {
    data: items.slice(start, end),
    totalItems: items.length,
    nextPageToken: end < items.length ? Buffer.from(`${end}`).toString("base64url") : null,
  };
};
