import { groupWord, templateName } from "#components/workflows/workflow-words.ts";
import type { RunDetails } from "#components/workflows/workflow-types.ts";
import { Chip } from "#components/ui/chip.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";

type RunText = RunDetails["texts"][number];

/** The texts of a run as they read for its first people, with how many get each. */
export const RunTexts = ({ texts }: { readonly texts: readonly RunText[] }) => (
  <ul className="grid gap-3 lg:grid-cols-2">
    {texts.map((text) => (
      <li key={text.key} className="flex min-w-0 flex-col gap-3 rounded-card border border-line bg-surface p-4">
        <div className="flex flex-wrap items-center gap-2">
          <h3 className="text-sm font-semibold">{templateName(text.key)}</h3>
          {text.source === "written" ? (
            <Chip tone="spotter" icon={<SpotterGlyph />}>
              Written by Spotter
            </Chip>
          ) : (
            <Chip tone="outline">{text.source === "own" ? "Your words" : "Built-in words"}</Chip>
          )}
        </div>
        <p className="text-xs text-ink-3 tabular-nums">
          {text.groups.map(({ count, group }) => `${groupWord(group)}: ${count.toLocaleString("en-US")}`).join(", ")}
          {text.segmentCount === 0 ? "" : `. About ${text.segmentCount} ${text.segmentCount === 1 ? "part" : "parts"} each.`}
        </p>
        <ul aria-label={`Examples of ${templateName(text.key)}`} className="flex flex-col gap-2">
          {samplesOf(text).map((sample) => (
            <li key={sample} className="rounded-card bg-spotter-tint px-3 py-2 text-sm whitespace-pre-line text-spotter-ink">
              {sample}
            </li>
          ))}
        </ul>
      </li>
    ))}
  </ul>
);

/** Two people of one name read the same words. */
const samplesOf = ({ body, samples }: RunText): readonly string[] => (samples.length === 0 ? [body] : [...new Set(samples)]);
