/** A page of ours to go to after signing in; anything that could lead elsewhere becomes the first page. */
export const safePath = (raw: string | readonly string[] | undefined): string => {
  if (typeof raw !== "string" || !raw.startsWith("/")) {
    return FIRST_PAGE;
  }
  // Resolved as a browser would: `//host`, `/\host` and a tab inside all name another host.
  const base = "http://own.invalid";
  if (!URL.canParse(raw, base)) {
    return FIRST_PAGE;
  }
  const url = new URL(raw, base);
  return url.origin === base && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}${url.hash}` : FIRST_PAGE;
};

const FIRST_PAGE = "/";
