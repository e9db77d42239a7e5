import { afterEach, beforeEach, vi } from "vitest";

/** What a test printed with console.error or console.warn; each such line fails it. */
let complaints: string[] = [];

beforeEach(() => {
  complaints = [];
  for (const method of ["error", "warn"] as const) {
    vi.spyOn(console, method).mockImplementation((...args: readonly unknown[]) => {
      complaints.push(`console.${method}: ${args.map(String).join(" ")}`);
    });
  }
});

afterEach(() => {
  const found = complaints;
  vi.mocked(console.error).mockRestore();
  vi.mocked(console.warn).mockRestore();
  if (found.length > 0) {
    throw new Error(`nothing may complain during a test:\n${found.join("\n")}`);
  }
});
