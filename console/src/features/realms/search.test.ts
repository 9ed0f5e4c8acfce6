import { expect, test } from 'vitest';
import { eventSearch, userSearch } from './search';

test('filters in the URL are taken as they are meant, and nonsense is none', () => {
  expect(eventSearch({ kind: 'sign-in', success: false, user: '', client: 42 })).toEqual({
    kind: 'sign-in',
    success: false,
    user: undefined,
    client: '42',
  });
  expect(eventSearch({ success: 'perhaps', kind: ['sign-in'] })).toEqual({});
  expect(userSearch({ search: 1984 })).toEqual({ search: '1984' });
  expect(userSearch({})).toEqual({});
});
