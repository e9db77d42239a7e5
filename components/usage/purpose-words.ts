/** What a call of the model was for. */
const PURPOSES: Readonly<Record<string, string>> = {
  answer: "Answers",
  summary: "Summaries of long conversations",
  review: "Weekly review",
  test: "Test chat and kept tests",
  replay: "Replays",
  workflow: "Texts of workflows",
  chat: "Ask Spotter",
  translation: "Translations",
  rewrite: "Replies rewritten for staff",
  questions: "Questions suggested for articles",
};

export const purposeLabel = (purpose: string): string => PURPOSES[purpose] ?? purpose;
