/** Where proxy.ts writes the page that was asked for, so that whoever signs in first comes back to it. Callers cannot set it. */
export const PATH_HEADER = "x-spotter-path";

/** @param url of the request; Next adds a parameter of its own to half of its requests */
export const askedPath = (url: URL): string => {
  const search = new URLSearchParams(url.search);
  search.delete("_rsc");
  const query = search.toString();
  return `${url.pathname}${query === "" ? "" : `?${query}`}`;
};
