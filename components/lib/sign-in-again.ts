type Asking = { readonly promise: Promise<boolean>; readonly settle: (hasSignedIn: boolean) => void };

let asking: Asking | null = null;
const listeners = new Set<() => void>();

const tell = (): void => {
  for (const listener of listeners) {
    listener();
  }
};

/**
 * Asks whoever sits here to prove who they are, and answers whether they did. Several calls at once are one question.
 * Where no page listens, nobody can be asked: false.
 */
export const askToSignIn = (): Promise<boolean> => {
  if (asking !== null) {
    return asking.promise;
  }
  if (listeners.size === 0) {
    return Promise.resolve(false);
  }
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const settle = (hasSignedIn: boolean): void => {
    asking = null;
    tell();
    resolve(hasSignedIn);
  };
  asking = { promise, settle };
  tell();
  return promise;
};

export const answerSignIn = (hasSignedIn: boolean): void => asking?.settle(hasSignedIn);

export const isAskedToSignIn = (): boolean => asking !== null;

export const onSignInAsked = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      // The page is gone: what it was asked for ends.
      asking?.settle(false);
    }
  };
};
