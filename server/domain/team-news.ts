/** How the keys of effects begin by which the club's own people are told of something: a notification, a step of a chase. */
const TEAM_NEWS_PREFIXES: readonly string[] = ["notification:", "chase:"];

/** What the club's own people are told by text and need not answer: these, and reports, whose failing is told. */
export const UNANSWERED_PREFIXES: readonly string[] = [...TEAM_NEWS_PREFIXES, "report:"];

/**
 * Whether an effect tells the club's own people. Where it does not arrive a card says so and nobody is told by the way that just failed;
 * its thread is no conversation that waits for a person.
 */
export const isTeamNews = (effectKey: string): boolean => TEAM_NEWS_PREFIXES.some((prefix) => effectKey.startsWith(prefix));
