export const PASSWORD_HINT = 'At least 12 characters. A few unrelated words are easier to remember than symbols.';

/** What is wrong with a new password, if anything; the API has the last word. */
export function passwordFault(password: string): string | null {
  return password.length < 12 ? 'Use at least 12 characters.' : null;
}
