import { expect, test } from 'vitest';
import { formatHeaders, parseHeaders } from './headers';

test('headers are lines of a name and a value', () => {
  const text = 'X-Frame-Options: DENY\nLink: <https://a>; rel="b"';

  expect(parseHeaders(text)).toEqual({ headers: { 'X-Frame-Options': 'DENY', Link: '<https://a>; rel="b"' } });
  expect(formatHeaders(parseHeaders(text).headers)).toBe(text);
  expect(parseHeaders('no colon').fault).toBeDefined();
  expect(parseHeaders('bad name: x').fault).toBeDefined();
});
