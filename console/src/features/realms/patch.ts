/** The merge patch (RFC 7396) from one state to another: the members that differ. */
export function patchBetween<T extends object>(before: T, after: T): Partial<T> {
  const names = Object.keys(after) as (keyof T)[];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, after[name]]),
  ) as Partial<T>;
}

/** What was typed, one on each line. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Every fault of a field, since a list's members share its name: one under the other. */
export function faultsOf(fields: { path: string; message: string }[], path: string): string | undefined {
  const messages = fields.filter((field) => field.path === path).map(({ message }) => message);
  return messages.length === 0 ? undefined : [...new Set(messages)].join('; ');
}
