import { CircleAlert, CircleCheck } from "lucide-react";

import type { TestResult } from "#components/connections/connection-types.ts";
import { capitalize } from "#components/lib/format.ts";

/** What a test at the vendor has shown. */
export const TestOutcome = ({ result }: { readonly result: TestResult }) =>
  result.kind === "ok" ? (
    <p role="status" className="flex items-start gap-2 rounded-card bg-good-tint px-3 py-2 text-sm text-good-ink">
      <CircleCheck aria-hidden="true" className="mt-px size-4 shrink-0" />
      <span>It works: {result.account}.</span>
    </p>
  ) : (
    <div role="alert" className="flex items-start gap-2 rounded-card bg-bad-tint px-3 py-2 text-sm text-bad-ink">
      <CircleAlert aria-hidden="true" className="mt-px size-4 shrink-0" />
      <div>
        <p className="font-semibold">{result.sentence}</p>
        <p>{capitalize(result.detail)}. Nothing was changed at the vendor.</p>
      </div>
    </div>
  );
