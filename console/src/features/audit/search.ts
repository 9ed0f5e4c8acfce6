/** The filters of the audit log, as they stand in the URL. Days are days of the reader's own zone. */
export interface AuditSearch {
  actor?: string;
  action?: string;
  target?: string;
  since?: string;
  until?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const day = (name: string) => {
    const value = text(name);
    return value !== undefined && DAY.test(value) ? value : undefined;
  };
  return {
    actor: text('actor'),
    action: text('action'),
    target: text('target'),
    since: day('since'),
    until: day('until'),
  };
}

/** The filters as the API takes them: instants, and the whole of the last day. */
export function auditFilters({ since, until, ...rest }: AuditSearch): Record<string, string | undefined> {
  const start = (day: string) => new Date(`${day}T00:00:00`);
  const end = (day: string) => {
    const date = start(day);
    date.setDate(date.getDate() + 1);
    return date;
  };
  return {
    ...rest,
    since: since === undefined ? undefined : start(since).toISOString(),
    until: until === undefined ? undefined : end(until).toISOString(),
  };
}
