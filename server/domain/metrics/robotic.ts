/**
 * Words of people who feel that a machine talks to them, as a PostgreSQL expression for text of any case. "I want a person" is a wish that
 * hands over and is counted there.
 */
export const ROBOTIC_PATTERN =
  "\\m(robot|robots|robotic|bot|bots|chat ?bots?|automated|canned)\\M|talking to (a|an) (machine|computer|ai)\\M|\\m(are|r) (you|u) (a|an )?(ai|human|real)\\M|\\mcopy ?(and|&|-)? ?pasted?\\M";
