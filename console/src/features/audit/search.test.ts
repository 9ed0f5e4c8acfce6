import { expect, test } from 'vitest';
import { auditFilters, auditSearch } from './search';

test('filters of the audit log take the whole of the last day', () => {
  expect(auditSearch({ actor: 'ada', since: '2026-01-01', until: 'nonsense', action: '' })).toEqual({
    actor: 'ada',
    since: '2026-01-01',
  });
  const { since, until } = auditFilters({ since: '2026-01-01', until: '2026-01-01' });
  expect(Date.parse(until ?? '') - Date.parse(since ?? '')).toBe(86_400_000);
});
