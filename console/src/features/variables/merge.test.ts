import { expect, test } from 'vitest';
import type { Variable } from '../../api/types';
import { merge } from './merge';

const variable = (part: Pick<Variable, 'name' | 'kind' | 'availability' | 'value'>): Variable => ({
  id: part.name,
  secret: part.kind === 'secret',
  changedAt: '2026-01-01T00:00:00Z',
  ...part,
});

test('a paste keeps secrets that it does not name', () => {
  const variables: Variable[] = [
    variable({ name: 'TOKEN', kind: 'secret', availability: 'build' }),
    variable({ name: 'LEVEL', kind: 'plain', availability: 'both', value: 'info' }),
    variable({ name: 'OLD', kind: 'plain', availability: 'run', value: 'x' }),
  ];

  expect(
    merge(
      variables,
      [
        { name: 'LEVEL', value: 'debug' },
        { name: 'NEW', value: '1' },
      ],
      { newAreSecret: true, removeMissing: true },
    ),
  ).toEqual({
    items: [
      { name: 'TOKEN', kind: 'secret', availability: 'build' },
      { name: 'LEVEL', kind: 'plain', availability: 'both', value: 'debug' },
      { name: 'NEW', kind: 'secret', availability: 'run', value: '1' },
    ],
    added: ['NEW'],
    changed: ['LEVEL'],
    removed: ['OLD'],
  });
});
