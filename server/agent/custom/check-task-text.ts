import { checkFacts } from "#server/domain/fact-lock.ts";
import { factLines, handlesIn } from "#server/domain/person-handles.ts";
import { OPT_OUT_WORDS } from "#server/domain/workflows/merge-fields.ts";

type Sources = {
  /** In the owner's own words: what they say may be passed on. */
  readonly task: string;
  readonly results: readonly unknown[];
  readonly club: { readonly name: string; readonly phone: string | null };
  readonly allowedLinkHosts: readonly string[];
};

/** What speaks against a text that a member would read, as a sentence for the model; null when nothing does. Pure. */
export const faultOfText = (text: string, { allowedLinkHosts, club, results, task }: Sources): string | null => {
  if (handlesIn(text).length > 0) {
    return "the text holds a handle: write the first name or none";
  }
  if (/\{\{|\}\}|\[[a-z_ ]+\]/i.test(text)) {
    return "the text holds a placeholder: write what is meant";
  }
  if (OPT_OUT_WORDS.test(text)) {
    return "the text speaks of opting out, which is added to every text";
  }
  const findings = checkFacts(text, {
    facts: [task, club.name, club.phone ?? "", ...results.flatMap((result) => factLines(result))],
    contactWords: [],
    allowedLinkHosts,
  });
  return findings.length === 0
    ? null
    : `the text states what neither the task nor a result says: ${findings.map(({ span }) => `“${span}”`).join(", ")}. Write it without that`;
};
