/** How the keys of effects begin by which the club's own people are told of something: a notification, a step of a chase. */
export const TEAM_NEWS_PREFIXES: readonly string[] = ["notification:", "chase:"];

/**
 * Whether an effect tells the club's own people. Where it does not arrive a card says so and nobody is told by the way that just failed;
 * its thread is no conversation that waits for a person.
 */
export const isTeamNews = (effectKey: string): boolean => TEAM_NEWS_PREFIXES.some((prefix) => effectKey.startsWith(prefix));
