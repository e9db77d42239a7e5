import { Nothing, Section } from "#components/learning/section.tsx";
import type { Satisfaction, ScoreAverage } from "#components/learning/learning-types.ts";

/** How people scored what Spotter settled, beside what the team settled. */
export const SatisfactionScores = ({ satisfaction }: { readonly satisfaction: Satisfaction }) => (
  <Section
    title="Satisfaction"
    about={`Ten minutes after a conversation is settled Spotter may ask for a score from 1 to 5, once in 30 days a person. These are the last ${satisfaction.days} days.`}
  >
    {satisfaction.askedCount === 0 ? (
      <Nothing>
        {satisfaction.isAsked ? "Nobody has been asked yet." : "The satisfaction question is off. An owner can switch it on in the rules."}
      </Nothing>
    ) : (
      <dl className="flex flex-wrap gap-x-10 gap-y-3 px-4 py-3">
        <Score name="Spotter" score={satisfaction.agent} />
        <Score name="Your team" score={satisfaction.staff} />
        <div>
          <dt className="text-xs text-ink-3">Asked</dt>
          <dd className="text-lg tabular-nums">{satisfaction.askedCount}</dd>
        </div>
      </dl>
    )}
  </Section>
);

const Score = ({ name, score }: { readonly name: string; readonly score: ScoreAverage }) => (
  <div>
    <dt className="text-xs text-ink-3">{name}</dt>
    <dd className="text-lg tabular-nums">
      {score.average === null ? "–" : `${score.average.toFixed(1)} of 5`}
      <span className="block text-xs text-ink-3">{score.scoreCount === 1 ? "1 score" : `${score.scoreCount} scores`}</span>
    </dd>
  </div>
);
