import { expect, test } from 'vitest';
import { actionText, changesText } from './words';

test('actions and changes read as words, and what is empty says nothing', () => {
  expect(actionText('git-credential.created')).toBe('Git credential created');
  expect(
    changesText({
      kind: 'token',
      secret: '[secret]',
      readOnly: true,
      projectIds: [],
      permissions: ['projects:read', 'logs:read'],
      healthCheck: { path: '/health', retries: 3, command: null },
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36',
    }),
  ).toBe(
    'kind: token · secret: hidden · read only: yes · permissions: projects:read, logs:read · ' +
      'health check: path /health, retries 3 · user agent: Chrome on Linux',
  );
});
