import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { Unsubscribable } from "@trpc/server/observable";

import { failureCode } from "#components/lib/failure.ts";
import { askToSignIn } from "#components/lib/sign-in-again.ts";
import type { AppRouter } from "#server/trpc/root.ts";

/** What the server answers to somebody whose session is good and too old for what they do. */
const TOO_OLD = "PRECONDITION_REQUIRED";

const afterSignIn = async (goOn: (hasSignedIn: boolean) => void): Promise<void> => goOn(await askToSignIn());

/** A change that asks for a recent sign-in waits for it and is then made once more; nothing of it was done before. */
export const signInAgainLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let attempt: Unsubscribable | null = null;
      let isLeft = false;
      const run = (isSecond: boolean): void => {
        attempt = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            if (isSecond || op.type !== "mutation" || failureCode(error) !== TOO_OLD) {
              observer.error(error);
              return;
            }
            void afterSignIn((hasSignedIn) => (hasSignedIn && !isLeft ? run(true) : observer.error(error)));
          },
        });
      };
      run(false);
      return () => {
        isLeft = true;
        attempt?.unsubscribe();
      };
    });
