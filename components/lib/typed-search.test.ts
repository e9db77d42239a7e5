import { afterEach, describe, expect, test, vi } from "vitest";

import { typedSearch } from "#components/lib/typed-search.ts";

const field = (value: string) => ({ target: { value } }) as never;

describe("a search that stands in the address", () => {
  afterEach(() => vi.unstubAllGlobals());

  const typed = (address: string) => {
    vi.stubGlobal("window", { location: { search: address } });
    const write = vi.fn<Parameters<typeof typedSearch>[0]>(async () => undefined);
    return { write, ...typedSearch(write) };
  };

  test("is written when somebody pauses, and at once when it is emptied", () => {
    const { onChange, write } = typed("");
    onChange(field("ana"));
    onChange(field(""));
    expect(write.mock.calls).toEqual([
      [{ search: "ana" }, { limitUrlUpdates: expect.objectContaining({ method: "debounce" }) }],
      [{ search: "" }, {}],
    ]);
  });

  test("is written at once when the field is left before the pause, so that the write comes before a link is followed", () => {
    const { onBlur, onChange, write } = typed("?search=an");
    onChange(field("ana"));
    onBlur(field("ana"));
    expect(write.mock.calls.at(-1)).toEqual([{ search: "ana" }]);
  });

  test.each([
    ["?by=agent&search=ana%20b", "ana b"],
    ["", ""],
  ])("is not written again when the field is left and %s says it", (address, text) => {
    const { onBlur, write } = typed(address);
    onBlur(field(text));
    expect(write).not.toHaveBeenCalled();
  });
});
