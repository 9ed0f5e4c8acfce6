/** What the lists of a realm are narrowed to, as it stands in the URL. */

export interface UserSearch {
  search?: string;
}

export interface EventSearch {
  kind?: string;
  success?: boolean;
  user?: string;
  client?: string;
}

export function userSearch(search: Record<string, unknown>): UserSearch {
  return { search: text(search.search) };
}

export function eventSearch(search: Record<string, unknown>): EventSearch {
  return {
    kind: text(search.kind),
    success: typeof search.success === 'boolean' ? search.success : undefined,
    user: text(search.user),
    client: text(search.client),
  };
}

/** The router reads what looks like a number as one; people may be called that. */
function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
