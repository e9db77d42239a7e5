import type { AskedChoice } from "./asked-choice.ts";
import type { ReadArticle } from "./library.ts";
import type { KnownQuestion, Question } from "./read-question.ts";
import { stemsOf } from "./stems.ts";

type Wording = Pick<KnownQuestion, "kinds" | "numbers" | "stems" | "weekdays">;

type Given = {
  readonly choice: Pick<AskedChoice, "known">;
  readonly articles: readonly {
    readonly asked: readonly { readonly questions: ReadArticle["beside"] }[];
    readonly beside: ReadArticle["beside"];
  }[];
};

/**
 * Whether a question says what a known question of the answer says, but for words that nothing hangs on ("how much is it to bring a friend",
 * "how much to bring a friend"), and no known question of another answer says the same.
 */
export const isAskedWordForWord = (question: Question, { articles, choice }: Given): boolean => {
  const own = new Set(choice.known);
  return (
    tellingOf(question).length > 0 &&
    choice.known.some((known) => saysTheSame(question, known)) &&
    !articles
      .flatMap(({ asked, beside }) => [...asked.flatMap(({ questions }) => questions), ...beside])
      .some((known) => !own.has(known) && saysTheSame(question, known))
  );
};

const saysTheSame = (left: Wording, right: Wording): boolean =>
  tellingOf(left).join(" ") === tellingOf(right).join(" ") &&
  isEqual(left.kinds, right.kinds) &&
  isEqual(left.weekdays, right.weekdays) &&
  isEqual(left.numbers, right.numbers);

/** Who does it to whom is told by the order, and by words such as I, my and you, which are none of these. */
const FRAME: ReadonlySet<string> = new Set(stemsOf("a an the is are was it do does did of to for in on at be please hi hey"));

const tellingOf = ({ stems }: Wording): readonly string[] => [...stems].filter((stem) => !FRAME.has(stem));

const isEqual = <Item>(left: ReadonlySet<Item>, right: ReadonlySet<Item>): boolean => left.size === right.size && left.isSubsetOf(right);
